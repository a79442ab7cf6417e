"""The whole demo world."""

from collections import Counter
from datetime import datetime

import pytest
from sqlalchemy import func, select, text
from sqlmodel import Session, col

from marketplace import audit, cart, delivery, ops, orders
from marketplace.demo import world
from marketplace.demo.plan import RECENT_DAYS
from marketplace.demo.stage import Stage
from marketplace.inventory.models import Movement, Stock
from marketplace.kernel.actor import Actor, system
from marketplace.orders import OrderState
from marketplace.orders.models import Order
from marketplace.ports import House
from tests.demo.conftest import MakeHouse

AUDITOR = system("test")

NEVER_SEEN = {OrderState.PLACING, OrderState.PAYMENT_FAILED}
"""States of payments by card."""


OVER = {
    OrderState.CLOSED,
    OrderState.RETURNED,
    OrderState.REJECTED,
    OrderState.CANCELED,
    OrderState.EXPIRED,
    OrderState.DELIVERED,
}
"""Where the orders of older weeks end; some payouts of the last of them wait for today's word of finance."""


@pytest.mark.slow
@pytest.mark.timeout(3_000)
class TestWorld:
    @pytest.mark.parametrize("profile", ["saudi", "oklahoma"])
    def test_is_whole_agrees_with_its_books_and_is_made_once(self, house_of: MakeHouse, profile: str) -> None:
        house = house_of(profile)

        world.first(house)
        newest = house.db.read(_states, AUDITOR)
        in_hand = self._gathered(house)
        world.rest(house)
        whole = house.db.read(_states, AUDITOR)
        assert house.db.read(cart.count, self._visitor(house)) == in_hand == 1
        world.first(house)
        world.rest(house)

        assert house.db.read(_states, AUDITOR) == whole
        assert set(newest) == set(OrderState) - NEVER_SEEN
        assert 250 <= sum(whole.values()) <= 350
        assert set(whole - newest) <= OVER
        assert (whole - newest)[OrderState.DELIVERED] < 5
        assert house.db.read_together(ops.agreement, AUDITOR).agrees
        assert house.db.read_together(_trail, AUDITOR, now=house.db.now()) == ()
        assert house.db.read(_lost_units, AUDITOR) == []
        self._has_something_on_every_page(house)

    def _visitor(self, house: House) -> Actor:
        """Somebody who signs in as the demo's buyer while its older weeks are being lived."""
        stage = Stage.of(house)
        stage.people = stage.play("people", lambda _uow: {}, at=house.db.now())
        return stage.actor("buyer")

    def _gathered(self, house: House) -> int:
        """Put one thing into his cart, in which nothing was left."""
        visitor = self._visitor(house)
        assert house.db.read(cart.count, visitor) == 0
        (known,) = house.db.read(orders.newest, visitor, side="buyer", limit=1).items
        house.db.transact(cart.put_lines, visitor, lines=[(known.lines[0].listing_id, 1)])
        return house.db.read(cart.count, visitor)

    def _has_something_on_every_page(self, house: House) -> None:
        stage = Stage.of(house)
        stage.people = stage.play("people", lambda _uow: {}, at=house.db.now())
        now = house.db.now()
        dispatcher, agent = stage.actor("dispatch"), stage.actor("agent")

        assert house.db.read(delivery.queue, dispatcher)
        assert house.db.read(delivery.stops, agent, since=now)
        assert house.db.read(delivery.cash_in_hand, agent, at=now).collections
        for login in ("vendor", "vendor2", "vendor3", "vendor4", "vendor5", "vendor6"):
            assert house.db.read(orders.newest, stage.actor(login), side="vendor").items
        for login in ("buyer", "buyer2"):
            seen = house.db.read(orders.newest, stage.actor(login), side="buyer", limit=100).items
            assert len(seen) > 10
            assert min(order.placed_at for order in seen) >= stage.moment(RECENT_DAYS, 0)
        bought = house.db.read(orders.newest, stage.actor("buyer"), side="buyer", limit=100).items
        sold = house.db.read(orders.newest, stage.actor("vendor"), side="vendor", limit=100).items
        assert {OrderState.PLACED, OrderState.IN_TRANSIT} <= {order.state for order in bought}
        assert {OrderState.PLACED, OrderState.READY} <= {order.state for order in sold}
        assert house.db.read(_products, AUDITOR) == 600
        assert house.db.read(_store_names, AUDITOR) == 14


def _trail(_actor: Actor, session: Session, *, now: datetime) -> tuple[audit.Breach, ...]:
    return audit.verify(session, now=now)


def _states(_actor: Actor, session: Session) -> Counter[OrderState]:
    counted = select(col(Order.state), func.count()).group_by(col(Order.state))
    return Counter(dict(session.execute(counted).all()))


def _lost_units(_actor: Actor, session: Session) -> list[object]:
    """Shelves on which the units are not those that their movements say."""
    moved = (
        select(col(Movement.listing_id), func.sum(col(Movement.on_hand)).label("on_hand"))
        .group_by(col(Movement.listing_id))
        .subquery()
    )
    lost = (
        select(col(Stock.listing_id))
        .join(moved, moved.c.listing_id == col(Stock.listing_id))
        .where(moved.c.on_hand != col(Stock.on_hand))
    )
    return list(session.execute(lost).scalars())


def _products(_actor: Actor, session: Session) -> int:
    found: int = session.execute(text("SELECT count(*) FROM search_documents")).scalar_one()
    return found


def _store_names(_actor: Actor, session: Session) -> int:
    found: int = session.execute(text("SELECT count(*) FROM stores")).scalar_one()
    return found
