"""Calling an order off."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from marketplace import inventory, orders
from marketplace.events.models import OutboxMessage
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Conflict, Forbidden
from marketplace.kernel.ids import StoreId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import CancelReason, LineState, OrderNotFound, OrderState, Side
from marketplace.orders.errors import AcceptedAlready
from tests.factories.actors import clerk, officer
from tests.factories.orders import Buyer, make_order, seller
from tests.factories.shelves import OnSale


def available(uow: UnitOfWork, sold: OnSale) -> int:
    return inventory.available(uow.session, listing_ids=[sold.listing.id])[sold.listing.id]


class TestCancel:
    def test_frees_the_stock_and_says_who_and_why(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 4))

        seen = orders.cancel(buyer.actor, uow, number=order.number, reason=CancelReason.BUYER_CHANGED_MIND)

        assert (seen.state, seen.canceled_by) == (OrderState.CANCELED, Side.BUYER)
        assert [line.state for line in seen.lines] == [LineState.CANCELED]
        assert seen.moves[-1].reason == "buyer_changed_mind"
        assert available(uow, kettle) == 10
        topic = col(OutboxMessage.topic) == "orders.order_canceled.v1"
        (message,) = uow.session.execute(select(OutboxMessage).where(topic)).scalars()
        assert message.envelope["body"]["reason"] == "buyer_changed_mind"

    @pytest.mark.parametrize("state", [OrderState.ACCEPTED, OrderState.READY])
    def test_is_the_vendors_alone_after_he_has_accepted(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, state: OrderState
    ) -> None:
        order = make_order(uow, buyer, (kettle, 4), state=state)

        with pytest.raises(AcceptedAlready):
            orders.cancel(buyer.actor, uow, number=order.number, reason=CancelReason.TOO_SLOW)
        seen = orders.cancel(seller(order.store.id), uow, number=order.number, reason=CancelReason.OUT_OF_STOCK)

        assert (seen.state, seen.canceled_by) == (OrderState.CANCELED, Side.VENDOR)
        assert available(uow, kettle) == 10

    @pytest.mark.parametrize("state", [OrderState.IN_TRANSIT, OrderState.DELIVERY_FAILED, OrderState.DELIVERED])
    def test_is_too_late_once_the_parcel_has_left(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, state: OrderState
    ) -> None:
        order = make_order(uow, buyer, (kettle, 4), state=state)

        with pytest.raises(Conflict) as refusal:
            orders.cancel(seller(order.store.id), uow, number=order.number, reason=CancelReason.OUT_OF_STOCK)

        assert refusal.value.reason == "order.cannot_cancel"

    def test_is_open_to_support(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 4), state=OrderState.ACCEPTED)
        support = officer(Permission.ORDERS_READ, Permission.ORDERS_CANCEL)

        seen = orders.cancel(support, uow, number=order.number, reason=CancelReason.SUPPORT_DECISION)

        assert seen.canceled_by is Side.HOUSE

    def test_hides_the_orders_of_other_stores(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 4))
        stranger = seller(StoreId(new_uuid()))

        with pytest.raises(OrderNotFound):
            orders.cancel(stranger, uow, number=order.number, reason=CancelReason.OTHER)

    def test_forbids_a_clerk_who_may_only_look(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 4))
        onlooker = clerk(order.store.id, Permission.ORDERS_READ)

        with pytest.raises(Forbidden):
            orders.cancel(onlooker, uow, number=order.number, reason=CancelReason.OTHER)

        assert available(uow, kettle) == 6
