"""What the road hears."""

from marketplace import delivery, flows, orders
from marketplace.events import Envelope
from marketplace.events.events import body_of
from marketplace.flows.reactions.delivery import take_off_the_round
from marketplace.kernel.ids import EventId, OrderId, StoreId, UserId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import CancelReason, OrderCanceled, Side
from tests.factories.market import buyer, kettle, rates_in_force
from tests.factories.orders import Buyer, seller
from tests.factories.road import give, make_agent
from tests.factories.shelves import OnSale

__all__ = ["buyer", "kettle", "rates_in_force"]


class TestOrderCanceled:
    def test_takes_the_parcel_off_the_round(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        rider = make_agent(uow)
        order = give(uow, buyer, rider, (kettle, 1))
        orders.cancel(seller(order.store.id), uow, number=order.number, reason=CancelReason.CANNOT_SHIP)
        fact = OrderCanceled(
            order_id=order.id,
            number=order.number,
            store_id=order.store.id,
            buyer_store_id=buyer.store_id,
            placed_by=buyer.user_id,
            reason=CancelReason.CANNOT_SHIP,
            by=Side.VENDOR,
        )

        take_off_the_round(uow, fact)

        assert delivery.stops(rider.actor, uow.session, since=uow.now) == ()

    def test_has_the_road_among_its_consumers(self) -> None:
        assert "delivery" in flows.consumers()["orders.order_canceled.v1"]


class TestPageTopics:
    def test_name_both_agents_when_a_parcel_changes_hands(self, uow: UnitOfWork) -> None:
        ids = [new_uuid() for _ in range(5)]
        fact = delivery.Assigned(
            order_id=OrderId(ids[0]),
            number="26-0302-AAAA-1",
            store_id=StoreId(ids[1]),
            buyer_store_id=StoreId(ids[2]),
            agent_id=UserId(ids[3]),
            from_agent_id=UserId(ids[4]),
        )
        envelope = Envelope(EventId(new_uuid()), fact.topic, fact.aggregate, body_of(fact), "test", "", uow.now)

        assert set(flows.page_topics(envelope)) == {
            "dispatch",
            f"agent:{ids[3]}",
            f"agent:{ids[4]}",
            f"order:{ids[0]}",
            f"orders:store:{ids[1]}",
            f"orders:store:{ids[2]}",
        }
