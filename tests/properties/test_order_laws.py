"""Laws of orders over random histories: what is stored is what lines, shelves and books add up to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar, Final

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlmodel import col

from marketplace import fees, inventory, ledger, orders, taxes
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Refusal
from marketplace.kernel.ids import UserId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import CancelReason, Decision, HoldReason, LineDecision, RejectReason, rules
from marketplace.orders.models import Order, OrderLine, OrderMove
from marketplace.orders.states import DROPPED, STOPPED, LineState, OrderState
from marketplace.payments import PaymentState
from marketplace.payments.models import PaymentIntent
from tests.factories.actors import officer
from tests.factories.orders import ROAD, buy, make_shopper, seller
from tests.factories.people import make_vendor
from tests.factories.shelves import make_product, put_on_sale

AGENT: Final = UserId(new_uuid())
SUPPORT: Final = officer(Permission.ORDERS_READ, Permission.ORDERS_HOLD, Permission.ORDERS_CANCEL)
UNITS: Final = 30
MOST_ORDERS: Final = 4
picks = st.integers(0, MOST_ORDERS - 1)


class Trade(RuleBasedStateMachine):
    """Whatever buyers, vendors, agents, support and the clock do to orders, allowed or not, in whatever order."""

    outer: ClassVar[UnitOfWork]

    def __init__(self) -> None:
        super().__init__()
        self.uow = self.outer
        self.nested = self.uow.session.begin_nested()
        self.vendor = make_vendor(self.uow).id
        self.buyer = make_shopper(self.uow)
        self.shelf = [
            put_on_sale(self.uow, make_product(self.uow, title, owner=self.vendor), store=self.vendor, stock=UNITS)
            for title in ("Kettle", "Grinder")
        ]
        self.numbers: list[str] = []

    def teardown(self) -> None:
        self.nested.rollback()
        self.uow.session.expunge_all()

    @precondition(lambda self: len(self.numbers) < MOST_ORDERS)
    @rule(first=st.integers(1, 3), second=st.integers(1, 3))
    def place(self, first: int, second: int) -> None:
        group = buy(self.uow, self.buyer, (self.shelf[0], first), (self.shelf[1], second))
        self.numbers += [order.number for order in group.orders]

    @rule(pick=picks, accepts=st.tuples(st.booleans(), st.booleans()))
    def decide(self, pick: int, accepts: tuple[bool, bool]) -> None:
        def say(number: str) -> None:
            view = orders.by_number(seller(self.vendor), self.uow.session, number=number)
            said = [
                LineDecision(line.id, Decision.ACCEPT)
                if yes
                else LineDecision(line.id, Decision.REJECT, RejectReason.OTHER)
                for line, yes in zip(view.lines, accepts, strict=False)
            ]
            orders.decide(seller(self.vendor), self.uow, number=number, decisions=said)

        self._try(pick, say)

    @rule(pick=picks)
    def pack(self, pick: int) -> None:
        self._try(pick, lambda number: orders.ready(seller(self.vendor), self.uow, number=number))

    @rule(pick=picks, by_buyer=st.booleans())
    def cancel(self, pick: int, by_buyer: bool) -> None:  # noqa: FBT001 (drawn by name)
        who = self.buyer.actor if by_buyer else seller(self.vendor)
        self._try(pick, lambda number: orders.cancel(who, self.uow, number=number, reason=CancelReason.OTHER))

    @rule(pick=picks, reason=st.sampled_from(HoldReason))
    def hold(self, pick: int, reason: HoldReason) -> None:
        self._try(pick, lambda number: orders.hold(SUPPORT, self.uow, number=number, reason=reason))

    @rule(pick=picks)
    def resume(self, pick: int) -> None:
        self._try(pick, lambda number: orders.resume(SUPPORT, self.uow, number=number))

    @rule(pick=picks)
    def pick_up(self, pick: int) -> None:
        self._on_road(pick, lambda order: orders.pick_up(self.uow, order_id=order.id, by=ROAD))

    @rule(pick=picks)
    def fail(self, pick: int) -> None:
        self._on_road(pick, lambda order: orders.fail_delivery(self.uow, order_id=order.id, by=ROAD, reason="no"))

    @rule(pick=picks)
    def bring_back(self, pick: int) -> None:
        self._on_road(pick, lambda order: orders.returned(self.uow, order_id=order.id, by=ROAD))

    @rule(pick=picks)
    def deliver(self, pick: int) -> None:
        self._on_road(pick, lambda order: orders.deliver(self.uow, order_id=order.id, by=ROAD))

    @rule(pick=picks, short=st.sampled_from([0, 0, 0, 1]))
    def collect(self, pick: int, short: int) -> None:
        self._on_road(
            pick,
            lambda order: orders.settle(
                self.uow, order_id=order.id, amount=order.total - Money(short, "SAR"), agent_id=AGENT
            ),
        )

    @rule(pick=picks)
    def pay_out(self, pick: int) -> None:
        self._on_road(pick, lambda order: orders.close(self.uow, order_ids=[order.id], at=self.uow.now))

    @rule(pick=picks)
    def go_on(self, pick: int) -> None:
        """Do what comes next to an order, so that histories are long as well as odd."""
        state = None
        if self.numbers:
            number = col(Order.number) == self.numbers[pick % len(self.numbers)]
            state = self.uow.session.execute(select(col(Order.state)).where(number)).scalar_one()
        following: dict[OrderState | None, Callable[[int], None]] = {
            OrderState.PLACED: lambda pick: self.decide(pick, (True, True)),
            OrderState.ACCEPTED: self.pack,
            OrderState.PARTIALLY_ACCEPTED: self.pack,
            OrderState.READY: self.pick_up,
            OrderState.IN_TRANSIT: self.deliver,
            OrderState.DELIVERY_FAILED: self.pick_up,
            OrderState.RETURNING: self.bring_back,
            OrderState.DELIVERED: self.pay_out,
        }
        if state in following:
            following[state](pick)

    @rule(days=st.integers(1, 6))
    def let_time_pass(self, days: int) -> None:
        self.uow = replace(self.uow, now=self.uow.now + timedelta(days=days))
        for sweep in (orders.nudge_due, orders.expire, orders.close_due):
            sweep(self.uow)

    @invariant()
    def stores_what_its_lines_derive(self) -> None:
        for order, lines in self._all():
            assert order.state is rules.standing([line.state for line in lines], order.milestones)
            live = [line.sums for line in lines if line.state not in DROPPED]
            sums = rules.sums(live, order.shipping, tax_is_inside=True)
            assert (order.total, order.fee, order.fee_vat) == (sums.total, sums.fee, sums.fee_vat)

    @invariant()
    def tells_its_journey_without_a_gap(self) -> None:
        for order, _ in self._all():
            found = select(OrderMove).where(col(OrderMove.order_id) == order.id).order_by(col(OrderMove.position))
            moves = self.uow.session.execute(found).scalars().all()
            assert [move.came_from for move in moves] == [None, *(move.went_to for move in moves[:-1])]
            assert moves[-1].went_to is order.state

    @invariant()
    def promises_the_units_of_its_lines(self) -> None:
        lines = [line for _, of_one in self._all() for line in of_one]
        for sold in self.shelf:
            kept = inventory.stock_of(self.uow.session, listing_ids=[sold.listing.id])[sold.listing.id]
            mine = [line for line in lines if line.listing_id == sold.listing.id]
            assert kept.reserved == _units(mine, LineState.PENDING)
            assert kept.allocated == _units(mine, LineState.ACCEPTED, LineState.READY)
            assert kept.on_hand == UNITS - _units(mine, LineState.IN_TRANSIT, LineState.DELIVERED)

    @invariant()
    def books_what_was_delivered_and_collected(self) -> None:
        all_orders = [order for order, _ in self._all()]
        delivered = [order for order in all_orders if order.delivered_at is not None]
        earned = sum(order.total_minor - order.fee_minor - order.fee_vat_minor for order in delivered)
        collected = [order for order in all_orders if order.settled_at is not None]
        assert self._pot(ledger.vendor_pending(self.vendor)) == earned
        assert self._pot(ledger.agent_cash(AGENT)) == sum(order.total_minor for order in collected)
        owed = sum(order.total_minor for order in delivered if order.settled_at is None)
        assert self._pot(ledger.buyer_receivable(self.buyer.store_id)) == owed

    @invariant()
    def asks_for_what_is_due(self) -> None:
        for order, _ in self._all():
            intent = self.uow.session.execute(
                select(PaymentIntent).where(col(PaymentIntent.order_id) == order.id)
            ).scalar_one()
            if order.state in STOPPED:
                assert intent.state is PaymentState.CANCELED
            else:
                assert intent.amount_minor == order.total_minor
                assert (intent.state is PaymentState.CAPTURED) is (order.settled_at is not None)

    def _try(self, pick: int, deed: Callable[[str], object]) -> None:
        if not self.numbers:
            return
        try:
            with self.uow.session.begin_nested():
                deed(self.numbers[pick % len(self.numbers)])
        except Refusal:
            self.uow.session.expire_all()

    def _on_road(self, pick: int, deed: Callable[[Order], object]) -> None:
        def with_row(number: str) -> None:
            row = self.uow.session.execute(select(Order).where(col(Order.number) == number)).scalar_one()
            deed(row)

        self._try(pick, with_row)

    def _all(self) -> list[tuple[Order, list[OrderLine]]]:
        found = select(Order).where(col(Order.buyer_store_id) == self.buyer.store_id).order_by(col(Order.id))
        rows = self.uow.session.execute(found).scalars().all()
        lines = self.uow.session.execute(select(OrderLine).order_by(col(OrderLine.position))).scalars().all()
        return [(order, [line for line in lines if line.order_id == order.id]) for order in rows]

    def _pot(self, account: ledger.Account) -> int:
        return ledger.balance(self.uow.session, account=account, currency="SAR").minor


def _units(lines: list[OrderLine], *states: LineState) -> int:
    return sum(line.quantity for line in lines if line.state in states)


class TestLaws:
    def test_hold_over_random_histories(self, uow: UnitOfWork) -> None:
        taxes.install_default(uow)
        fees.install_default(uow)
        machine: Any = type("TradeOfThisTest", (Trade,), {"outer": uow})

        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=12,
                stateful_step_count=30,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            ),
        )
