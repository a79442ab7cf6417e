"""`marketplace up`: everything, in order, by one command."""

import fcntl
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from marketplace.settings import (
    RUNNING,
    Environment,
    Installation,
    Profile,
    Settings,
    completed,
    installation,
    variables_of,
)
from marketplace.stack import commands, migrations
from marketplace.stack.commands import PROJECT, Command
from marketplace.stack.display import Screen, screen
from marketplace.stack.doors import Door
from marketplace.stack.folders import kept_secret, make_data_dir, refuse_a_busy_port, refuse_a_full_disk, write_private
from marketplace.stack.frontend import Frontend
from marketplace.stack.postgres import SECONDS_TO_RECOVER, Cluster, home_of_cluster
from marketplace.stack.problems import CannotStart
from marketplace.stack.processes import Program
from marketplace.stack.supervisor import Chore, Crew, Crewman, Part
from marketplace.stack.valkey import Valkey

HOST: Final = "127.0.0.1"
SECONDS_TO_SHUT_A_WEB: Final = 15.0
SECONDS_TO_IMPORT: Final = 180.0
"""On a busy machine the imports of four processes take their time."""
GIVES_WAY: Final = 10
"""Niceness of what nobody waits for: in a rush, pages and REST come first, and the queue is emptied after it."""
LARGEST_LOG: Final = 20 * 1024 * 1024

