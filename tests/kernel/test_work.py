from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event
from sqlmodel import Session

from marketplace.kernel.actor import Actor, system
from marketplace.kernel.errors import OutcomeUnknown, Unavailable
from marketplace.kernel.work import Database, TryAgain, UnitOfWork, repeatable
from marketplace.stack.folders import free_port
from tests.copies import Copies

SOMEBODY = system("tests")


def look(_actor: Actor, session: Session) -> int:
    return int(session.connection().exec_driver_sql("SELECT count(*) FROM jotted").scalar_one())


def jot(_actor: Actor, uow: UnitOfWork) -> None:
    uow.session.connection().exec_driver_sql("INSERT INTO jotted DEFAULT VALUES")


@repeatable
def jot_by_name(_actor: Actor, uow: UnitOfWork) -> None:
    uow.session.connection().exec_driver_sql("INSERT INTO jotted (name) VALUES ('once') ON CONFLICT DO NOTHING")


@pytest.fixture
def owner_url(copies: Copies) -> Iterator[str]:
    """A database of this test alone, as its owner: he may make tables, and end whom he likes."""
    name = copies.take()
    yield copies.owner_url_of(name).replace("postgresql://", "postgresql+psycopg://", 1)
    copies.give_back(name)


@pytest.fixture
def engine(owner_url: str) -> Iterator[Engine]:
    made = create_engine(owner_url, pool_size=2, max_overflow=0, pool_timeout=0.1)
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE jotted (name text UNIQUE)")
    yield made
    made.dispose()


@pytest.fixture
def database(engine: Engine) -> Database:
    return Database(engine, engine)


@pytest.fixture
def other(owner_url: str) -> Iterator[Engine]:
    """Whoever ends the connections of others."""
    made = create_engine(owner_url, isolation_level="AUTOCOMMIT")
    yield made
    made.dispose()


def ended_by(other: Engine, connection: Any) -> None:  # noqa: ANN401 (a connection, ORM's or the engine's)
    pid = connection.connection.driver_connection.info.backend_pid
    with other.connect() as line:
        line.exec_driver_sql(f"SELECT pg_terminate_backend({pid}, 5000)")


def once(act: Callable[[Any], None]) -> Callable[[Any], None]:
    done: list[bool] = []

    def acts(connection: Any) -> None:  # noqa: ANN401 (likewise)
        if not done:
            done.append(True)
            act(connection)

    return acts


class TestADatabaseThatIsGone:
    def test_is_named_as_such_where_nobody_listens(self) -> None:
        nowhere = create_engine(f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/nothing")
        database = Database(nowhere, nowhere)

        for ask in (lambda: database.read(look, SOMEBODY), lambda: database.transact(jot, SOMEBODY)):
            with pytest.raises(TryAgain):
                ask()

    @pytest.mark.parametrize("how", ["read", "read_together"])
    def test_is_looked_into_once_more(self, engine: Engine, database: Database, other: Engine, how: str) -> None:
        with engine.connect() as connection:
            ended_by(other, connection)

        assert getattr(database, how)(look, SOMEBODY) == 0

    def test_is_asked_once_more_where_it_went_before_the_end(
        self, engine: Engine, database: Database, other: Engine
    ) -> None:
        attempts = []
        end = once(lambda connection: ended_by(other, connection))

        def command(actor: Actor, uow: UnitOfWork) -> None:
            attempts.append(uow.now)
            jot(actor, uow)
            end(uow.session.connection())
            jot(actor, uow)

        database.transact(command, SOMEBODY)

        assert len(attempts) == 2
        assert database.read(look, SOMEBODY) == 2

    def test_is_not_asked_again_where_it_went_while_all_was_saved(
        self, engine: Engine, database: Database, other: Engine
    ) -> None:
        event.listen(engine, "commit", once(lambda connection: ended_by(other, connection)))

        with pytest.raises(OutcomeUnknown):
            database.transact(jot, SOMEBODY)

        assert database.read(look, SOMEBODY) == 0

    def test_is_asked_again_for_what_may_be_repeated(self, engine: Engine, database: Database, other: Engine) -> None:
        event.listen(engine, "commit", once(lambda connection: ended_by(other, connection)))

        database.transact(jot_by_name, SOMEBODY)

        assert database.read(look, SOMEBODY) == 1


class TestADatabaseThatIsBusy:
    def test_has_no_connection_left(self, engine: Engine, database: Database) -> None:
        with engine.connect(), engine.connect(), pytest.raises(Unavailable):
            database.read(look, SOMEBODY)

    def test_took_too_long(self, database: Database) -> None:
        def sleep(_actor: Actor, session: Session) -> None:
            session.connection().exec_driver_sql("SET statement_timeout = 50")
            session.connection().exec_driver_sql("SELECT pg_sleep(5)")

        with pytest.raises(Unavailable) as told:
            database.read(sleep, SOMEBODY)

        assert not isinstance(told.value, TryAgain)
