"""Our own processes: how each is run, here and under a process file alike."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from marketplace.settings import Settings, inherited_environment, variable_name, variables_of

PROJECT: Final = Path(__file__).parents[2]
OWNER: Final = variable_name("database_owner_url")
QUEUES: Final = "events,schedule,work"


@dataclass(frozen=True, slots=True)
class Command:
    """A command line and the environment it needs."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]

    def become(self) -> None:
        """Run it in the place of this process, so that signals reach it and nothing stands between."""
        os.chdir(PROJECT)
        os.execve(self.arguments[0], self.arguments, dict(self.environment))  # noqa: S606  no shell is wanted


def web(chosen: Settings, *, port: int, host: str = "127.0.0.1") -> Command:
    """Serve pages, their events and REST on one port."""
    environment = _environment(chosen) | {
        "REFLEX_ENV_MODE": "prod",
        "__REFLEX_SKIP_COMPILE": "true",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_REDIS_URL": _other_database(chosen.redis_url, 1),
        "REFLEX_CORS_ALLOWED_ORIGINS": ",".join(chosen.origins),
        "REFLEX_TRUSTED_PROXY_HOPS": str(chosen.proxy_hops),
        # A socket that is gone must be missed before its owner comes back, or he is taken for somebody new.
        "REFLEX_SOCKET_INTERVAL": "10s",
        "REFLEX_SOCKET_TIMEOUT": "20s",
    }
    arguments = (
        *_module("granian"),
        *("--interface", "asgi", "--factory", "pages.app:app"),
        *("--host", host, "--port", str(port), "--workers", str(chosen.web_workers)),
        *("--log-level", "warning", "--no-access-log"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "12", "--backlog", "2048"),
    )
    return Command(arguments, environment)


def relay(chosen: Settings) -> Command:
    """Hear of commits, wake consumers, ping pages."""
    return Command(_module("marketplace.relay"), _environment(chosen))


def worker(chosen: Settings) -> Command:
    """Run tasks: consumers of events, and what the schedule finds due."""
    arguments = (
        *_module("celery"),
        *("--quiet", "--app", "tasks.app", "worker", "--queues", QUEUES, "--concurrency", str(chosen.task_workers)),
        *("--without-gossip", "--without-mingle", "--loglevel", chosen.log_level.upper()),
    )
    return Command(arguments, _environment(chosen))


def beat(chosen: Settings) -> Command:
    """Tick: one of many may, by a lock that it loses within half a minute of its death."""
    arguments = (
        *_module("celery"),
        *("--quiet", "--app", "tasks.app", "beat", "--scheduler", "redbeat.RedBeatScheduler"),
        *("--loglevel", chosen.log_level.upper(), "--pidfile", ""),
    )
    return Command(arguments, _environment(chosen))


def migrate(chosen: Settings) -> Command:
    """Bring the database up to this release: the only one of ours that is given the owner's address."""
    return Command((*_module("marketplace.cli"), "migrate"), _environment(chosen) | {OWNER: chosen.owner_url})


def demo(chosen: Settings, share: str) -> Command:
    """Make a share of the demo world."""
    return Command((*_module("marketplace.cli"), "demo", share), _environment(chosen))


def _module(name: str) -> tuple[str, ...]:
    return (sys.executable, "-m", name)


def _environment(chosen: Settings) -> dict[str, str]:
    whole = inherited_environment() | variables_of(chosen) | {"PYTHONUNBUFFERED": "1"}
    return {name: value for name, value in whole.items() if name != OWNER}


def _other_database(url: str, number: int) -> str:
    """Address another numbered database of the same server: page state stays apart from the queue."""
    server, _, last = url.rpartition("/")
    return f"{server}/{number}" if last.isdecimal() else url
