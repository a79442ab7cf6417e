"""A visitor's cart, and what becomes of carts."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from marketplace import cart
from marketplace.cart import CartState, MembersOnly, NoCart, NoDevice, Wanted
from marketplace.cart.models import Cart
from marketplace.cart.policy import Owner
from marketplace.cart.rules import MOST_LINES
from marketplace.kernel.actor import Actor, visitor
from marketplace.kernel.ids import DeviceId, StoreId, new_uuid
from marketplace.kernel.work import UnitOfWork
from tests.factories.shelves import OnSale, make_product, put_on_sale

DEVICE = DeviceId(new_uuid())


def wanted(uow: UnitOfWork, owner: Owner) -> dict[str, int]:
    return {str(one.listing_id): one.quantity for one in cart.contents(uow.session, owner=owner).wanted}


def put(actor: Actor, uow: UnitOfWork, *lines: tuple[OnSale, int]) -> None:
    cart.put_lines(actor, uow, lines=[(sold.listing.id, quantity) for sold, quantity in lines])


class TestMerge:
    def test_gives_a_store_without_a_cart_the_visitors(
        self, uow: UnitOfWork, buyer: Actor, kettle: OnSale, store: StoreId
    ) -> None:
        put(visitor(DEVICE), uow, (kettle, 3))

        cart.merge(uow, device_id=DEVICE, store_id=store)

        assert wanted(uow, Owner(store_id=store)) == {str(kettle.listing.id): 3}
        assert wanted(uow, Owner(device_id=DEVICE)) == {}

    def test_joins_two_carts_and_keeps_the_larger_quantity(
        self, uow: UnitOfWork, buyer: Actor, kettle: OnSale, mugs: OnSale, store: StoreId
    ) -> None:
        put(buyer, uow, (kettle, 3))
        put(visitor(DEVICE), uow, (kettle, 2), (mugs, 4))

        cart.merge(uow, device_id=DEVICE, store_id=store)

        assert wanted(uow, Owner(store_id=store)) == {str(kettle.listing.id): 3, str(mugs.listing.id): 4}
        states = uow.session.execute(select(col(Cart.state)).order_by(col(Cart.created_at), col(Cart.id))).scalars()
        assert list(states) == [CartState.ACTIVE, CartState.MERGED]

    def test_fills_a_cart_no_further_than_one_can_still_change(
        self, uow: UnitOfWork, buyer: Actor, vendor: StoreId, kettle: OnSale, store: StoreId
    ) -> None:
        products = [make_product(uow, f"Lid {number}", owner=vendor) for number in range(MOST_LINES)]
        lids = [put_on_sale(uow, product, store=vendor) for product in products]
        put(buyer, uow, (kettle, 3))
        put(visitor(DEVICE), uow, *((lid, 1) for lid in lids))

        cart.merge(uow, device_id=DEVICE, store_id=store)

        assert list(wanted(uow, Owner(store_id=store))) == [
            str(kettle.listing.id),
            *(str(lid.listing.id) for lid in lids[:-1]),
        ]
        cart.set_quantity(buyer, uow, listing_id=kettle.listing.id, quantity=1)
        assert wanted(uow, Owner(store_id=store))[str(kettle.listing.id)] == 1

    def test_does_nothing_for_a_visitor_with_empty_hands(self, uow: UnitOfWork, store: StoreId) -> None:
        cart.merge(uow, device_id=DEVICE, store_id=store)

        assert uow.session.execute(select(Cart)).scalars().all() == []


class TestVisitor:
    def test_needs_a_device_to_be_known_by(self, uow: UnitOfWork, kettle: OnSale) -> None:
        with pytest.raises(NoDevice):
            put(visitor(), uow, (kettle, 1))

    def test_is_asked_to_sign_in_where_members_trade(self, uow: UnitOfWork, kettle: OnSale, oklahoma: None) -> None:
        with pytest.raises(MembersOnly):
            put(visitor(DEVICE), uow, (kettle, 1))


class TestConvert:
    def test_keeps_what_could_not_be_had_in_a_new_cart(
        self, uow: UnitOfWork, buyer: Actor, kettle: OnSale, mugs: OnSale, store: StoreId
    ) -> None:
        put(buyer, uow, (kettle, 3), (mugs, 2))
        ordered = cart.contents(uow.session, owner=Owner(store_id=store)).cart_id
        assert ordered is not None

        cart.convert(uow, cart_id=ordered, keep=[Wanted(mugs.listing.id, 2, 96_00)])

        assert wanted(uow, Owner(store_id=store)) == {str(mugs.listing.id): 2}
        with pytest.raises(NoCart):
            cart.convert(uow, cart_id=ordered)


class TestAbandonIdle:
    def test_gives_up_what_nobody_touched(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale) -> None:
        put(buyer, uow, (kettle, 3))

        assert cart.abandon_idle(uow, idle_since=uow.now) == 0
        assert cart.abandon_idle(uow, idle_since=uow.now + timedelta(seconds=1)) == 1
        assert cart.count(buyer, uow.session) == 0
