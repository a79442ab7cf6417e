"""Confirming payouts."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from marketplace import flags, ledger, ops, orders, settlement
from marketplace.audit.models import AuditEntry
from marketplace.events.models import OutboxMessage
from marketplace.flags import Limit
from marketplace.identity import StoreRole, SystemRole
from marketplace.identity.models import Membership
from marketplace.kernel.actor import Actor, Permission, system
from marketplace.kernel.errors import Conflict, Forbidden
from marketplace.kernel.ids import PayoutId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import OrderState, PaidState
from marketplace.orders.models import Order
from marketplace.settlement import FourEyes, NotCovered, OrderHeld, OwnPayout, PayoutNotFound, PayoutState
from marketplace.settlement.models import Payout, PayoutOrder
from tests.factories.actors import clerk, officer
from tests.factories.people import make_officer
from tests.factories.sales import Market


@pytest.fixture
def market(uow: UnitOfWork) -> Market:
    """Somebody sells to somebody."""
    return Market(uow)


@pytest.fixture
def finance(uow: UnitOfWork) -> Actor:
    """Somebody who pays vendors."""
    return accountant(uow)


def accountant(uow: UnitOfWork) -> Actor:
    user = make_officer(uow, SystemRole.FINANCE)
    return officer(Permission.PAYOUTS_READ, Permission.PAYOUTS_CONFIRM, user_id=user.id)


def propose(market: Market, *, days: int = 8) -> PayoutId:
    market.sell(delivered_at=market.uow.now - timedelta(days=days))
    settlement.mature(market.uow)
    settlement.propose(market.uow)
    return PayoutId(market.uow.session.exec(select(Payout.id)).one())


def balance(uow: UnitOfWork, account: ledger.Account) -> int:
    return ledger.balance(uow.session, account=account, currency="SAR").minor


def ask_two_above(uow: UnitOfWork, minor: int) -> None:
    flags.set_limit(officer(Permission.FLAGS_EDIT), uow, limit=Limit.PAYOUT_SINGLE_MINOR, value=minor)


def facts(uow: UnitOfWork) -> list[str]:
    topics = uow.session.exec(select(OutboxMessage.topic).order_by(col(OutboxMessage.position))).all()
    return [topic for topic in topics if topic.startswith(("settlement.", "orders."))]


class TestConfirmPayout:
    def test_sends_the_money(self, uow: UnitOfWork, market: Market, finance: Actor) -> None:
        payout_id = propose(market)

        seen = settlement.confirm_payout(finance, uow, payout_id=payout_id, reference="RJHI 4711")

        assert (seen.state, seen.reference, seen.paid_at) == (PayoutState.PAID, "RJHI 4711", uow.now)
        assert (seen.paid_by, seen.confirmed_by, seen.can_confirm) == (finance.user_id, None, False)
        assert balance(uow, ledger.vendor_available(market.vendor.id)) == 0
        assert balance(uow, ledger.PAYOUT_TRANSIT) == 0
        assert balance(uow, ledger.BANK) == -10_350

    def test_closes_orders_past_their_return_window(self, uow: UnitOfWork, market: Market, finance: Actor) -> None:
        payout_id = propose(market)

        settlement.confirm_payout(finance, uow, payout_id=payout_id, reference="1")

        order = uow.session.exec(select(Order)).one()
        assert (order.state, order.paid_state, order.paid_out_at) == (OrderState.CLOSED, PaidState.PAID, uow.now)
        assert facts(uow) == [
            "settlement.payout_proposed.v1",
            "orders.order_closed.v1",
            "settlement.payout_paid.v1",
        ]

    def test_leaves_an_order_paid_whose_cash_comes_in_later(
        self, uow: UnitOfWork, market: Market, finance: Actor
    ) -> None:
        settlement.confirm_payout(finance, uow, payout_id=propose(market), reference="1")
        order = uow.session.exec(select(Order)).one()

        orders.note_cash_handed_over(uow, order_ids=[order.id], at=uow.now)

        uow.session.flush()
        uow.session.refresh(order)
        assert (order.paid_state, order.cash_handed_over_at) == (PaidState.PAID, uow.now)

    def test_keeps_the_books_in_agreement(self, uow: UnitOfWork, market: Market, finance: Actor) -> None:
        payout_id = propose(market)

        settlement.confirm_payout(finance, uow, payout_id=payout_id, reference="1")

        uow.session.flush()
        found = ops.agreement(officer(Permission.LEDGER_READ), uow.session)
        assert found.agrees
        (pot,) = found.payable_to_vendors
        assert (pot.came.minor, pot.went.minor, pot.booked.minor) == (10_350, 10_350, 0)

    def test_writes_down_who_did_it(self, uow: UnitOfWork, market: Market, finance: Actor) -> None:
        payout_id = propose(market)

        settlement.confirm_payout(finance, uow, payout_id=payout_id, reference="1")

        entry = uow.session.exec(select(AuditEntry).where(col(AuditEntry.object_id) == str(payout_id))).one()
        assert (entry.action, entry.before) == ("settlement.confirm_payout", {"state": "proposed"})
        assert entry.after == {"state": "paid", "reference": "1"}

    def test_is_done_once(self, uow: UnitOfWork, market: Market, finance: Actor) -> None:
        payout_id = propose(market)
        settlement.confirm_payout(finance, uow, payout_id=payout_id, reference="1")

        with pytest.raises(Conflict) as refused:
            settlement.confirm_payout(finance, uow, payout_id=payout_id, reference="1")

        assert refused.value.reason == "settlement.paid_already"
        assert refused.value.message == "This payout was paid already, under the reference 1."
        assert balance(uow, ledger.BANK) == -10_350

    def test_refuses_while_an_order_is_held(self, uow: UnitOfWork, market: Market, finance: Actor) -> None:
        payout_id = propose(market)
        order = uow.session.exec(select(Order)).one()
        order.is_held = True
        uow.session.flush()

        with pytest.raises(OrderHeld, match=order.number):
            settlement.confirm_payout(finance, uow, payout_id=payout_id, reference="1")

        assert balance(uow, ledger.BANK) == 0

    def test_refuses_to_send_more_than_there_is(self, uow: UnitOfWork, market: Market, finance: Actor) -> None:
        payout_id = propose(market)
        taken = Money(1, "SAR")
        lines = [
            ledger.Posting.debit(ledger.vendor_available(market.vendor.id), taken),
            ledger.Posting.credit(ledger.BANK, taken),
        ]
        ledger.post(uow, kind="x", source="test", key="x", postings=lines)

        with pytest.raises(NotCovered, match=r"Only 103\.49 SAR of the 103\.50"):
            settlement.confirm_payout(finance, uow, payout_id=payout_id, reference="1")

    def test_is_not_for_the_vendor_nor_for_the_house_itself(self, uow: UnitOfWork, market: Market) -> None:
        payout_id = propose(market)
        vendor = clerk(market.vendor.id, Permission.PAYOUTS_READ)

        for actor in (vendor, system("settlement")):
            with pytest.raises(Forbidden):
                settlement.confirm_payout(actor, uow, payout_id=payout_id, reference="1")

    @pytest.mark.parametrize("role", StoreRole)
    def test_is_not_for_a_member_of_the_store_whatever_he_is_to_the_house(
        self, uow: UnitOfWork, market: Market, finance: Actor, role: StoreRole
    ) -> None:
        payout_id = propose(market)
        assert finance.user_id is not None
        joined = Membership(user_id=finance.user_id, store_id=market.vendor.id, role=role, joined_at=uow.now)
        uow.session.add(joined)
        uow.session.flush()

        with pytest.raises(OwnPayout):
            settlement.confirm_payout(finance, uow, payout_id=payout_id, reference="1")
        (seen,) = settlement.payouts(finance, uow.session).items
        assert (seen.can_confirm, balance(uow, ledger.BANK)) == (False, 0)
        joined.ended_at = uow.now
        uow.session.flush()

        assert settlement.payouts(finance, uow.session).items[0].can_confirm
        assert settlement.confirm_payout(finance, uow, payout_id=payout_id, reference="1").state is PayoutState.PAID

    def test_hides_payouts_from_strangers(self, uow: UnitOfWork, market: Market, finance: Actor) -> None:
        payout_id = propose(market)

        with pytest.raises(PayoutNotFound):
            settlement.confirm_payout(officer(), uow, payout_id=payout_id, reference="1")
        with pytest.raises(PayoutNotFound):
            settlement.confirm_payout(finance, uow, payout_id=PayoutId(new_uuid()), reference="1")


class TestConfirmLargePayout:
    def test_waits_for_a_second_person(self, uow: UnitOfWork, market: Market, finance: Actor) -> None:
        ask_two_above(uow, 10_349)
        payout_id = propose(market)

        seen = settlement.confirm_payout(finance, uow, payout_id=payout_id, reference="1")

        assert (seen.state, seen.confirmed_by, seen.paid_by) == (PayoutState.CONFIRMED, finance.user_id, None)
        assert seen.confirmed_by_name == "Officer"
        assert seen.can_confirm is False
        assert balance(uow, ledger.BANK) == 0
        assert facts(uow)[-1] == "settlement.payout_confirmed.v1"

    def test_refuses_the_same_person_twice(self, uow: UnitOfWork, market: Market, finance: Actor) -> None:
        ask_two_above(uow, 10_349)
        payout_id = propose(market)
        settlement.confirm_payout(finance, uow, payout_id=payout_id, reference="1")

        with pytest.raises(FourEyes):
            settlement.confirm_payout(finance, uow, payout_id=payout_id, reference="1")

        assert balance(uow, ledger.BANK) == 0

    def test_is_sent_when_the_second_says_so(self, uow: UnitOfWork, market: Market, finance: Actor) -> None:
        ask_two_above(uow, 10_349)
        payout_id = propose(market)
        second = accountant(uow)
        settlement.confirm_payout(finance, uow, payout_id=payout_id, reference="1")
        (waiting,) = settlement.payouts(second, uow.session).items
        assert waiting.can_confirm

        seen = settlement.confirm_payout(second, uow, payout_id=payout_id, reference="2")

        assert (seen.state, seen.confirmed_by, seen.paid_by) == (PayoutState.PAID, finance.user_id, second.user_id)
        assert seen.reference == "2"
        assert balance(uow, ledger.BANK) == -10_350

    @pytest.mark.parametrize(("limit", "answer"), [(10_349, True), (10_350, False)])
    def test_can_be_foretold(
        self, uow: UnitOfWork, market: Market, finance: Actor, limit: int, *, answer: bool
    ) -> None:
        ask_two_above(uow, limit)
        payout_id = propose(market)

        assert settlement.takes_two(finance, uow.session, payout_id=payout_id, at=uow.now) is answer

    def test_needs_one_up_to_the_limit(self, uow: UnitOfWork, market: Market, finance: Actor) -> None:
        ask_two_above(uow, 10_350)

        seen = settlement.confirm_payout(finance, uow, payout_id=propose(market), reference="1")

        assert seen.state is PayoutState.PAID


class TestPayoutOrder:
    def test_is_paid_by_one_payout(self, uow: UnitOfWork, market: Market, finance: Actor) -> None:
        payout_id = propose(market)
        settlement.confirm_payout(finance, uow, payout_id=payout_id, reference="1")

        assert settlement.mature(uow) == 0
        assert uow.session.exec(select(PayoutOrder.payout_id)).all() == [payout_id]
