"""Reading the books."""

from dataclasses import replace
from datetime import timedelta

import pytest

from marketplace import ledger
from marketplace.identity import SystemRole
from marketplace.kernel.actor import Actor, Everywhere, Grant, Permission
from marketplace.kernel.errors import Forbidden, Invalid
from marketplace.kernel.ids import OrderId, StoreId, TransactionId, UserId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.pages import Cursor
from marketplace.kernel.work import UnitOfWork
from marketplace.ledger import Account, AccountSums, CurrencySums, Posting, PostingView
from tests.factories.people import make_officer

READER = Actor(name="reader", user_id=UserId(new_uuid()), grants=frozenset({Grant(Permission.LEDGER_READ, Everywhere)}))
STORE = StoreId(new_uuid())
VENDOR = Actor(
    name="vendor",
    user_id=UserId(new_uuid()),
    store_id=STORE,
    grants=frozenset({Grant(Permission.LEDGER_READ, STORE)}),
)


def deposit(
    uow: UnitOfWork, key: str, minor: int, *, currency: str = "SAR", order_id: OrderId | None = None
) -> TransactionId:
    amount = Money(minor, currency)
    lines = [Posting.debit(ledger.BANK, amount), Posting.credit(ledger.SAFE, amount)]
    return ledger.post(uow, kind="deposit", source="test", key=key, postings=lines, order_id=order_id)


class TestTrialBalance:
    def test_sums_each_account_in_each_currency(self, uow: UnitOfWork) -> None:
        deposit(uow, "a", 100)
        undone = deposit(uow, "b", 50)
        ledger.reverse(uow, transaction_id=undone, key="c")
        deposit(uow, "d", 7, currency="USD")

        sums = ledger.trial_balance(READER, uow.session, at=uow.now)

        assert sums.currencies == (
            CurrencySums(
                "SAR",
                200,
                200,
                (AccountSums(ledger.BANK, "Bank settlement", 150, 50), AccountSums(ledger.SAFE, "Cash safe", 50, 150)),
            ),
            CurrencySums(
                "USD",
                7,
                7,
                (AccountSums(ledger.BANK, "Bank settlement", 7, 0), AccountSums(ledger.SAFE, "Cash safe", 0, 7)),
            ),
        )

    def test_stops_at_the_instant_that_was_asked(self, uow: UnitOfWork) -> None:
        deposit(uow, "a", 100)

        assert ledger.trial_balance(READER, uow.session, at=uow.now - timedelta(seconds=1)).currencies == ()

    def test_is_not_for_a_vendor(self, uow: UnitOfWork) -> None:
        with pytest.raises(Forbidden):
            ledger.trial_balance(VENDOR, uow.session, at=uow.now)


class TestByCode:
    def test_adds_up_the_pots_of_all_stores(self, uow: UnitOfWork) -> None:
        for key, minor in (("a", 100), ("b", 20)):
            pot = ledger.vendor_pending(StoreId(new_uuid()))
            amount = Money(minor, "SAR")
            lines = [Posting.debit(ledger.BANK, amount), Posting.credit(pot, amount)]
            ledger.post(uow, kind="sale", source="test", key=key, postings=lines)

        (sums,) = ledger.trial_balance(READER, uow.session, at=uow.now).currencies

        assert len(sums.accounts) == 3
        assert sums.by_code == (
            AccountSums(ledger.BANK, "Bank settlement", 120, 0),
            AccountSums(Account("2100"), "Vendor payable, pending", 0, 120),
        )


class TestTransactions:
    def test_lists_the_newest_first_and_goes_on(self, uow: UnitOfWork) -> None:
        ids = [deposit(uow, key, 100) for key in ("a", "b", "c")]

        first = ledger.transactions(READER, uow.session, limit=2)
        second = ledger.transactions(READER, uow.session, limit=2, cursor=first.next_cursor)

        assert [view.id for view in first.items] == [ids[2], ids[1]]
        assert [view.id for view in second.items] == [ids[0]]
        assert second.next_cursor is None

    def test_tells_the_two_sides_apart(self, uow: UnitOfWork) -> None:
        deposit(uow, "a", 100)

        (view,) = ledger.transactions(READER, uow.session).items

        assert view.postings == (
            PostingView(ledger.BANK, "Bank settlement", Money(100, "SAR"), None),
            PostingView(ledger.SAFE, "Cash safe", None, Money(100, "SAR")),
        )
        assert (view.kind, view.source, view.posted_by, view.posted_at) == ("deposit", "test", "test", uow.now)
        assert view.hash is None

    def test_names_the_person_who_posted(self, uow: UnitOfWork) -> None:
        cashier = make_officer(uow, SystemRole.CASHIER)
        deposit(uow, "a", 100)
        deposit(replace(uow, asked_by=f"user:{cashier.id}"), "b", 100)

        his, ours = ledger.transactions(READER, uow.session).items

        assert (his.posted_by_name, ours.posted_by_name) == (cashier.full_name, None)

    def test_shows_the_seal(self, uow: UnitOfWork) -> None:
        deposit(uow, "a", 100)
        ledger.seal(uow)

        (view,) = ledger.transactions(READER, uow.session).items

        assert view.sequence == 1
        assert view.previous_hash == "0" * 64

    def test_keeps_to_one_order_or_one_account(self, uow: UnitOfWork) -> None:
        order_id = OrderId(new_uuid())
        mine = deposit(uow, "a", 100, order_id=order_id)
        deposit(uow, "b", 100)

        of_order = ledger.transactions(READER, uow.session, order_id=order_id)
        of_account = ledger.transactions(READER, uow.session, account="2200")

        assert [view.id for view in of_order.items] == [mine]
        assert of_account.items == ()

    @pytest.mark.parametrize("cursor", ["nonsense", Cursor(("yesterday", "x")).encode(), Cursor((1, 2)).encode()])
    def test_refuses_a_page_mark_that_is_none(self, uow: UnitOfWork, cursor: str) -> None:
        with pytest.raises(Invalid) as refused:
            ledger.transactions(READER, uow.session, cursor=cursor)

        assert refused.value.reason == "cursor.invalid"

    def test_is_not_for_a_vendor(self, uow: UnitOfWork) -> None:
        with pytest.raises(Forbidden):
            ledger.transactions(VENDOR, uow.session)
