"""Changing one line of a cart: from a product's page, and in the cart itself."""

import pytest
from sqlalchemy import select

from marketplace import cart
from marketplace.cart import BadQuantity, LineStatus, NoBuyer
from marketplace.cart.models import Cart
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, Permission, visitor
from marketplace.kernel.ids import DeviceId, StoreId, new_uuid
from marketplace.kernel.work import UnitOfWork
from tests.factories.actors import clerk
from tests.factories.shelves import OnSale


def lines_of(quote: cart.QuoteView) -> dict[str, int]:
    return {line.title: line.quantity for group in quote.groups for line in group.lines}


class TestAdd:
    def test_keeps_what_was_there_and_adds_up_what_is_named_again(
        self, uow: UnitOfWork, buyer: Actor, kettle: OnSale, mugs: OnSale
    ) -> None:
        cart.add(buyer, uow, listing_id=mugs.listing.id, quantity=2)
        cart.add(buyer, uow, listing_id=kettle.listing.id, quantity=1)

        quote = cart.add(buyer, uow, listing_id=kettle.listing.id, quantity=4)

        assert lines_of(quote) == {"Stoneware mugs": 2, "Gooseneck kettle": 5}
        assert cart.count(buyer, uow.session) == 2

    def test_says_when_more_is_wanted_than_there_is(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale) -> None:
        quote = cart.add(buyer, uow, listing_id=kettle.listing.id, quantity=43)

        assert quote.groups[0].lines[0].status is LineStatus.NOT_AVAILABLE

    def test_refuses_what_no_cart_can_hold(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale) -> None:
        with pytest.raises(BadQuantity):
            cart.add(buyer, uow, listing_id=kettle.listing.id, quantity=0)

        assert uow.session.execute(select(Cart)).scalars().all() == []

    def test_is_for_those_who_buy(self, uow: UnitOfWork, vendor: StoreId, kettle: OnSale) -> None:
        with pytest.raises(NoBuyer):
            cart.add(clerk(vendor, Permission.ORDERS_READ), uow, listing_id=kettle.listing.id, quantity=1)


class TestSetQuantity:
    def test_changes_one_line_and_leaves_the_others(
        self, uow: UnitOfWork, buyer: Actor, kettle: OnSale, mugs: OnSale
    ) -> None:
        cart.put_lines(buyer, uow, lines=[(kettle.listing.id, 4), (mugs.listing.id, 2)])

        quote = cart.set_quantity(buyer, uow, listing_id=kettle.listing.id, quantity=1)

        assert lines_of(quote) == {"Gooseneck kettle": 1, "Stoneware mugs": 2}
        assert lines_of(cart.quote(buyer, uow.session, now=uow.now)) == lines_of(quote)

    def test_leaves_every_line_where_it_stands(
        self, uow: UnitOfWork, buyer: Actor, kettle: OnSale, mugs: OnSale
    ) -> None:
        cart.put_lines(buyer, uow, lines=[(kettle.listing.id, 4), (mugs.listing.id, 2)])

        changed = cart.set_quantity(buyer, uow, listing_id=kettle.listing.id, quantity=5)

        assert list(lines_of(changed)) == ["Gooseneck kettle", "Stoneware mugs"]
        assert list(lines_of(cart.quote(buyer, uow.session, now=uow.now))) == ["Gooseneck kettle", "Stoneware mugs"]

    def test_takes_out_what_is_wanted_no_more(
        self, uow: UnitOfWork, buyer: Actor, kettle: OnSale, mugs: OnSale
    ) -> None:
        cart.put_lines(buyer, uow, lines=[(kettle.listing.id, 4), (mugs.listing.id, 2)])

        quote = cart.set_quantity(buyer, uow, listing_id=kettle.listing.id, quantity=0)

        assert lines_of(quote) == {"Stoneware mugs": 2}
        assert cart.count(buyer, uow.session) == 1

    def test_refuses_what_no_cart_can_hold(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale) -> None:
        cart.add(buyer, uow, listing_id=kettle.listing.id, quantity=4)

        with pytest.raises(BadQuantity):
            cart.set_quantity(buyer, uow, listing_id=kettle.listing.id, quantity=-1)

        assert lines_of(cart.quote(buyer, uow.session, now=uow.now)) == {"Gooseneck kettle": 4}


class TestCount:
    def test_is_of_a_visitors_own_device(self, uow: UnitOfWork, kettle: OnSale) -> None:
        somebody = visitor(DeviceId(new_uuid()))
        cart.add(somebody, uow, listing_id=kettle.listing.id, quantity=3)

        assert cart.count(somebody, uow.session) == 1
        assert cart.count(visitor(DeviceId(new_uuid())), uow.session) == 0

    def test_is_nothing_for_who_can_have_no_cart(self, uow: UnitOfWork, vendor: StoreId) -> None:
        assert cart.count(visitor(), uow.session) == 0
        assert cart.count(clerk(vendor, Permission.ORDERS_READ), uow.session) == 0

        profile.choose(profile.OKLAHOMA)
        assert cart.count(visitor(DeviceId(new_uuid())), uow.session) == 0
