"""Posting to the books."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from marketplace import ledger
from marketplace.events.models import OutboxMessage
from marketplace.kernel.ids import OrderId, StoreId, TransactionId, UserId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.ledger import Entry, KeyReused, Posting, TransactionNotFound, Unbalanced
from marketplace.ledger.models import PostingRecord, Transaction

VENDOR = StoreId(new_uuid())
BUYER = StoreId(new_uuid())


def sar(minor: int) -> Money:
    return Money(minor, "SAR")


def sale(minor: int) -> list[Posting]:
    return [
        Posting.debit(ledger.buyer_receivable(BUYER), sar(minor)),
        Posting.credit(ledger.vendor_pending(VENDOR), sar(minor)),
    ]


def post_sale(
    uow: UnitOfWork, minor: int = 11_500, *, key: str = "sale", order_id: OrderId | None = None
) -> TransactionId:
    return ledger.post(uow, kind="sale", source="order:1", key=key, postings=sale(minor), order_id=order_id)


class TestPost:
    def test_moves_an_amount_from_one_account_to_another(self, uow: UnitOfWork) -> None:
        post_sale(uow)

        assert ledger.balance(uow.session, account=ledger.buyer_receivable(BUYER), currency="SAR") == sar(11_500)
        assert ledger.balance(uow.session, account=ledger.vendor_pending(VENDOR), currency="SAR") == sar(11_500)

    def test_publishes_the_fact(self, uow: UnitOfWork) -> None:
        transaction_id = post_sale(uow)

        published = uow.session.exec(select(OutboxMessage)).one()
        assert published.topic == "ledger.transaction_posted.v1"
        assert published.envelope["body"] == {
            "transaction_id": str(transaction_id),
            "kind": "sale",
            "source": "order:1",
            "order_id": None,
        }

    def test_gives_the_first_answer_to_the_same_wish(self, uow: UnitOfWork) -> None:
        first = post_sale(uow)
        again = post_sale(uow)

        assert again == first
        assert ledger.balance(uow.session, account=ledger.vendor_pending(VENDOR), currency="SAR") == sar(11_500)
        assert len(uow.session.exec(select(OutboxMessage)).all()) == 1

    def test_refuses_another_wish_under_the_same_key(self, uow: UnitOfWork) -> None:
        post_sale(uow)

        with pytest.raises(KeyReused):
            post_sale(uow, 11_501)

        assert ledger.balance(uow.session, account=ledger.vendor_pending(VENDOR), currency="SAR") == sar(11_500)

    def test_refuses_sides_that_differ(self, uow: UnitOfWork) -> None:
        lopsided = [Posting.debit(ledger.BANK, sar(100)), Posting.credit(ledger.SAFE, sar(99))]

        with pytest.raises(Unbalanced, match="differ by"):
            ledger.post(uow, kind="x", source="y", key="z", postings=lopsided)

        assert uow.session.exec(select(Transaction)).all() == []

    def test_refuses_currencies_that_only_add_up_together(self, uow: UnitOfWork) -> None:
        mixed = [Posting.debit(ledger.BANK, sar(100)), Posting.credit(ledger.SAFE, Money(100, "USD"))]

        with pytest.raises(Unbalanced):
            ledger.post(uow, kind="x", source="y", key="z", postings=mixed)

    def test_refuses_to_post_nothing(self, uow: UnitOfWork) -> None:
        with pytest.raises(Unbalanced):
            post_sale(uow, 0)

    def test_leaves_out_lines_of_zero(self, uow: UnitOfWork) -> None:
        ledger.post(
            uow, kind="x", source="y", key="z", postings=[*sale(100), Posting.credit(ledger.OUTPUT_VAT, sar(0))]
        )

        accounts = uow.session.exec(select(PostingRecord.account)).all()
        assert set(accounts) == {ledger.buyer_receivable(BUYER), ledger.vendor_pending(VENDOR)}


class TestPostAll:
    def test_answers_in_the_order_that_was_asked(self, uow: UnitOfWork) -> None:
        first = post_sale(uow, key="b")
        entries = [
            Entry(kind="sale", source="order:1", key=key, postings=tuple(sale(11_500))) for key in ("c", "b", "a")
        ]

        ids = ledger.post_all(uow, entries=entries)

        keys = dict(uow.session.exec(select(Transaction.id, Transaction.key)).all())
        assert [keys[id_] for id_ in ids] == ["c", "b", "a"]
        assert ids[1] == first

    def test_refuses_one_key_for_two_entries(self, uow: UnitOfWork) -> None:
        entry = Entry(kind="sale", source="order:1", key="a", postings=tuple(sale(100)))

        with pytest.raises(KeyReused):
            ledger.post_all(uow, entries=[entry, entry])

    def test_posts_nothing_when_nothing_is_asked(self, uow: UnitOfWork) -> None:
        assert ledger.post_all(uow, entries=[]) == ()


class TestReverse:
    def test_undoes_a_transaction_and_names_it(self, uow: UnitOfWork) -> None:
        order_id = OrderId(new_uuid())
        wrong = post_sale(uow, order_id=order_id)

        right = ledger.reverse(uow, transaction_id=wrong, key="sale:undone")

        reversal = uow.session.exec(select(Transaction).where(col(Transaction.id) == right)).one()
        assert (reversal.kind, reversal.reverses_id, reversal.order_id) == ("reversal", wrong, order_id)
        assert not ledger.balance(uow.session, account=ledger.vendor_pending(VENDOR), currency="SAR")

    def test_gives_the_first_answer_to_the_same_wish(self, uow: UnitOfWork) -> None:
        wrong = post_sale(uow)

        assert ledger.reverse(uow, transaction_id=wrong, key="u") == ledger.reverse(uow, transaction_id=wrong, key="u")

    def test_refuses_a_transaction_that_is_not_there(self, uow: UnitOfWork) -> None:
        with pytest.raises(TransactionNotFound):
            ledger.reverse(uow, transaction_id=TransactionId(new_uuid()), key="undo")


class TestHeldForOrder:
    def test_counts_one_order_and_one_account_alone(self, uow: UnitOfWork) -> None:
        order_id = OrderId(new_uuid())
        post_sale(uow, 1_000, key="mine", order_id=order_id)
        post_sale(uow, 2_000, key="another", order_id=OrderId(new_uuid()))

        pending = ledger.held_for_order(
            uow.session, order_id=order_id, account=ledger.vendor_pending(VENDOR), currency="SAR"
        )
        prepaid = ledger.held_for_order(
            uow.session, order_id=order_id, account=ledger.buyer_prepayment(BUYER), currency="SAR"
        )

        assert pending == sar(1_000)
        assert prepaid == sar(0)


class TestBalances:
    def test_counts_each_account_on_its_own_side(self, uow: UnitOfWork) -> None:
        agent = ledger.agent_cash(UserId(new_uuid()))
        ledger.post(
            uow,
            kind="cash",
            source="order:1",
            key="cash",
            postings=[Posting.debit(agent, sar(500)), Posting.credit(ledger.buyer_prepayment(BUYER), sar(500))],
        )

        pots = [agent, ledger.buyer_prepayment(BUYER), ledger.BANK]
        assert ledger.balances(uow.session, accounts=pots, currency="SAR") == {
            agent: sar(500),
            ledger.buyer_prepayment(BUYER): sar(500),
            ledger.BANK: sar(0),
        }


class TestDatabase:
    """What the database refuses, whatever the code does."""

    def test_refuses_postings_that_do_not_cancel_out(self, uow: UnitOfWork) -> None:
        transaction_id = post_sale(uow)
        uow.session.add(
            PostingRecord(transaction_id=transaction_id, position=9, account="1000", amount_minor=1, currency="SAR")
        )
        uow.session.flush()

        with pytest.raises(DBAPIError, match="sums to zero"), uow.session.begin_nested():
            uow.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))

        uow.session.rollback()

    def test_refuses_a_transaction_without_postings(self, uow: UnitOfWork) -> None:
        uow.session.add(
            Transaction(
                kind="x", source="y", key="z", posted_at=uow.now, posted_by="test", fingerprint="", content_hash=""
            )
        )
        uow.session.flush()

        with pytest.raises(DBAPIError, match="two postings"), uow.session.begin_nested():
            uow.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))

        uow.session.rollback()

    @pytest.mark.parametrize("table", ["transactions", "postings", "seals"])
    @pytest.mark.parametrize("deed", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET {} = {}"])
    def test_keeps_the_serving_role_from_changing_what_was_posted(self, uow: UnitOfWork, table: str, deed: str) -> None:
        column = {"transactions": "kind", "postings": "amount_minor", "seals": "sequence"}[table]

        with pytest.raises(DBAPIError, match="permission denied"), uow.session.begin_nested():
            uow.session.execute(text(deed.format(table, column, column)))
