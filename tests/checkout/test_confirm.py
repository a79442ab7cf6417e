"""Checking out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from marketplace import cart, checkout, identity, inventory, orders
from marketplace.cart import NoCart, QuoteView
from marketplace.checkout import AddressMissing, CannotBuy, QuoteChanged
from marketplace.events.models import OutboxMessage
from marketplace.identity import AddressNotFound
from marketplace.kernel.actor import Permission, system
from marketplace.kernel.errors import Conflict, Forbidden
from marketplace.kernel.ids import AddressId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.words import speaking
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import GroupView, OrderState
from marketplace.orders.models import CheckoutGroup, Order, OrderLine
from marketplace.payments.models import PaymentIntent
from tests.factories.actors import clerk
from tests.factories.chance import Unlucky
from tests.factories.orders import Buyer, buy, make_shopper
from tests.factories.people import home
from tests.factories.shelves import OnSale

SHORT = "inventory.insufficient_stock"


def sar(minor: int) -> Money:
    return Money(minor, "SAR")


def quoted(uow: UnitOfWork, buyer: Buyer, *wanted: tuple[OnSale, int]) -> QuoteView:
    return cart.put_lines(buyer.actor, uow, lines=[(sold.listing.id, quantity) for sold, quantity in wanted])


def confirm(uow: UnitOfWork, buyer: Buyer, quote: QuoteView, *, all_or_nothing: bool = False) -> GroupView:
    return checkout.confirm(
        buyer.actor, uow, quote_version=quote.quote_version, address=home(), all_or_nothing=all_or_nothing
    )


def available(uow: UnitOfWork, sold: OnSale) -> int:
    return inventory.available(uow.session, listing_ids=[sold.listing.id])[sold.listing.id]


def rows(uow: UnitOfWork, table: type[object]) -> int:
    return uow.session.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[no-any-return]  # count


class TestConfirm:
    def test_makes_one_order_with_each_vendor(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, mugs: OnSale
    ) -> None:
        group = buy(uow, buyer, (kettle, 5), (mugs, 2))

        first, second = group.orders
        assert (first.store.name, second.store.name) == ("Qahwa & Co.", "Dar Al Fakhar")
        assert first.state is second.state is OrderState.PLACED
        assert first.totals.total == first.due == first.agreed == sar(707_75)
        assert second.totals.total == sar(192_00 + 15_00)
        assert first.lines[0].discount == sar(37_25)
        assert group.rejected_lines == ()
        assert len({group.number, first.number, second.number}) == 3

    def test_draws_numbers_again_until_they_are_free(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, mugs: OnSale
    ) -> None:
        unlucky = replace(uow, random=Unlucky())

        groups = [buy(unlucky, buyer, (kettle, 1), (mugs, 1)), buy(unlucky, buyer, (kettle, 1))]

        orders = [order for group in groups for order in group.orders]
        assert len({order.number for order in orders}) == rows(uow, Order) == 3
        assert len({group.number for group in groups}) == rows(uow, CheckoutGroup) == 2
        assert rows(uow, OrderLine) == 3

    def test_says_so_where_no_number_is_free(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, mugs: OnSale) -> None:
        unlucky = replace(uow, random=Unlucky())
        buy(unlucky, buyer, (kettle, 1), (mugs, 1))

        with pytest.raises(Conflict, match="No number was free"):
            buy(unlucky, buyer, (kettle, 1), (mugs, 1))

    def test_sets_stock_aside_and_intends_the_payment(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        (order,) = buy(uow, buyer, (kettle, 5)).orders

        assert available(uow, kettle) == 5
        (intent,) = uow.session.execute(select(PaymentIntent)).scalars()
        assert (intent.order_id, intent.amount_minor) == (order.id, 707_75)

    def test_tells_each_vendor(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, mugs: OnSale) -> None:
        group = buy(uow, buyer, (kettle, 1), (mugs, 1))

        found = select(OutboxMessage).where(col(OutboxMessage.topic) == "orders.order_placed.v1")
        told = {message.store_id: message.envelope["body"] for message in uow.session.execute(found).scalars()}
        assert {order.store.id: order.number for order in group.orders} == {
            store: body["number"] for store, body in told.items()
        }

    def test_empties_the_cart(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        buy(uow, buyer, (kettle, 1))

        assert cart.count(buyer.actor, uow.session) == 0

    def test_orders_a_cart_once(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        quote = quoted(uow, buyer, (kettle, 1))
        confirm(uow, buyer, quote)

        with pytest.raises(NoCart):
            confirm(uow, buyer, quote)
        assert rows(uow, Order) == 1

    def test_freezes_the_fee_on_each_line(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        (order,) = buy(uow, buyer, (kettle, 1)).orders

        (line,) = uow.session.execute(select(OrderLine)).scalars()
        stored = uow.session.get_one(Order, order.id)
        assert line.fee_base_minor == 142_61
        assert line.fee_minor == stored.fee_minor == round(142_61 * line.fee_bps / 10_000)
        assert line.fee_vat_minor == stored.fee_vat_minor == round(line.fee_minor * 15 / 100)

    def test_remembers_where_it_goes(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        (order,) = buy(uow, buyer, (kettle, 1)).orders

        assert (order.address["recipient"], order.address["city"]) == ("Noura Alharbi", "Riyadh")
        assert order.address["phone"] == "+966501234567"

    def test_takes_an_address_of_the_book(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        quote = quoted(uow, buyer, (kettle, 1))
        book = identity.default_addresses(uow.session, [buyer.store_id])[buyer.store_id]

        (order,) = checkout.confirm(buyer.actor, uow, quote_version=quote.quote_version, address=book.id).orders

        assert order.address["line1"] == "12 Olaya Street"
        assert "id" not in order.address

    def test_needs_an_address_of_the_buyer(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        quote = quoted(uow, buyer, (kettle, 1))
        foreign = identity.default_addresses(uow.session, [make_shopper(uow).store_id])

        with pytest.raises(AddressMissing):
            checkout.confirm(buyer.actor, uow, quote_version=quote.quote_version, address=None)
        for address_id in (next(iter(foreign.values())).id, AddressId(new_uuid())):
            with pytest.raises(AddressNotFound):
                checkout.confirm(buyer.actor, uow, quote_version=quote.quote_version, address=address_id)
        assert available(uow, kettle) == 10


class TestQuoteChanged:
    def test_shows_the_new_quote_and_what_is_different(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        quote = quoted(uow, buyer, (kettle, 1))
        kettle.price.price_minor = 158_00
        uow.session.flush()

        with pytest.raises(QuoteChanged) as refusal:
            confirm(uow, buyer, quote)

        changed = refusal.value
        assert changed.quote.totals.total == sar(158_00 + 15_00)
        assert [(one.code, one.before, one.now) for one in changed.differences] == [
            ("price_changed", 149_00, 158_00),
            ("tax_changed", 19_43, 20_61),
        ]
        assert confirm(uow, buyer, changed.quote).orders[0].totals.total == sar(173_00)

    def test_refuses_a_quote_that_has_lapsed(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        quote = quoted(uow, buyer, (kettle, 1))
        late = UnitOfWork(uow.session, uow.now + timedelta(minutes=16), "test", random=uow.random)

        with pytest.raises(QuoteChanged) as refusal:
            confirm(late, buyer, quote)

        assert refusal.value.differences == ()
        assert confirm(late, buyer, refusal.value.quote).orders[0].state is OrderState.PLACED

    def test_refuses_a_quote_that_another_has_replaced(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        first = quoted(uow, buyer, (kettle, 1))
        second = quoted(uow, buyer, (kettle, 2))

        with pytest.raises(QuoteChanged):
            confirm(uow, buyer, first)

        assert rows(uow, Order) == 0
        assert confirm(uow, buyer, second).orders[0].lines[0].quantity == 2

    @pytest.mark.parametrize(("least", "most", "step", "sold_now"), [(4, None, 1, 4), (1, 2, 1, 2), (2, None, 2, 4)])
    def test_refuses_a_quantity_that_is_not_sold_any_more(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, least: int, most: int | None, step: int, sold_now: int
    ) -> None:
        quote = quoted(uow, buyer, (kettle, 3))
        kettle.price.min_quantity, kettle.price.max_quantity, kettle.price.quantity_step = least, most, step
        uow.session.flush()

        with pytest.raises(QuoteChanged) as refusal:
            confirm(uow, buyer, quote)

        (changed, *_) = refusal.value.differences
        assert (changed.code, changed.before, changed.now) == ("quantity_changed", 3, sold_now)
        assert rows(uow, Order) == 0

    def test_refuses_what_is_no_quote_at_all(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        quoted(uow, buyer, (kettle, 1))

        with pytest.raises(QuoteChanged):
            checkout.confirm(buyer.actor, uow, quote_version="mistyped", address=home())


class TestShortage:
    def test_leaves_a_missing_line_in_the_cart_and_orders_the_rest(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, mugs: OnSale
    ) -> None:
        quote = quoted(uow, buyer, (kettle, 5), (mugs, 2))
        buy(uow, make_shopper(uow), (mugs, 3))

        group = confirm(uow, buyer, quote)

        assert [order.state for order in group.orders] == [OrderState.PLACED, OrderState.REJECTED]
        assert [(line.listing_id, line.code) for line in group.rejected_lines] == [
            (mugs.listing.id, "inventory.insufficient_stock")
        ]
        assert group.orders[1].totals.total == sar(0)
        assert cart.count(buyer.actor, uow.session) == 1
        assert (available(uow, kettle), available(uow, mugs)) == (5, 1)

    def test_names_what_was_short_from_the_start_beside_what_ran_out_since(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, grinder: OnSale, mugs: OnSale
    ) -> None:
        quote = quoted(uow, buyer, (kettle, 1), (grinder, 1), (mugs, 5))
        buy(uow, make_shopper(uow), (grinder, 3))

        group = confirm(uow, buyer, quote)

        assert [line.title for order in group.orders for line in order.lines] == ["Gooseneck kettle"]
        assert {(line.listing_id, line.code, line.title, line.message) for line in group.rejected_lines} == {
            (grinder.listing.id, SHORT, "Hand grinder", "Nothing is left: look at other offers."),
            (mugs.listing.id, SHORT, "Stoneware mugs", "Only 4 are left: take fewer, or look at other offers."),
        }
        assert orders.group(buyer.actor, uow.session, group_id=group.id).rejected_lines == group.rejected_lines

    def test_says_what_was_short_to_each_in_his_own_language(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, mugs: OnSale
    ) -> None:
        group = confirm(uow, buyer, quoted(uow, buyer, (kettle, 1), (mugs, 5)))

        (line,) = orders.group(buyer.actor, uow.session, group_id=group.id).rejected_lines

        with speaking("ar"):
            assert line.message.startswith("لم يتبقَّ سوى \u20684")

    def test_drops_a_missing_line_of_an_order_that_goes_through(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, grinder: OnSale
    ) -> None:
        quote = quoted(uow, buyer, (kettle, 1), (grinder, 1))
        buy(uow, make_shopper(uow), (grinder, 3))

        (order,) = confirm(uow, buyer, quote).orders

        assert order.state is OrderState.PLACED
        assert [line.title for line in order.lines] == ["Gooseneck kettle"]
        assert order.totals.total == sar(149_00 + 15_00)

    def test_refuses_all_where_the_buyer_wants_all_or_nothing(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, mugs: OnSale
    ) -> None:
        quote = quoted(uow, buyer, (kettle, 5), (mugs, 2))
        buy(uow, make_shopper(uow), (mugs, 3))

        with pytest.raises(Conflict) as refusal, uow.session.begin_nested():
            confirm(uow, buyer, quote, all_or_nothing=True)

        assert refusal.value.reason == "inventory.insufficient_stock"
        assert available(uow, kettle) == 10
        assert cart.count(buyer.actor, uow.session) == 2

    def test_refuses_where_nothing_is_left(self, uow: UnitOfWork, buyer: Buyer, mugs: OnSale) -> None:
        quote = quoted(uow, buyer, (mugs, 2))
        buy(uow, make_shopper(uow), (mugs, 3))

        with pytest.raises(Conflict) as refusal:
            confirm(uow, buyer, quote)

        assert refusal.value.reason == "inventory.insufficient_stock"
        assert refusal.value.message == "Only one is left: take that one, or look at other offers."

    def test_refuses_with_a_sentence_that_can_be_said_in_any_language(
        self, uow: UnitOfWork, buyer: Buyer, mugs: OnSale
    ) -> None:
        quote = quoted(uow, buyer, (mugs, 4))
        buy(uow, make_shopper(uow), (mugs, 2))

        with pytest.raises(Conflict) as refusal:
            confirm(uow, buyer, quote)

        assert (refusal.value.template, refusal.value.facts) == (
            "Only {available} are left: take fewer, or look at other offers.",
            {"available": 2},
        )

    def test_refuses_a_vendor_who_was_stopped_meanwhile(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, mugs: OnSale
    ) -> None:
        quote = quoted(uow, buyer, (kettle, 1), (mugs, 1))
        identity.restrict(uow, store_id=mugs.listing.store_id, reason="license")

        group = confirm(uow, buyer, quote)

        assert [(line.listing_id, line.code) for line in group.rejected_lines] == [
            (mugs.listing.id, "cart.vendor_suspended")
        ]
        assert rows(uow, CheckoutGroup) == 1

    def test_never_sells_a_store_its_own(self, uow: UnitOfWork, kettle: OnSale) -> None:
        vendor = clerk(kettle.listing.store_id, Permission.CART_EDIT, Permission.CHECKOUT_PLACE)
        quote = cart.put_lines(vendor, uow, lines=[(kettle.listing.id, 1)])

        with pytest.raises((Conflict, Forbidden)):
            checkout.confirm(vendor, uow, quote_version=quote.quote_version, address=home())

        assert rows(uow, Order) == 0


class TestAuthority:
    def test_forbids_those_who_only_fill_the_cart(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        quote = quoted(uow, buyer, (kettle, 1))

        with pytest.raises(Forbidden):
            checkout.confirm(
                clerk(buyer.store_id, Permission.CART_EDIT), uow, quote_version=quote.quote_version, address=home()
            )

    def test_forbids_a_store_that_was_stopped(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        quote = quoted(uow, buyer, (kettle, 1))
        identity.restrict(uow, store_id=buyer.store_id, reason="fraud")

        with pytest.raises(CannotBuy):
            confirm(uow, buyer, quote)

    def test_is_of_a_person_and_not_of_the_house(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> None:
        quote = quoted(uow, buyer, (kettle, 1))
        house = replace(system("test"), store_id=buyer.store_id)

        with pytest.raises(CannotBuy):
            checkout.confirm(house, uow, quote_version=quote.quote_version, address=home())

        assert rows(uow, Order) == 0
