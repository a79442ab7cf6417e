"""Posting and sealing by several at once."""

from concurrent.futures import ThreadPoolExecutor

import psycopg

from marketplace import ledger
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.ids import TransactionId
from marketplace.kernel.money import Money
from marketplace.kernel.work import Database, UnitOfWork
from marketplace.ledger import Entry, KeyReused, Posting

CLERK = system("test")
AT_ONCE = 8


def entry(key: str, minor: int = 100) -> Entry:
    amount = Money(minor, "SAR")
    lines = (Posting.debit(ledger.BANK, amount), Posting.credit(ledger.SAFE, amount))
    return Entry(kind="deposit", source="test", key=key, postings=lines)


def post(database: Database, *entries: Entry) -> tuple[TransactionId, ...]:
    def command(_: Actor, uow: UnitOfWork) -> tuple[TransactionId, ...]:
        return ledger.post_all(uow, entries=entries)

    return database.transact(command, CLERK)


def in_bank(owner: psycopg.Connection) -> int:
    found = owner.execute("SELECT sum(amount_minor) FROM postings WHERE account = '1000'").fetchone()
    assert found is not None
    return int(found[0])


class TestPostAtOnce:
    def test_is_done_once_under_one_key(self, real_database: Database, owner: psycopg.Connection) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(lambda _: post(real_database, entry("same")), range(AT_ONCE)))

        assert len(set(answers)) == 1
        assert in_bank(owner) == 100

    def test_lets_one_of_two_wishes_have_the_key(self, real_database: Database, owner: psycopg.Connection) -> None:
        def attempt(minor: int) -> int:
            try:
                post(real_database, entry("same", minor))
            except KeyReused:
                return 0
            return minor

        with ThreadPoolExecutor(AT_ONCE) as pool:
            posted = sum(pool.map(attempt, range(1, AT_ONCE + 1)))

        assert in_bank(owner) == posted
        assert posted > 0

    def test_never_waits_in_a_circle(self, real_database: Database, owner: psycopg.Connection) -> None:
        forth, back = [entry(key) for key in "abcdef"], [entry(key) for key in "fedcba"]

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda turn: post(real_database, *(back if turn % 2 else forth)), range(AT_ONCE * 4)))

        assert in_bank(owner) == 600


class TestSealAtOnce:
    def test_makes_one_unbroken_chain(self, real_database: Database) -> None:
        def work(turn: int) -> None:
            post(real_database, entry(f"key {turn}"))
            real_database.transact(lambda _, uow: ledger.seal(uow), CLERK)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(work, range(40)))
        real_database.transact(lambda _, uow: ledger.seal(uow), CLERK)

        verdict = real_database.read(lambda _, session: ledger.verify(session), CLERK)
        assert (verdict.transactions, verdict.breaches) == (40, ())
