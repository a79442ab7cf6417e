"""What is written last."""

from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import Connection, event

from marketplace.kernel.actor import Actor, system
from marketplace.kernel.errors import Conflict
from marketplace.kernel.last import Share, write_last
from marketplace.kernel.work import Database, UnitOfWork

SOMEBODY = system("test")


class Paper:
    """Keeps what is written on it, time by time."""

    def __init__(self) -> None:
        self.written: list[list[str]] = []

    def __call__(self, rows: Sequence[str]) -> Share:
        self.written.append(list(rows))
        step = f"paper_{id(self)}"
        return Share(f"{step} AS (SELECT CAST(:{step} AS text))", {step: "+".join(rows)})


@pytest.fixture
def sent(connection: Connection) -> Iterator[list[str]]:
    """The statements that were sent since."""
    heard: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE")):
            heard.append(statement)

    event.listen(connection, "before_cursor_execute", hear)
    yield heard
    event.remove(connection, "before_cursor_execute", hear)


class TestWriteLast:
    def test_writes_all_rows_of_one_kind_together_when_the_unit_ends(self, database: Database) -> None:
        facts, deeds = Paper(), Paper()

        def command(_actor: Actor, uow: UnitOfWork) -> bool:
            write_last(uow.session, facts, ["a", "b"])
            write_last(uow.session, deeds, ["x"])
            write_last(uow.session, facts, ["c"])
            return bool(facts.written or deeds.written)

        assert database.transact(command, SOMEBODY) is False
        assert (facts.written, deeds.written) == ([["a", "b", "c"]], [["x"]])

    def test_sends_one_statement_whoever_writes(self, database: Database, sent: list[str]) -> None:
        def command(_actor: Actor, uow: UnitOfWork) -> None:
            write_last(uow.session, Paper(), ["a"])
            write_last(uow.session, Paper(), ["b"])
            assert sent == []

        database.transact(command, SOMEBODY)

        assert len(sent) == 1

    def test_calls_what_its_writers_ask_for(self, database: Database, sent: list[str]) -> None:
        def caller(rows: Sequence[str]) -> Share:
            return Share("called AS (SELECT 1)", {"channel": rows[0]}, call="pg_notify(:channel, '')")

        database.transact(lambda _actor, uow: write_last(uow.session, caller, ["bell"]), SOMEBODY)

        assert "SELECT pg_notify(" in sent[0]

    def test_forgets_what_a_savepoint_takes_back(self, database: Database) -> None:
        paper = Paper()

        def refused(uow: UnitOfWork) -> None:
            with uow.session.begin_nested():
                write_last(uow.session, paper, ["undone"])
                with uow.session.begin_nested():
                    write_last(uow.session, paper, ["undone with it"])
                raise Conflict("No.")

        def command(_actor: Actor, uow: UnitOfWork) -> None:
            write_last(uow.session, paper, ["before"])
            with pytest.raises(Conflict):
                refused(uow)
            with uow.session.begin_nested():
                write_last(uow.session, paper, ["after"])

        database.transact(command, SOMEBODY)

        assert paper.written == [["before", "after"]]

    def test_writes_nothing_of_a_unit_that_failed(self, database: Database) -> None:
        paper = Paper()

        def command(_actor: Actor, uow: UnitOfWork) -> None:
            write_last(uow.session, paper, ["never"])
            raise Conflict("No.")

        with pytest.raises(Conflict):
            database.transact(command, SOMEBODY)

        assert paper.written == []

    def test_does_not_wait_in_a_session_that_nobody_ends(self, uow: UnitOfWork) -> None:
        paper = Paper()

        write_last(uow.session, paper, ["now"])

        assert paper.written == [["now"]]
