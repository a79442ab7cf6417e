"""Laws of the books over random histories."""

from collections import defaultdict
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, text
from sqlmodel import Session

from marketplace import ledger
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import StoreId, TransactionId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.ledger import Account, KeyReused, Posting, Unbalanced
from tests.factories.actors import officer

VENDORS = [StoreId(new_uuid()) for _ in range(2)]
ACCOUNTS = [
    ledger.BANK,
    ledger.SAFE,
    ledger.REFERRAL_INCOME,
    ledger.OVER_SHORT,
    *(ledger.vendor_pending(vendor) for vendor in VENDORS),
]
CURRENCIES = ("SAR", "USD")
READER = officer(Permission.LEDGER_READ)
SOME_DAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

amounts = st.integers(1, 10**9)
accounts = st.sampled_from(ACCOUNTS)
currencies = st.sampled_from(CURRENCIES)


class Books(RuleBasedStateMachine):
    """Whatever is posted, repeated, refused, reversed and sealed, in whatever order."""

    engine: ClassVar[Engine]

    posted = Bundle("posted")

    def __init__(self) -> None:
        super().__init__()
        self._open = ExitStack()
        connection = self._open.enter_context(self.engine.connect())
        connection.begin()
        session = self._open.enter_context(Session(connection, join_transaction_mode="create_savepoint"))
        self.uow = UnitOfWork(session=session, now=SOME_DAY, asked_by="test")
        self.model: defaultdict[tuple[Account, str], int] = defaultdict(int)
        self.used = 0

    def teardown(self) -> None:
        self.uow.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        ledger.seal(self.uow)
        assert ledger.verify(self.uow.session).breaches == ()
        self._open.close()

    @rule(
        target=posted,
        sides=st.lists(st.tuples(accounts, amounts), min_size=1, max_size=4),
        into=accounts,
        currency=currencies,
    )
    def post(
        self, sides: list[tuple[Account, int]], into: Account, currency: str
    ) -> tuple[str, tuple[Posting, ...], TransactionId]:
        """Debit some accounts, and credit one with the sum."""
        lines = [Posting.debit(account, Money(minor, currency)) for account, minor in sides]
        lines.append(Posting.credit(into, Money(sum(minor for _, minor in sides), currency)))
        self.used += 1
        key = f"key {self.used}"
        id_ = ledger.post(self.uow, kind="random", source="test", key=key, postings=lines)
        self._book(lines)
        return key, tuple(lines), id_

    @rule(first=posted)
    def repeat(self, first: tuple[str, tuple[Posting, ...], TransactionId]) -> None:
        """The same wish again changes nothing and gives the first answer."""
        key, lines, id_ = first
        assert ledger.post(self.uow, kind="random", source="test", key=key, postings=lines) == id_

    @rule(first=posted, minor=amounts, currency=currencies)
    def reuse(self, first: tuple[str, tuple[Posting, ...], TransactionId], minor: int, currency: str) -> None:
        """Another wish under a used key is refused."""
        other = [
            Posting.debit(ledger.BANK, Money(minor, currency)),
            Posting.credit(ledger.SAFE, Money(minor, currency)),
        ]
        with pytest.raises(KeyReused):
            ledger.post(self.uow, kind="other", source="test", key=first[0], postings=other)

    @rule(account=accounts, minor=amounts, gap=amounts, currency=currencies)
    def unbalance(self, account: Account, minor: int, gap: int, currency: str) -> None:
        """Sides that differ are refused."""
        lopsided = [
            Posting.debit(account, Money(minor + gap, currency)),
            Posting.credit(ledger.BANK, Money(minor, currency)),
        ]
        with pytest.raises(Unbalanced):
            ledger.post(self.uow, kind="random", source="test", key="unbalanced", postings=lopsided)

    @rule(first=consumes(posted))
    def reverse(self, first: tuple[str, tuple[Posting, ...], TransactionId]) -> None:
        """A reversal takes everything back, once."""
        key, lines, id_ = first
        undone = ledger.reverse(self.uow, transaction_id=id_, key=f"{key} undone")
        assert ledger.reverse(self.uow, transaction_id=id_, key=f"{key} undone") == undone
        self._book([Posting(line.account, -line.amount) for line in lines])

    @rule()
    def seal(self) -> None:
        """The sealer comes by."""
        ledger.seal(self.uow)

    @invariant()
    def balances_are_those_of_the_model(self) -> None:
        for currency in CURRENCIES:
            found = ledger.balances(self.uow.session, accounts=ACCOUNTS, currency=currency)
            signed = {account: self.model[account, currency] for account in ACCOUNTS}
            assert {account: abs(money.minor) for account, money in found.items()} == {
                account: abs(minor) for account, minor in signed.items()
            }
            assert found[ledger.BANK].minor == signed[ledger.BANK]
            assert found[ledger.REFERRAL_INCOME].minor == -signed[ledger.REFERRAL_INCOME]

    @invariant()
    def both_sides_are_equal(self) -> None:
        sums = ledger.trial_balance(READER, self.uow.session, at=self.uow.now)
        for currency in sums.currencies:
            assert currency.debit_minor == currency.credit_minor

    def _book(self, lines: list[Posting]) -> None:
        for line in lines:
            self.model[line.account, line.amount.currency] += line.amount.minor


class TestLedger:
    def test_keeps_its_laws_over_random_histories(self, shared_engine: Engine) -> None:
        Books.engine = shared_engine

        run_state_machine_as_test(
            Books,
            settings=settings(
                max_examples=12, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
