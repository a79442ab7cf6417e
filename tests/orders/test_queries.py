"""Reading orders."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from marketplace import orders
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Invalid
from marketplace.kernel.pages import Cursor
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import OrderNotFound, OrderState
from tests.factories.actors import clerk, officer
from tests.factories.counting import counted
from tests.factories.orders import Buyer, make_order, make_shopper, seller
from tests.factories.shelves import OnSale


def at(uow: UnitOfWork, *, minutes: int) -> UnitOfWork:
    return replace(uow, now=uow.now + timedelta(minutes=minutes))


class TestById:
    def test_shows_all_that_were_asked_for_or_none(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        own = [make_order(uow, buyer, (kettle, 1)) for _ in range(2)]
        strange = make_order(uow, make_shopper(uow), (kettle, 1))

        shown = orders.by_id(buyer.actor, uow.session, order_ids=[order.id for order in own])

        assert {order_id: view.number for order_id, view in shown.items()} == {one.id: one.number for one in own}
        with pytest.raises(OrderNotFound):
            orders.by_id(buyer.actor, uow.session, order_ids=[own[0].id, strange.id])


class TestNewest:
    def test_pages_by_key_through_one_side(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        numbers = [make_order(at(uow, minutes=place), buyer, (kettle, 1)).number for place in range(3)]
        make_order(uow, make_shopper(uow), (kettle, 1))

        first = orders.newest(buyer.actor, uow.session, side="buyer", limit=2)
        second = orders.newest(buyer.actor, uow.session, side="buyer", limit=2, cursor=first.next_cursor)

        assert [order.number for order in (*first.items, *second.items)] == numbers[::-1]
        assert second.next_cursor is None
        assert len(orders.newest(seller(kettle.listing.store_id), uow.session, side="vendor").items) == 4

    def test_tells_the_sides_apart(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        order = make_order(uow, buyer, (kettle, 1))

        assert orders.newest(buyer.actor, uow.session, side="vendor").items == ()
        with pytest.raises(OrderNotFound):
            orders.by_number(buyer.actor, uow.session, number=order.number, side="vendor")
        house = officer(Permission.ORDERS_READ)
        assert orders.by_number(house, uow.session, number=order.number).number == order.number

    def test_shows_the_house_nothing_as_its_own_and_everything_as_the_house(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale
    ) -> None:
        order = make_order(uow, buyer, (kettle, 1))
        house = officer(Permission.ORDERS_READ)

        assert orders.newest(house, uow.session, side="buyer").items == ()
        assert orders.newest(house, uow.session, side="vendor").items == ()
        for side in ("buyer", "vendor"):
            with pytest.raises(OrderNotFound):
                orders.by_number(house, uow.session, number=order.number, side=side)
        (seen,) = orders.newest(house, uow.session, side="house").items
        assert seen.number == order.number

    @pytest.mark.parametrize("side", ["buyer", "vendor"])
    def test_shows_neither_side_anything_as_the_house(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, side: str
    ) -> None:
        order = make_order(uow, buyer, (kettle, 1))
        who = buyer.actor if side == "buyer" else seller(order.store.id)

        assert orders.newest(who, uow.session, side="house").items == ()
        with pytest.raises(OrderNotFound):
            orders.by_number(who, uow.session, number=order.number, side="house")

    def test_shows_only_the_states_asked_for(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        make_order(uow, buyer, (kettle, 1))
        packed = make_order(uow, buyer, (kettle, 1), state=OrderState.READY)

        found = orders.newest(buyer.actor, uow.session, side="buyer", states=[OrderState.READY])

        assert [order.number for order in found.items] == [packed.number]

    def test_refuses_a_mark_that_is_not_ours(self, uow: UnitOfWork, buyer: Buyer) -> None:
        for key in (("yesterday", "7"), (1, 2)):
            with pytest.raises(Invalid):
                orders.newest(buyer.actor, uow.session, side="buyer", cursor=Cursor(key).encode())

    def test_shows_nothing_to_who_may_not_read(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        make_order(uow, buyer, (kettle, 1))

        assert orders.newest(clerk(buyer.store_id), uow.session, side="buyer").items == ()

    def test_asks_as_often_for_many_orders_as_for_one(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        for _ in range(3):
            make_order(uow, buyer, (kettle, 1))
        uow.session.flush()

        with counted(uow) as asked:
            orders.newest(buyer.actor, uow.session, side="buyer")

        assert len(asked) == 3, asked


class TestBoard:
    def test_lays_orders_out_by_what_they_wait_for_oldest_first(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, grinder: OnSale
    ) -> None:
        later = make_order(at(uow, minutes=5), buyer, (kettle, 1))
        first = make_order(uow, buyer, (kettle, 2), (grinder, 1))
        packed = make_order(uow, buyer, (kettle, 1), state=OrderState.READY)
        make_order(uow, buyer, (kettle, 1), state=OrderState.DELIVERED)

        board = orders.board(seller(kettle.listing.store_id), uow.session)

        assert {column.name: [card.number for card in column.cards] for column in board} == {
            "to_decide": [first.number, later.number],
            "to_pack": [],
            "ready": [packed.number],
            "on_the_way": [],
        }
        assert [column.count for column in board] == [2, 0, 1, 0]
        assert (board[0].cards[0].pieces, board[0].cards[0].buyer) == (3, "Nora's home")

    def test_is_empty_for_another_vendor(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, mugs: OnSale) -> None:
        make_order(uow, buyer, (kettle, 1))

        board = orders.board(seller(mugs.listing.store_id), uow.session)

        assert [column.count for column in board] == [0, 0, 0, 0]


class TestGroup:
    def test_shows_all_that_one_checkout_came_to(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, mugs: OnSale
    ) -> None:
        order = make_order(uow, buyer, (kettle, 1))

        group = orders.group(buyer.actor, uow.session, group_id=order.group_id)

        assert [one.number for one in group.orders] == [order.number]
        with pytest.raises(OrderNotFound):
            orders.group(make_shopper(uow).actor, uow.session, group_id=order.group_id)


class TestMoves:
    @pytest.mark.parametrize("deed", ["UPDATE order_moves SET by = 'nobody'", "DELETE FROM order_moves"])
    def test_are_never_edited(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, deed: str) -> None:
        make_order(uow, buyer, (kettle, 1))

        with pytest.raises(DBAPIError, match="permission denied"), uow.session.begin_nested():
            uow.session.execute(text(deed))