PEOPLE: Final = {
    "buyer@demo.test": "buys",
    "vendor@demo.test": "sells",
    "agent@demo.test": "delivers",
    "admin@demo.test": "runs the place",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What was said on the command line; what was left out is taken from the settings."""

    port: int = 8000
    data_dir: Path | None = None
    profile: Profile | None = None
    has_demo: bool = True
    workers: int | None = None


@dataclass(frozen=True, slots=True)
class Servers:
    """The servers we bring along because nobody named others."""

    cluster: Cluster | None
    valkey: Valkey | None


def up(choices: Choices) -> None:
    """Start everything, say where to go, and keep it running until somebody asks to stop."""
    declared = installation()
    data_dir = make_data_dir(choices.data_dir or declared.data_dir)
    with _alone_in(data_dir), screen() as shown, Crew(shown) as crew:
        refuse_a_full_disk(data_dir)
        refuse_a_busy_port(choices.port, host=HOST)
        logs = _logs(data_dir)
        servers = _servers(declared, choices, data_dir)
        pages = _begin_pages(crew, declared, choices, logs)
        crew.start(*_parts_of(servers))
        if servers.cluster:
            servers.cluster.settle()
        chosen = _settings(declared, choices, data_dir, servers)
        write_private(data_dir / RUNNING, "".join(f"{name}={value}\n" for name, value in variables_of(chosen).items()))
        try:
            _bring_up(crew, shown, chosen, choices=choices, pages=pages, logs=logs)
        finally:
            (data_dir / RUNNING).unlink(missing_ok=True)


def _bring_up(
    crew: Crew, shown: Screen, chosen: Settings, *, choices: Choices, pages: Crewman | None, logs: Path
) -> None:
    if not migrations.is_current(chosen.owner_url):
        crew.finish(crew.begin(_chore("migrations", commands.migrate(chosen), logs)))
    _refuse_another_profile(chosen)
    has_demo = chosen.demo and find_spec("marketplace.demo.world") is not None
    if has_demo and not migrations.has_people(chosen.owner_url):
        crew.finish(crew.begin(_giving_way("demo world", commands.demo(chosen, "first"), logs)))
    web, background = _web(chosen, port=choices.port, logs=logs), _background(chosen, logs)
    if pages:
        crew.start(*background)
        crew.finish(pages)
        crew.start(web)
    else:
        crew.start(web, *background)
    shown.say(_welcome(chosen))
    if has_demo:
        crew.begin(_giving_way("demo history", commands.demo(chosen, "rest"), logs))
    crew.watch()


def _servers(declared: Installation, choices: Choices, data_dir: Path) -> Servers:
    """Choose what we bring along: whatever has no address."""
    cluster, valkey = None, None
    if not declared.database_url:
        tuning = {"max_connections": str(_connections(declared, choices))}
        cluster = Cluster(home_of_cluster(data_dir), binaries=declared.postgres_bin, tuning=tuning)
    if not declared.redis_url:
        valkey = Valkey(data_dir / "valkey")
    return Servers(cluster, valkey)


def _connections(declared: Installation, choices: Choices) -> int:
    """Count the connections that all pools may open, each twice its size when pressed, and some for people."""
    processes = (choices.workers or declared.web_workers) + declared.task_workers + len(("relay", "beat", "commands"))
    return 2 * (declared.write_pool + declared.read_pool) * processes + 20


def _parts_of(servers: Servers) -> Iterator[Part]:
    if servers.cluster:
        yield Part("PostgreSQL", servers.cluster.prepare, servers.cluster.is_ready, within=SECONDS_TO_RECOVER)
    if servers.valkey:
        yield Part("Valkey", servers.valkey.prepare, servers.valkey.is_ready)


def _begin_pages(crew: Crew, declared: Installation, choices: Choices, logs: Path) -> Crewman | None:
    """Begin to build the pages, beside all that does not need them, where they are not built."""
    frontend = _frontend(declared, choices, logs)
    if declared.frontend_dir or frontend.is_built:
        return None
    return crew.begin(Chore("pages", frontend.program()))


def _frontend(declared: Installation, choices: Choices, logs: Path) -> Frontend:
    return Frontend(choices.profile or declared.profile, _environment_of(declared), logs / "pages.log")


def _environment_of(declared: Installation) -> Environment:
    """Take what was declared; whoever starts everything by one command and said nothing is developing."""
    return declared.environment if "environment" in declared.model_fields_set else Environment.DEVELOPMENT


def _settings(declared: Installation, choices: Choices, data_dir: Path, servers: Servers) -> Settings:
    said = declared.model_fields_set
    resolved: dict[str, Any] = {
        "data_dir": data_dir,
        "environment": _environment_of(declared),
        "profile": choices.profile or declared.profile,
        "demo": choices.has_demo and (declared.demo or "demo" not in said),
        "web_workers": choices.workers or declared.web_workers,
        "secret_key": declared.secret_key or kept_secret(data_dir / "secret-key"),
        "frontend_dir": declared.frontend_dir or _frontend(declared, choices, data_dir).folder,
        **_addresses(servers),
    }
    if "public_url" not in said:
        resolved["public_url"] = f"http://localhost:{choices.port}"
        resolved["other_origins"] = (f"http://{HOST}:{choices.port}", *declared.other_origins)
    return completed(declared, **resolved)


def _addresses(servers: Servers) -> Mapping[str, str]:
    addresses: dict[str, str] = {}
    if servers.cluster:
        addresses |= {
            "database_url": servers.cluster.serving_url,
            "database_read_url": servers.cluster.serving_url,
            "database_owner_url": servers.cluster.owner_url,
        }
    if servers.valkey:
        addresses["redis_url"] = servers.valkey.url
    return addresses


def _web(chosen: Settings, *, port: int, logs: Path) -> Part:
    door = Door(f"http://{HOST}:{port}/readyz")
    web = _program("web", commands.web(chosen, port=port, host=HOST), logs, patience=SECONDS_TO_SHUT_A_WEB)
    return Part("web", lambda: web, door.answers, within=SECONDS_TO_IMPORT, excuse=door.said)


def _background(chosen: Settings, logs: Path) -> tuple[Part, ...]:
    """Make the parts that need no pages: on a first start they come up while those are built."""
    return (
        _announcing("relay", commands.relay(chosen), logs),
        _announcing("worker", commands.worker(chosen), logs),
        _announcing("beat", commands.beat(chosen), logs),
    )


def _announcing(name: str, command: Command, logs: Path) -> Part:
    """Make a part of a process that has no door to knock at: it touches a file once it is at work."""
    ready = logs / f".{name}-is-ready"
    environment = {**command.environment, "MARKETPLACE_READY_FILE": str(ready)}
    program = replace(_program(name, Command(command.arguments, environment), logs), niceness=GIVES_WAY)

    def prepare() -> Program:
        ready.unlink(missing_ok=True)
        return program

    return Part(name, prepare, ready.exists, within=SECONDS_TO_IMPORT)


def _chore(name: str, command: Command, logs: Path) -> Chore:
    return Chore(name, _program(name.replace(" ", "-"), command, logs))


def _giving_way(name: str, command: Command, logs: Path) -> Chore:
    """The demo lets the pages be built first, which take longer, and later those who look at them."""
    chore = _chore(name, command, logs)
    return replace(chore, program=replace(chore.program, niceness=GIVES_WAY))


def _program(name: str, command: Command, logs: Path, *, patience: float = 15.0) -> Program:
    return Program(
        name=name,
        arguments=command.arguments,
        log=logs / f"{name}.log",
        environment=command.environment,
        folder=PROJECT,
        patience=patience,
    )


def _welcome(chosen: Settings) -> str:
    lines = [f"Ready: {chosen.public_url}"]
    if chosen.demo:
        lines += ["", f"Be one of these, with the password {chosen.demo_password}:"]
        lines += [f"  {email:18} {deed}" for email, deed in PEOPLE.items()]
    return "\n".join([*lines, "", f"Data and logs: {chosen.data_dir}", "Stop with Ctrl-C."])


def _logs(data_dir: Path) -> Path:
    """Make the folder of the logs, putting aside those that have grown large."""
    folder = data_dir / "logs"
    folder.mkdir(exist_ok=True, mode=0o700)
    for log in folder.glob("*.log"):
        if log.stat().st_size > LARGEST_LOG:
            shutil.move(log, log.with_suffix(".old"))
    return folder


def _refuse_another_profile(chosen: Settings) -> None:
    made_for = migrations.profile_of(chosen.owner_url)
    if made_for not in {None, chosen.profile}:
        raise CannotStart(
            f"The data in {chosen.data_dir} is a marketplace of the profile {made_for}: "
            f"start it with --profile {made_for}, or choose another --data-dir."
        )


@contextmanager
def _alone_in(data_dir: Path) -> Iterator[None]:
    with (data_dir / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"A marketplace already runs on {data_dir}: stop it first, or choose another --data-dir."
            ) from None
        yield
