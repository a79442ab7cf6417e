"""What is written last."""

from collections.abc import Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from marketplace.kernel.actor import Actor, system
from marketplace.kernel.errors import Conflict
from marketplace.kernel.last import write_last
from marketplace.kernel.work import Database, UnitOfWork

SOMEBODY = system("test")


class Paper:
    """Keeps what is written on it, time by time."""

    def __init__(self) -> None:
        self.written: list[list[str]] = []

    def __call__(self, session: Session, rows: Sequence[str]) -> None:
        self.written.append(list(rows))
        session.execute(text("SELECT 1"))


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
