"""The ground every test stands on."""

import socket

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError, ProgrammingError
from sqlmodel import Session

from marketplace.kernel.actor import Actor, system
from marketplace.kernel.work import Database, UnitOfWork
from tests.copies import Copies

RING = """
    INSERT INTO outbox_messages (id, topic, aggregate, envelope, made_at)
    VALUES (gen_random_uuid(), 'tests.bell_rang.v1', 'bell:1', '{}', now()) RETURNING position
"""
NOTES = text("CREATE TEMPORARY TABLE notes (word text)")


def write(_: Actor, uow: UnitOfWork, *, word: str) -> str:
    uow.session.execute(text("INSERT INTO notes VALUES (:word)"), {"word": word})
    return word


def words(_: Actor, session: Session) -> list[str]:
    return list(session.execute(text("SELECT word FROM notes ORDER BY word")).scalars())


def fail(actor: Actor, uow: UnitOfWork) -> None:
    write(actor, uow, word="half")
    raise ZeroDivisionError


class TestDatabase:
    def test_shows_a_test_what_its_unit_of_work_wrote_and_undoes_what_failed(
        self, uow: UnitOfWork, database: Database
    ) -> None:
        somebody = system("test")
        uow.session.execute(NOTES)
        write(somebody, uow, word="by hand")

        database.transact(write, somebody, word="by a command")
        with pytest.raises(ZeroDivisionError):
            database.transact(fail, somebody)

        assert database.read(words, somebody) == ["by a command", "by hand"]
        assert database.read_together(words, somebody) == ["by a command", "by hand"]

    @pytest.mark.parametrize("round_", [1, 2])
    def test_leaves_nothing_behind(self, uow: UnitOfWork, round_: int) -> None:
        uow.session.execute(NOTES)


class TestRealDatabase:
    def test_reads_over_a_connection_that_cannot_write(self, real_database: Database) -> None:
        def create(_: Actor, session: Session) -> None:
            session.execute(text("SELECT setval('missing', 1)"))

        with pytest.raises((InternalError, ProgrammingError)):
            real_database.read(create, system("test"))


class TestCopies:
    def test_are_lent_again_with_no_row_left_and_positions_counted_anew(self, copies: Copies) -> None:
        heard = []
        for _ in range(2):
            name = copies.take()
            with psycopg.connect(copies.owner_url_of(name)) as db:
                rung = db.execute(RING).fetchone()
                heard.append((name, rung, db.execute("SELECT count(*) FROM outbox_messages").fetchone()))
            copies.give_back(name)

        assert heard == [(name, (1,), (1,))] * 2

    @pytest.mark.parametrize(
        "change",
        [
            "CREATE TABLE notes (word text)",
            "ALTER TABLE orders DISABLE TRIGGER ALL",
            "DROP TRIGGER movements_are_final ON movements",
            "GRANT DELETE ON movements TO marketplace_app",
            "UPDATE alembic_version SET version_num = 'of_tomorrow'",
        ],
    )
    def test_are_thrown_away_once_more_than_rows_has_changed(self, copies: Copies, change: str) -> None:
        changed = copies.take()
        with psycopg.connect(copies.owner_url_of(changed)) as db:
            db.execute(change.encode())
        copies.give_back(changed)

        another = copies.take()
        copies.give_back(another)

        assert another != changed


class TestSockets:
    def test_are_closed_but_to_this_machine(self) -> None:
        with socket.socket() as line, pytest.raises(RuntimeError, match=r"wanted to speak to 192\.0\.2\.1"):
            line.connect(("192.0.2.1", 80))
