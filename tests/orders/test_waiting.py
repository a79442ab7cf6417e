"""Orders that wait for an answer, are held, and lapse."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from marketplace import checkout, inventory, orders
from marketplace.events.models import OutboxMessage
from marketplace.kernel import profile
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import CancelReason, HoldReason, OnHold, OrderState, PaidState, Side
from marketplace.orders.errors import (
    CannotHold,
    CannotRetry,
    HeldAlready,
    NotHeld,
    NothingLeft,
    NotWaiting,
    NudgedLately,
)
from marketplace.orders.models import Order, OrderHold
from tests.factories.actors import officer
from tests.factories.orders import Buyer, accept_all, make_order, reject_all, seller
from tests.factories.shelves import OnSale

SUPPORT = officer(Permission.ORDERS_READ, Permission.ORDERS_HOLD)


def later(uow: UnitOfWork, **span: float) -> UnitOfWork:
    return replace(uow, now=uow.now + timedelta(**span))


def told(uow: UnitOfWork, topic: str) -> list[str]:
    found = select(OutboxMessage).where(col(OutboxMessage.topic) == f"orders.order_{topic}.v1")
    return [message.envelope["body"]["number"] for message in uow.session.execute(found).scalars()]


class TestNudge:
    def test_reminds_the_vendor_once_a_day(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 1))
        orders.nudge(buyer.actor, uow, number=order.number)

        with pytest.raises(NudgedLately) as refusal:
            orders.nudge(buyer.actor, later(uow, hours=23), number=order.number)
        orders.nudge(buyer.actor, later(uow, hours=24), number=order.number)

        assert refusal.value.retry_after_seconds == 3600
        assert told(uow, "nudged") == [order.number, order.number]

    def test_reminds_nobody_of_what_is_over(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 1))
        orders.cancel(buyer.actor, uow, number=order.number, reason=CancelReason.OTHER)

        with pytest.raises(NotWaiting):
            orders.nudge(buyer.actor, uow, number=order.number)

    def test_is_the_buyers_to_send(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 1))

        with pytest.raises(Forbidden):
            orders.nudge(seller(order.store.id), uow, number=order.number)

    def test_comes_by_itself_once_after_five_days(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 1))

        assert orders.nudge_due(later(uow, days=4, hours=23)) == 0
        assert orders.nudge_due(later(uow, days=5)) == 1
        assert orders.nudge_due(later(uow, days=6)) == 0
        assert told(uow, "nudged") == [order.number]

    def test_does_not_come_while_the_vendor_may_not_decide(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 1))
        orders.hold(SUPPORT, later(uow, days=4), number=order.number, reason=HoldReason.FRAUD)

        assert orders.nudge_due(later(uow, days=6)) == 0
        orders.resume(SUPPORT, later(uow, days=6), number=order.number)

        assert orders.nudge_due(later(uow, days=6)) == 0
        assert orders.nudge_due(later(uow, days=7)) == 1


class TestExpire:
    def test_ends_after_ten_days_and_frees_the_stock(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 4))
        decided = make_order(uow, buyer, (kettle, 1), state=OrderState.ACCEPTED)

        assert orders.expire(later(uow, days=9)) == 0
        assert orders.expire(later(uow, days=10)) == 1

        seen = orders.by_number(buyer.actor, uow.session, number=order.number)
        assert (seen.state, seen.paid_state, seen.due.minor) == (OrderState.EXPIRED, PaidState.CANCELED, 0)
        assert seen.can == {"retry"}
        assert seen.moves[-1].by == "system:expiry"
        assert inventory.available(uow.session, listing_ids=[kettle.listing.id]) == {kettle.listing.id: 9}
        assert orders.by_number(buyer.actor, uow.session, number=decided.number).state is OrderState.ACCEPTED
        assert told(uow, "expired") == [order.number]

    def test_lets_time_stand_still_for_what_is_held(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 4))
        orders.hold(SUPPORT, later(uow, days=9), number=order.number, reason=HoldReason.FRAUD)

        assert orders.expire(later(uow, days=12)) == 0
        orders.resume(SUPPORT, later(uow, days=12), number=order.number)

        assert orders.expire(later(uow, days=12)) == 0
        assert orders.expire(later(uow, days=13)) == 1

    def test_counts_the_time_of_overlapping_holds_once_and_all_of_it(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale
    ) -> None:
        order = make_order(uow, buyer, (kettle, 4))
        orders.hold(SUPPORT, later(uow, days=1), number=order.number, reason=HoldReason.FRAUD)
        orders.hold(SUPPORT, later(uow, days=3), number=order.number, reason=HoldReason.STOCK)
        orders.resume(SUPPORT, later(uow, days=4), number=order.number, reason=HoldReason.STOCK)
        orders.hold(SUPPORT, later(uow, days=8), number=order.number, reason=HoldReason.ADDRESS)
        orders.resume(SUPPORT, later(uow, days=9), number=order.number, reason=HoldReason.FRAUD)
        orders.resume(SUPPORT, later(uow, days=9), number=order.number, reason=HoldReason.ADDRESS)

        assert orders.expire(later(uow, days=17, hours=23)) == 0
        assert orders.expire(later(uow, days=18)) == 1

    def test_counts_each_of_two_pauses(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 4))
        for since, until in ((1, 3), (5, 9)):
            orders.hold(SUPPORT, later(uow, days=since), number=order.number, reason=HoldReason.FRAUD)
            orders.resume(SUPPORT, later(uow, days=until), number=order.number)

        assert orders.expire(later(uow, days=15, hours=23)) == 0
        assert orders.expire(later(uow, days=16)) == 1


class TestCancelUnshipped:
    @pytest.mark.parametrize("state", [OrderState.ACCEPTED, OrderState.READY])
    def test_calls_off_what_is_not_on_its_way_a_week_late_and_frees_the_stock(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, state: OrderState
    ) -> None:
        order = make_order(uow, buyer, (kettle, 4), state=state)
        on_the_road = make_order(uow, buyer, (kettle, 1), state=OrderState.IN_TRANSIT)
        late = uow.session.get_one(Order, order.id).ship_by
        assert late is not None

        assert orders.cancel_unshipped(replace(uow, now=late + timedelta(days=6, hours=23))) == 0
        assert orders.cancel_unshipped(replace(uow, now=late + timedelta(days=7))) == 1

        seen = orders.by_number(buyer.actor, uow.session, number=order.number)
        assert (seen.state, seen.paid_state, seen.due.minor) == (OrderState.CANCELED, PaidState.CANCELED, 0)
        assert (seen.cancel_reason, seen.canceled_by) == (CancelReason.TOO_SLOW, Side.HOUSE)
        assert seen.moves[-1].by == "system:patience"
        assert inventory.available(uow.session, listing_ids=[kettle.listing.id]) == {kettle.listing.id: 9}
        assert orders.by_number(buyer.actor, uow.session, number=on_the_road.number).state is OrderState.IN_TRANSIT
        assert told(uow, "canceled") == [order.number]

    def test_gives_back_the_time_of_a_hold(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 4), state=OrderState.ACCEPTED)
        late = uow.session.get_one(Order, order.id).ship_by
        assert late is not None
        orders.hold(SUPPORT, replace(uow, now=late), number=order.number, reason=HoldReason.ADDRESS)
        weeks_later = replace(uow, now=late + timedelta(days=20))

        assert orders.cancel_unshipped(weeks_later) == 0
        orders.resume(SUPPORT, weeks_later, number=order.number)

        assert orders.cancel_unshipped(replace(uow, now=late + timedelta(days=26))) == 0
        assert orders.cancel_unshipped(replace(uow, now=late + timedelta(days=27))) == 1

    def test_leaves_it_to_both_stores_where_businesses_trade(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_order(uow, buyer, (kettle, 4), state=OrderState.ACCEPTED)
        monkeypatch.setattr(profile, "_chosen", [profile.OKLAHOMA])

        assert orders.cancel_unshipped(later(uow, days=365)) == 0


class TestRetry:
    def test_orders_again_at_todays_price_and_links_both(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 1))
        orders.expire(later(uow, days=10))
        kettle.price.price_minor = 200_00
        uow.session.flush()

        group = checkout.retry(buyer.actor, later(uow, days=10), number=order.number)

        old = orders.by_number(buyer.actor, uow.session, number=order.number)
        new = orders.by_number(buyer.actor, uow.session, number=group.orders[0].number)
        assert new.totals.total.minor == 200_00
        assert (old.retried_as, new.retry_of) == (new.number, old.number)
        assert new.address == old.address
        assert "retry" not in old.can

    def test_leaves_out_what_is_sold_in_other_quantities_by_now(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, grinder: OnSale
    ) -> None:
        order = make_order(uow, buyer, (kettle, 2), (grinder, 1))
        orders.expire(later(uow, days=10))
        kettle.price.min_quantity = 6
        uow.session.flush()

        group = checkout.retry(buyer.actor, later(uow, days=10), number=order.number)

        (again,) = group.orders
        assert [(line.title, line.quantity) for line in again.lines] == [("Hand grinder", 1)]
        assert again.totals.total.minor == 20_00 + 15_00
        assert [(line.title, line.code) for line in group.rejected_lines] == [
            ("Gooseneck kettle", "cart.quantity_changed")
        ]

    def test_orders_nothing_where_all_of_it_is_sold_otherwise(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale
    ) -> None:
        order = make_order(uow, buyer, (kettle, 2))
        orders.expire(later(uow, days=10))
        kettle.price.min_quantity = 6
        uow.session.flush()

        with pytest.raises(NothingLeft) as refusal:
            checkout.retry(buyer.actor, later(uow, days=10), number=order.number)

        assert refusal.value.reason == "cart.quantity_changed"

    def test_happens_once_and_only_to_what_lapsed(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 1))
        with pytest.raises(CannotRetry):
            checkout.retry(buyer.actor, uow, number=order.number)
        orders.expire(later(uow, days=10))
        checkout.retry(buyer.actor, uow, number=order.number)

        with pytest.raises(CannotRetry):
            checkout.retry(buyer.actor, uow, number=order.number)


class TestHold:
    def test_refuses_every_step_forward_until_it_is_lifted(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 1))
        vendor = seller(order.store.id)

        held = orders.hold(SUPPORT, uow, number=order.number, reason=HoldReason.ADDRESS, note="no such street")
        with pytest.raises(OnHold):
            orders.decide(vendor, uow, number=order.number, decisions=accept_all(order))
        orders.resume(SUPPORT, uow, number=order.number)
        seen = orders.decide(vendor, uow, number=order.number, decisions=accept_all(order))

        assert (held.is_held, held.holds[0].note) == (True, "no such street")
        assert held.can == {"hold", "resume"}
        assert seen.state is OrderState.ACCEPTED
        assert (told(uow, "held"), told(uow, "resumed")) == ([order.number], [order.number])

    def test_stands_until_every_reason_is_lifted(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 1))
        orders.hold(SUPPORT, uow, number=order.number, reason=HoldReason.FRAUD)
        orders.hold(SUPPORT, uow, number=order.number, reason=HoldReason.STOCK)

        first = orders.resume(SUPPORT, uow, number=order.number, reason=HoldReason.FRAUD)
        last = orders.resume(SUPPORT, uow, number=order.number, reason=HoldReason.STOCK)

        assert (first.is_held, last.is_held) == (True, False)
        with pytest.raises(NotHeld):
            orders.resume(SUPPORT, uow, number=order.number)

    def test_gives_no_time_to_decide_back_to_a_vendor_who_has_decided(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale
    ) -> None:
        order = make_order(uow, buyer, (kettle, 1), state=OrderState.ACCEPTED)
        before = uow.session.get_one(Order, order.id).decide_by
        orders.hold(SUPPORT, uow, number=order.number, reason=HoldReason.FRAUD)

        seen = orders.resume(SUPPORT, later(uow, days=1), number=order.number)

        assert (seen.state, seen.is_held) == (OrderState.ACCEPTED, False)
        assert uow.session.get_one(Order, order.id).decide_by == before

    def test_goes_on_where_there_is_nothing_left_to_ship(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 1), state=OrderState.DELIVERED)
        before = uow.session.get_one(Order, order.id).ship_by
        orders.hold(SUPPORT, uow, number=order.number, reason=HoldReason.PAYMENT)

        seen = orders.resume(SUPPORT, later(uow, days=1), number=order.number)

        assert (seen.state, seen.is_held) == (OrderState.DELIVERED, False)
        assert uow.session.get_one(Order, order.id).ship_by == before

    def test_may_be_canceled_meanwhile(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 1))
        orders.hold(SUPPORT, uow, number=order.number, reason=HoldReason.FRAUD)

        seen = orders.cancel(buyer.actor, uow, number=order.number, reason=CancelReason.OTHER)

        assert seen.state is OrderState.CANCELED

    @pytest.mark.parametrize("end", [OrderState.CANCELED, OrderState.REJECTED])
    def test_is_lifted_where_the_order_ends(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, end: OrderState
    ) -> None:
        order = make_order(uow, buyer, (kettle, 1))
        tomorrow = later(uow, days=1)
        orders.hold(SUPPORT, uow, number=order.number, reason=HoldReason.FRAUD)

        if end is OrderState.CANCELED:
            orders.cancel(buyer.actor, tomorrow, number=order.number, reason=CancelReason.OTHER)
        else:
            orders.decide(seller(order.store.id), tomorrow, number=order.number, decisions=reject_all(order))

        seen = orders.by_number(SUPPORT, uow.session, number=order.number)
        assert (seen.state, seen.is_held, seen.holds) == (end, False, ())
        assert "resume" not in seen.can
        (hold,) = uow.session.execute(select(OrderHold)).scalars()
        assert hold.lifted_at == tomorrow.now
        assert told(uow, "resumed") == []

    def test_is_never_the_vendor_s_to_lift_nor_to_place(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 1))
        vendor = seller(order.store.id)
        orders.hold(SUPPORT, uow, number=order.number, reason=HoldReason.FRAUD)

        with pytest.raises(Forbidden):
            orders.resume(vendor, uow, number=order.number)
        with pytest.raises(Forbidden):
            orders.hold(vendor, uow, number=order.number, reason=HoldReason.STOCK)

        seen = orders.by_number(vendor, uow.session, number=order.number)
        assert seen.is_held
        assert seen.can.isdisjoint({"hold", "resume"})

    def test_holds_nothing_twice_nor_on_the_road(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 1))
        gone = make_order(uow, buyer, (kettle, 1), state=OrderState.IN_TRANSIT)
        orders.hold(SUPPORT, uow, number=order.number, reason=HoldReason.FRAUD)

        with pytest.raises(HeldAlready):
            orders.hold(SUPPORT, uow, number=order.number, reason=HoldReason.FRAUD)
        with pytest.raises(CannotHold):
            orders.hold(SUPPORT, uow, number=gone.number, reason=HoldReason.FRAUD)
        with pytest.raises(Forbidden):
            orders.hold(seller(order.store.id), uow, number=order.number, reason=HoldReason.STOCK)
