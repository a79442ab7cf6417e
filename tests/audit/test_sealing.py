"""Sealing the trail, and finding out that somebody was at it."""

from typing import LiteralString

import psycopg
import pytest
from sqlmodel import Session

from marketplace import audit
from marketplace.audit import Breach
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.work import Database, UnitOfWork

CLERK = system("clerk")


def record(database: Database, deed: str) -> None:
    def command(_: Actor, uow: UnitOfWork) -> None:
        audit.record(uow, CLERK, deed, "order-1", after={"state": deed})

    database.transact(command, CLERK)


def seal(database: Database) -> int:
    return database.transact(lambda _, uow: audit.seal(uow), CLERK)


def breaches(database: Database) -> tuple[Breach, ...]:
    def query(_: Actor, session: Session) -> tuple[Breach, ...]:
        return audit.verify(session, now=database.now())

    return database.read_together(query, CLERK)


@pytest.fixture
def sealed(real_database: Database) -> None:
    """Three deeds of a sealed trail, in the places 1 to 3."""
    for deed in ("accept", "pack", "ship"):
        record(real_database, deed)
    assert seal(real_database) == 3


class TestSeal:
    def test_goes_on_from_the_last_seal(self, real_database: Database, sealed: None) -> None:
        record(real_database, "deliver")

        assert seal(real_database) == 1
        assert seal(real_database) == 0
        assert breaches(real_database) == ()

    def test_leaves_it_to_the_sealer_who_is_at_work(self, real_database: Database) -> None:
        record(real_database, "accept")

        with real_database.unit(CLERK) as at_work:
            assert audit.seal(at_work) == 1
            assert seal(real_database) == 0


class TestVerify:
    def test_finds_a_sound_trail_sound(self, real_database: Database, sealed: None) -> None:
        assert breaches(real_database) == ()

    @pytest.mark.parametrize(
        "deed",
        [
            "UPDATE audit_entries SET actor = 'somebody else' WHERE position = 2",
            "UPDATE audit_entries SET action = 'ship' WHERE position = 2",
            "UPDATE audit_entries SET at = at - interval '1 day' WHERE position = 2",
            """UPDATE audit_entries SET after = '{"state": "ship"}' WHERE position = 2""",
        ],
    )
    def test_finds_what_was_altered(
        self, real_database: Database, sealed: None, owner: psycopg.Connection, deed: LiteralString
    ) -> None:
        owner.execute(deed)

        assert breaches(real_database) == (Breach(2, "altered"),)

    def test_finds_what_was_taken_out(self, real_database: Database, sealed: None, owner: psycopg.Connection) -> None:
        owner.execute("DELETE FROM audit_seals WHERE sequence = 2")
        owner.execute("DELETE FROM audit_entries WHERE position = 2")

        assert breaches(real_database) == (Breach(3, "gap"),)

    @pytest.mark.parametrize(
        "deed",
        [
            "UPDATE audit_seals SET previous_hash = repeat('f', 64) WHERE sequence = 2",
            "UPDATE audit_seals SET link_hash = repeat('f', 64) WHERE sequence = 2",
        ],
    )
    def test_finds_a_link_that_was_forged(
        self, real_database: Database, sealed: None, owner: psycopg.Connection, deed: LiteralString
    ) -> None:
        owner.execute(deed)

        assert breaches(real_database) == (Breach(2, "false link"),)
