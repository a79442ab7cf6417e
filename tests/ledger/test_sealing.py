"""Sealing the books, and finding out that somebody was at them."""

from typing import LiteralString

import psycopg
import pytest
from sqlmodel import Session

from marketplace import ledger
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.ids import TransactionId, UserId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import Database, UnitOfWork
from marketplace.ledger import Account, Breach, Posting, Verdict
from marketplace.ledger.rules import FIRST_HASH, seal_hash

CLERK = system("test")


def post(database: Database, key: str, *, account: Account = ledger.SAFE, minor: int = 100) -> TransactionId:
    def command(_: Actor, uow: UnitOfWork) -> TransactionId:
        amount = Money(minor, "SAR")
        lines = [Posting.debit(ledger.BANK, amount), Posting.credit(account, amount)]
        return ledger.post(uow, kind="deposit", source="test", key=key, postings=lines)

    return database.transact(command, CLERK)


def seal(database: Database) -> int:
    return database.transact(lambda _, uow: ledger.seal(uow), CLERK)


def verify(database: Database) -> Verdict:
    def query(_: Actor, session: Session) -> Verdict:
        return ledger.verify(session)

    return database.read(query, CLERK)


@pytest.fixture
def sealed(real_database: Database) -> list[TransactionId]:
    """Three transactions of a sealed book."""
    ids = [post(real_database, key) for key in ("a", "b", "c")]
    assert seal(real_database) == 3
    return ids


class TestSeal:
    def test_gives_each_transaction_its_place(
        self, real_database: Database, sealed: list[TransactionId], owner: psycopg.Connection
    ) -> None:
        rows = owner.execute(
            "SELECT transaction_id, sequence, previous_hash, hash, content_hash"
            " FROM seals JOIN transactions ON id = transaction_id ORDER BY sequence"
        ).fetchall()

        assert [row[0] for row in rows] == sealed
        assert [row[1] for row in rows] == [1, 2, 3]
        assert [row[2] for row in rows] == [FIRST_HASH, rows[0][3], rows[1][3]]
        assert [row[3] for row in rows] == [
            seal_hash(previous, place, content) for _, place, previous, _, content in rows
        ]

    def test_goes_on_from_the_last_seal(self, real_database: Database, sealed: list[TransactionId]) -> None:
        post(real_database, "d")

        assert seal(real_database) == 1
        assert seal(real_database) == 0
        assert verify(real_database) == Verdict(transactions=4, breaches=())

    def test_leaves_it_to_the_sealer_who_is_at_work(self, real_database: Database) -> None:
        post(real_database, "a")

        with real_database.unit(CLERK) as at_work:
            assert ledger.seal(at_work) == 1
            assert seal(real_database) == 0


class TestVerify:
    def test_finds_sound_books_sound(self, real_database: Database, sealed: list[TransactionId]) -> None:
        assert verify(real_database) == Verdict(transactions=3, breaches=())

    @pytest.mark.parametrize(
        "deed",
        [
            "UPDATE postings SET amount_minor = amount_minor * 2 WHERE transaction_id = %s",
            "UPDATE postings SET account = '4000' WHERE position = 1 AND transaction_id = %s",
            "UPDATE transactions SET posted_at = posted_at - interval '1 day' WHERE id = %s",
            "UPDATE transactions SET posted_by = 'somebody else' WHERE id = %s",
            "UPDATE transactions SET source = 'elsewhere' WHERE id = %s",
        ],
    )
    def test_finds_what_was_altered(
        self, real_database: Database, sealed: list[TransactionId], owner: psycopg.Connection, deed: LiteralString
    ) -> None:
        owner.execute(deed, [sealed[1]])

        assert verify(real_database).breaches == (Breach(str(sealed[1]), "altered"),)

    def test_finds_a_content_hash_that_was_altered_with_it(
        self, real_database: Database, sealed: list[TransactionId], owner: psycopg.Connection
    ) -> None:
        owner.execute("UPDATE transactions SET content_hash = repeat('0', 64) WHERE id = %s", [sealed[1]])

        assert Breach(str(sealed[1]), "false link") in verify(real_database).breaches

    def test_finds_what_was_taken_out(
        self, real_database: Database, sealed: list[TransactionId], owner: psycopg.Connection
    ) -> None:
        for deed in (
            "DELETE FROM seals WHERE transaction_id = %s",
            "DELETE FROM postings WHERE transaction_id = %s",
            "DELETE FROM transactions WHERE id = %s",
        ):
            owner.execute(deed, [sealed[1]])

        assert verify(real_database).breaches == (Breach(str(sealed[2]), "gap"), Breach(str(sealed[2]), "false link"))

    def test_finds_what_was_kept_from_the_sealer(
        self, real_database: Database, sealed: list[TransactionId], owner: psycopg.Connection
    ) -> None:
        hidden = post(real_database, "d")
        owner.execute("UPDATE transactions SET entered_at = now() - interval '61 s' WHERE id = %s", [hidden])

        assert verify(real_database).breaches == (Breach(str(hidden), "unsealed"),)

    def test_finds_a_pot_that_was_overdrawn(self, real_database: Database) -> None:
        agent = ledger.agent_cash(UserId(new_uuid()))
        post(real_database, "a", account=agent)
        seal(real_database)

        assert verify(real_database).breaches == (Breach(agent, "overdrawn"),)
