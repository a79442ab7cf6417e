"""Giving parcels to agents."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from marketplace import delivery, flags, identity, orders
from marketplace.delivery import AssignmentState, FailureReason, StopKind, StopState
from marketplace.delivery.errors import (
    AgentFull,
    AgentNotFound,
    AlreadyAssigned,
    FloatExceeded,
    NotReady,
    OnTheWay,
    OrderNotFound,
    StopNotFound,
)
from marketplace.delivery.models import Assignment
from marketplace.flags import Limit
from marketplace.identity import SystemRole, roles
from marketplace.kernel.actor import Permission, visitor
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.ids import UserId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import CancelReason, HoldReason, OnHold, OrderState
from marketplace.orders.models import Order
from tests.factories.actors import officer
from tests.factories.orders import Buyer, make_order, seller
from tests.factories.road import DISPATCHER, Rider, code_of, give, make_agent, sar, send, stop_of, topics
from tests.factories.shelves import OnSale

HEAD = officer(Permission.FLAGS_EDIT)


def set_limit(uow: UnitOfWork, name: Limit, value: int) -> None:
    flags.set_limit(HEAD, uow, limit=name, value=value)


class TestQueue:
    def test_shows_what_is_packed_until_it_is_picked_up(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        make_order(uow, buyer, (kettle, 1), state=OrderState.ACCEPTED)
        packed = make_order(uow, buyer, (kettle, 2), state=OrderState.READY)
        (waiting,) = delivery.queue(DISPATCHER, uow.session)

        delivery.assign(DISPATCHER, uow, order_number=packed.number, agent_id=rider.user_id)
        (offered,) = delivery.queue(DISPATCHER, uow.session)
        delivery.pick_up(rider.actor, uow, stop_id=stop_of(uow, rider, packed, StopKind.PICKUP).id)

        assert (waiting.number, waiting.pieces, waiting.cash_due, waiting.offered_to) == (
            packed.number,
            2,
            sar(298_00),
            None,
        )
        assert offered.offered_to == rider.user_id
        assert delivery.queue(DISPATCHER, uow.session) == ()

    def test_goes_on_behind_its_page_with_the_most_urgent_first(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale
    ) -> None:
        packed = [make_order(uow, buyer, (kettle, 1), state=OrderState.READY) for _ in range(5)]
        rows = {row.number: row for row in uow.session.execute(select(Order)).scalars()}
        for days, order in zip((3, None, 1, 3, None), packed, strict=True):
            row = rows[order.number]
            row.latest_on = None if days is None else (uow.now + timedelta(days=days)).date()
        rows[packed[3].number].ready_at = uow.now - timedelta(hours=1)
        uow.session.flush()

        seen, cursor = [], None
        for _ in range(3):
            page = delivery.paged_queue(DISPATCHER, uow.session, limit=2, cursor=cursor)
            seen += [item.number for item in page.items]
            cursor = page.next_cursor

        by_hand = [packed[place].number for place in (2, 3, 0, 1, 4)]
        assert (seen, cursor) == (by_hand, None)
        assert [item.number for item in delivery.queue(DISPATCHER, uow.session)] == by_hand

    def test_is_nothing_for_agents(self, uow: UnitOfWork, rider: Rider) -> None:
        with pytest.raises(Forbidden):
            delivery.queue(rider.actor, uow.session)


class TestAgents:
    def test_have_room_for_parcels_up_to_their_limit(self, uow: UnitOfWork, rider: Rider) -> None:
        (agent,) = delivery.agents(DISPATCHER, uow.session, at=uow.now)
        nearly, full = (replace(agent, parcels=agent.parcel_limit - left) for left in (1, 0))

        assert agent.user_id == rider.user_id
        assert (nearly.is_full, full.is_full) == (False, True)
        assert (nearly.has_room_for(sar(0)), full.has_room_for(sar(0))) == (True, False)

    def test_have_room_for_cash_up_to_their_limit_with_what_they_will_yet_take(
        self, uow: UnitOfWork, rider: Rider
    ) -> None:
        (agent,) = delivery.agents(DISPATCHER, uow.session, at=uow.now)
        laden = replace(agent, cash_in_hand=sar(3_000_00), cash_expected=sar(1_500_00), cash_limit=sar(5_000_00))

        assert laden.cash_with(sar(500_00)) == sar(5_000_00)
        assert laden.has_room_for(sar(500_00))
        assert not laden.has_room_for(sar(500_01))
        assert replace(laden, cash_limit=sar(1)).has_room_for(sar(0))

    def test_have_room_for_an_order_above_the_limit_while_they_have_no_cash(
        self, uow: UnitOfWork, rider: Rider
    ) -> None:
        (agent,) = delivery.agents(DISPATCHER, uow.session, at=uow.now)

        assert agent.has_room_for(sar(9_000_00))
        assert not replace(agent, cash_expected=sar(1)).has_room_for(sar(9_000_00))

    def test_have_room_for_no_cash_while_theirs_is_looked_into(self, uow: UnitOfWork, rider: Rider) -> None:
        (agent,) = delivery.agents(DISPATCHER, uow.session, at=uow.now)
        blocked = replace(agent, is_blocked=True)

        assert blocked.has_room_for(sar(0))
        assert not blocked.has_room_for(sar(1))


class TestAssign:
    def test_puts_two_stops_on_the_round_and_gives_the_buyer_a_code(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order = make_order(uow, buyer, (kettle, 2), state=OrderState.READY)

        seen = delivery.assign(DISPATCHER, uow, order_number=order.number, agent_id=rider.user_id)

        assert (seen.state, seen.cash_due) == (AssignmentState.OFFERED, sar(298_00))
        pickup, drop = delivery.stops(rider.actor, uow.session, since=uow.now)
        assert (pickup.kind, pickup.state, pickup.can) == (StopKind.PICKUP, StopState.OPEN, frozenset({"pick_up"}))
        assert (drop.kind, drop.state, drop.can) == (StopKind.DROP, StopState.PLANNED, frozenset())
        assert (drop.contact_name, drop.address["city"], drop.cash_due) == ("Noura Alharbi", "Riyadh", sar(298_00))
        code = delivery.code_for_buyer(buyer.actor, uow.session, number=order.number)
        assert code is not None
        assert (len(code.code), code.code.isdigit(), code.tries_left) == (6, True, 5)
        assert topics(uow, f"order:{order.id}")[-1] == "delivery.assigned.v1"

    def test_names_shop_and_city_where_the_shop_keeps_no_address(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        shop = kettle.listing.store_id
        keeper = seller(shop)
        identity.edit_store(keeper, uow, change=identity.StoreChange(phone="+966501110001", city="Riyadh"))
        where = identity.default_addresses(uow.session, [shop])[shop]
        identity.archive_address(keeper, uow, address_id=where.id)

        order = give(uow, buyer, rider, (kettle, 1))

        pickup = stop_of(uow, rider, order, StopKind.PICKUP)
        assert (pickup.contact_name, pickup.contact_phone) == ("Qahwa & Co.", "+966501110001")
        assert pickup.address == {
            "recipient": "Qahwa & Co.",
            "phone": "+966501110001",
            "line1": "Riyadh",
            "city": "Riyadh",
        }

    def test_hides_the_code_from_everybody_else(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order = give(uow, buyer, rider, (kettle, 1))

        assert delivery.code_for_buyer(seller(order.store.id), uow.session, number=order.number) is None
        assert delivery.code_for_buyer(rider.actor, uow.session, number=order.number) is None

    @pytest.mark.parametrize("role", SystemRole)
    def test_hides_the_code_from_the_whole_house(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider, role: SystemRole
    ) -> None:
        order = give(uow, buyer, rider, (kettle, 1))

        helper = officer(*roles.OF_THE_HOUSE[role])

        assert delivery.code_for_buyer(helper, uow.session, number=order.number) is None

    def test_refuses_what_is_not_packed(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider) -> None:
        accepted = make_order(uow, buyer, (kettle, 1), state=OrderState.ACCEPTED)

        with pytest.raises(NotReady):
            delivery.assign(DISPATCHER, uow, order_number=accepted.number, agent_id=rider.user_id)
        with pytest.raises(OrderNotFound):
            delivery.assign(DISPATCHER, uow, order_number="26-0101-AAAA-1", agent_id=rider.user_id)

        assert delivery.stops(rider.actor, uow.session, since=uow.now) == ()

    def test_refuses_what_is_on_hold(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider) -> None:
        order = make_order(uow, buyer, (kettle, 1), state=OrderState.READY)
        support = officer(Permission.ORDERS_READ, Permission.ORDERS_HOLD)
        orders.hold(support, uow, number=order.number, reason=HoldReason.FRAUD)

        with pytest.raises(OnHold):
            delivery.assign(DISPATCHER, uow, order_number=order.number, agent_id=rider.user_id)

        assert delivery.stops(rider.actor, uow.session, since=uow.now) == ()

    def test_knows_who_works_the_road(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider) -> None:
        order = make_order(uow, buyer, (kettle, 1), state=OrderState.READY)

        with pytest.raises(AgentNotFound):
            delivery.assign(DISPATCHER, uow, order_number=order.number, agent_id=UserId(new_uuid()))
        with pytest.raises(Forbidden):
            delivery.assign(rider.actor, uow, order_number=order.number, agent_id=rider.user_id)

    def test_gives_an_order_to_one_agent_alone(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order = give(uow, buyer, rider, (kettle, 1))
        other = make_agent(uow)

        with pytest.raises(AlreadyAssigned):
            delivery.assign(DISPATCHER, uow, order_number=order.number, agent_id=other.user_id)

        found = uow.session.execute(select(Assignment).where(col(Assignment.order_id) == order.id)).scalars().all()
        assert [assignment.agent_id for assignment in found] == [rider.user_id]

    def test_moves_it_when_the_present_agent_is_named_and_keeps_the_code(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order = give(uow, buyer, rider, (kettle, 1))
        code, other = code_of(uow, order.id), make_agent(uow)

        delivery.assign(DISPATCHER, uow, order_number=order.number, agent_id=other.user_id, instead_of=rider.user_id)

        assert delivery.stops(rider.actor, uow.session, since=uow.now) == ()
        assert len(delivery.stops(other.actor, uow.session, since=uow.now)) == 2
        assert code_of(uow, order.id) == code

    def test_takes_no_parcel_out_of_somebody_s_hands(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, _ = send(uow, buyer, rider, (kettle, 1))
        other = make_agent(uow)

        with pytest.raises(OnTheWay):
            delivery.assign(
                DISPATCHER, uow, order_number=order.number, agent_id=other.user_id, instead_of=rider.user_id
            )

    def test_keeps_to_what_an_agent_may_carry(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        set_limit(uow, Limit.AGENT_FLOAT_MINOR, 300_00)
        give(uow, buyer, rider, (kettle, 2))
        second = make_order(uow, buyer, (kettle, 1), state=OrderState.READY)

        with pytest.raises(FloatExceeded):
            delivery.assign(DISPATCHER, uow, order_number=second.number, agent_id=rider.user_id)
        set_limit(uow, Limit.AGENT_OPEN_ORDERS, 1)
        with pytest.raises(AgentFull):
            delivery.assign(DISPATCHER, uow, order_number=second.number, agent_id=rider.user_id)

        (agent,) = delivery.agents(DISPATCHER, uow.session, at=uow.now)
        assert (agent.parcels, agent.parcel_limit) == (1, 1)
        assert (agent.cash_in_hand, agent.cash_expected, agent.cash_limit) == (sar(0), sar(298_00), sar(300_00))

    def test_expects_no_cash_for_a_parcel_that_goes_back(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        set_limit(uow, Limit.AGENT_FLOAT_MINOR, 300_00)
        set_limit(uow, Limit.DELIVERY_ATTEMPTS, 1)
        _, drop = send(uow, buyer, rider, (kettle, 2))
        second = make_order(uow, buyer, (kettle, 1), state=OrderState.READY)
        delivery.fail(rider.actor, uow, stop_id=drop.id, reason=FailureReason.REFUSED)

        delivery.assign(DISPATCHER, uow, order_number=second.number, agent_id=rider.user_id)

        (agent,) = delivery.agents(DISPATCHER, uow.session, at=uow.now)
        assert (agent.parcels, agent.cash_expected) == (2, second.due)


class TestWithdraw:
    def test_takes_a_canceled_order_off_the_round(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order = give(uow, buyer, rider, (kettle, 1))
        orders.cancel(seller(order.store.id), uow, number=order.number, reason=CancelReason.CANNOT_SHIP)

        delivery.withdraw(uow, order_id=order.id)
        delivery.withdraw(uow, order_id=order.id)

        assert delivery.stops(rider.actor, uow.session, since=uow.now) == ()
        assert topics(uow, f"order:{order.id}").count("delivery.withdrawn.v1") == 1


class TestStop:
    def test_is_hidden_from_other_agents(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider) -> None:
        order = give(uow, buyer, rider, (kettle, 1))
        pickup = stop_of(uow, rider, order, StopKind.PICKUP)
        other = make_agent(uow)

        with pytest.raises(StopNotFound):
            delivery.stop(other.actor, uow.session, stop_id=pickup.id)
        with pytest.raises(StopNotFound):
            delivery.pick_up(other.actor, uow, stop_id=pickup.id)
        with pytest.raises(Forbidden):
            delivery.pick_up(DISPATCHER, uow, stop_id=pickup.id)

    def test_is_told_to_the_desk_once_an_agent_has_the_order(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        packed = make_order(uow, buyer, (kettle, 1), state=OrderState.READY)
        before = delivery.of_order(DISPATCHER, uow.session, number=packed.number)

        delivery.assign(DISPATCHER, uow, order_number=packed.number, agent_id=rider.user_id)
        after = delivery.of_order(DISPATCHER, uow.session, number=packed.number)

        assert before is None
        assert after == stop_of(uow, rider, packed, StopKind.DROP)
        with pytest.raises(Forbidden):
            delivery.of_order(rider.actor, uow.session, number=packed.number)

    def test_is_of_no_interest_to_who_does_not_work_the_road(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order = give(uow, buyer, rider, (kettle, 1))
        pickup = stop_of(uow, rider, order, StopKind.PICKUP)

        for stranger in (buyer.actor, visitor()):
            with pytest.raises(StopNotFound):
                delivery.stop(stranger, uow.session, stop_id=pickup.id)


class TestPages:
    def test_go_through_the_round_in_its_turn(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        for _ in range(2):
            give(uow, buyer, rider, (kettle, 1))
        whole = delivery.stops(rider.actor, uow.session, since=uow.now)

        first = delivery.paged_stops(rider.actor, uow.session, since=uow.now, limit=3)
        rest = delivery.paged_stops(rider.actor, uow.session, since=uow.now, limit=3, cursor=first.next_cursor)

        assert (*first.items, *rest.items) == whole
        assert (len(first.items), len(rest.items), rest.next_cursor) == (3, 1, None)

    def test_go_through_the_agents_by_name(self, uow: UnitOfWork) -> None:
        for _ in range(3):
            make_agent(uow)
        everybody = delivery.agents(DISPATCHER, uow.session, at=uow.now)

        first = delivery.paged_agents(DISPATCHER, uow.session, at=uow.now, limit=2)
        rest = delivery.paged_agents(DISPATCHER, uow.session, at=uow.now, limit=2, cursor=first.next_cursor)

        assert (*first.items, *rest.items) == everybody
        assert (len(first.items), len(rest.items), rest.next_cursor) == (2, 1, None)

    def test_go_through_questions_about_cash_from_the_oldest(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        asked = []
        for minutes in range(3):
            _, drop = send(uow, buyer, rider, (kettle, 1))
            later = replace(uow, now=uow.now + timedelta(minutes=minutes))
            asked.append(delivery.collect_cash(rider.actor, later, stop_id=drop.id, amount=sar(1_00)).exception_id)

        first = delivery.paged_exceptions(DISPATCHER, uow.session, limit=2)
        rest = delivery.paged_exceptions(DISPATCHER, uow.session, limit=2, cursor=first.next_cursor)

        assert [one.id for one in (*first.items, *rest.items)] == asked
        assert rest.next_cursor is None
