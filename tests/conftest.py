"""What every test can ask for: a real database, with everything a test did undone after it."""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any, cast

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlmodel import Session

from marketplace.adapters.embedded.mail import HouseMail
from marketplace.adapters.embedded.objects import FolderObjects
from marketplace.kernel import profile
from marketplace.kernel.profile import Profile
from marketplace.kernel.work import Database, UnitOfWork, Wiring
from marketplace.ports import Ports
from marketplace.stack import migrations
from marketplace.stack.postgres import Cluster
from marketplace.stack.processes import launch, stop, wait_for
from marketplace.stack.valkey import Valkey
from tests.copies import Copies

os.environ |= {
    "MARKETPLACE_ENVIRONMENT": "development",
    "MARKETPLACE_SECRET_KEY": "only-for-tests-and-known-to-everyone",
    "MARKETPLACE_DATA_DIR": mkdtemp(prefix="marketplace-tests-"),
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}
"""A test that reaches for the settings must not find an installation that somebody works with."""

LONG_STORIES = ("journey", "kill", "pictures", "stack")
LONG_TESTS = ("fuzz", "slow")
LOOPBACK = ("127.", "::1", "localhost")


def _refuse_strangers(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
        if not host.startswith(LOOPBACK):
            raise RuntimeError(f"A test wanted to speak to {host}: sockets are closed but to this machine.")


sys.addaudithook(_refuse_strangers)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run the long stories last: what is quick tells first, and a browser's loop disturbs no other test.

    Where two share the work the long ones begin it, so that neither waits for the other at the end.
    """
    items.sort(key=lambda item: any(item.get_closest_marker(mark) for mark in LONG_STORIES))
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: not any(item.get_closest_marker(mark) for mark in LONG_TESTS))


class Today:
    """The clock of a test: it stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> datetime:
        """Let time pass: `advance(days=8)`."""
        self.now += timedelta(**span)
        return self.now


class OneTransaction(Connection):
    """A connection whose one transaction is the whole test, so nobody can give it another isolation."""

    def execution_options(self, **options: Any) -> Connection:  # noqa: ANN401  as the base has it
        options.pop("isolation_level", None)
        return super().execution_options(**options)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of this run, with the migrations applied once to the database that tests copy."""
    with migrations.throwaway() as running:
        migrations.upgrade(running.owner_url)
        yield running


@pytest.fixture(scope="session")
def copies(cluster: Cluster) -> Copies:
    """Copies of that database, for tests whose commits are real."""
    return Copies(cluster)


@pytest.fixture(scope="session")
def shared_engine(copies: Copies) -> Iterator[Engine]:
    """The database that rolled-back tests share, entered by the role that serves."""
    engine = create_engine(copies.url_of(copies.take()))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    """The real Valkey, for all tests of one process: who writes into it empties it first."""
    served = Valkey(tmp_path_factory.mktemp("valkey"))
    program = served.prepare()
    process = launch(program)
    assert wait_for(served.is_ready, process, within=10)
    yield served
    stop(process, program)


@pytest.fixture
def connection(shared_engine: Engine) -> Iterator[Connection]:
    """A connection whose every change is undone after the test; deferred triggers speak before that."""
    with OneTransaction(shared_engine) as opened:
        opened.begin()
        opened.begin_nested()
        yield opened
        opened.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        opened.rollback()


@pytest.fixture(autouse=True)
def _saudi() -> None:
    """The profile of a test, until it chooses the other one."""
    profile.choose(profile.SAUDI)


@pytest.fixture
def oklahoma(_saudi: None) -> None:
    """The other profile."""
    profile.choose(profile.OKLAHOMA)


@pytest.fixture(params=[profile.SAUDI])
def chosen(_saudi: None, request: pytest.FixtureRequest) -> Profile:
    """The profile that a test names, or the usual one: `parametrize("chosen", [OKLAHOMA], indirect=True)`."""
    named: Profile = request.param
    profile.choose(named)
    return named


@pytest.fixture
def clock() -> Today:
    """The clock of this test."""
    return Today()


@pytest.fixture
def wiring(clock: Today) -> Wiring:
    """What units of work are given in tests: a clock that stands still, and chance that repeats itself."""
    return Wiring(clock=clock, random=Random(1))  # noqa: S311  chance that can be repeated


@pytest.fixture
def uow(connection: Connection, clock: Today, wiring: Wiring) -> Iterator[UnitOfWork]:
    """One open unit of work, undone after the test."""
    with Session(connection, expire_on_commit=False) as session:
        yield UnitOfWork(
            session=session,
            now=clock.now,
            asked_by="test",
            consumers=wiring.consumers,
            random=wiring.random,
        )
        session.flush()


@pytest.fixture
def database(connection: Connection, wiring: Wiring) -> Database:
    """The house's door to the database, within the one transaction of the test: what it commits is undone after it."""
    inside = cast("Engine", connection)
    return Database(inside, inside, wiring=wiring)


@pytest.fixture
def ports(tmp_path: Path) -> Ports:
    """The outside, answered by what needs nothing but a folder."""
    objects = FolderObjects(tmp_path / "objects", public_url="http://localhost:8000", secret="known-to-everyone")
    return Ports(objects=objects, mail=HouseMail())


@pytest.fixture
def database_url(copies: Copies) -> Iterator[str]:
    """A database of this test alone, where commits are real: for races, processes and listeners."""
    name = copies.take()
    yield copies.url_of(name)
    copies.give_back(name)


@pytest.fixture
def real_database(database_url: str, wiring: Wiring) -> Iterator[Database]:
    """A database of this test alone, with as many connections as the test has threads."""
    write = create_engine(database_url, pool_size=10)
    read = create_engine(
        database_url,
        pool_size=10,
        isolation_level="AUTOCOMMIT",
        connect_args={"options": "-c default_transaction_read_only=on"},
    )
    yield Database(write, read, wiring=wiring)
    write.dispose()
    read.dispose()
