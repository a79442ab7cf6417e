"""Filling a cart."""

import pytest
from sqlalchemy import delete, select
from sqlmodel import col

from marketplace import cart, identity, rates
from marketplace.cart import BadQuantity, LineStatus, NoBuyer, NoticeCode, QuoteLineView, QuoteView, TooManyLines
from marketplace.cart.models import Cart, CartLine
from marketplace.catalog import ListingState
from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.ids import ListingId, StoreId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.pricing.models import PriceTier
from marketplace.rates import DeliveryTerms
from tests.factories.actors import clerk
from tests.factories.counting import counted
from tests.factories.shelves import OnSale


def sar(minor: int) -> Money:
    return Money(minor, "SAR")


def put(actor: Actor, uow: UnitOfWork, *lines: tuple[OnSale, int]) -> QuoteView:
    return cart.put_lines(actor, uow, lines=[(sold.listing.id, quantity) for sold, quantity in lines])


def only_line(quote: QuoteView) -> QuoteLineView:
    ((line,),) = (group.lines for group in quote.groups)
    return line


class TestPutLines:
    def test_prices_each_vendor_with_tiers_shipping_and_tax(
        self, uow: UnitOfWork, buyer: Actor, kettle: OnSale, mugs: OnSale
    ) -> None:
        quote = put(buyer, uow, (kettle, 5), (mugs, 2))

        first, second = quote.groups
        assert first.store.name == "Qahwa & Co."
        assert (first.subtotal, first.discount, first.shipping) == (sar(745_00), sar(37_25), sar(0))
        assert first.lines[0].line_total == sar(707_75)
        assert (second.subtotal, second.discount, second.shipping) == (sar(192_00), sar(0), sar(15_00))
        assert quote.totals.total == sar(707_75 + 192_00 + 15_00)
        assert quote.totals.tax == sar(92_32 + 25_04 + 1_96)
        assert quote.pieces == 7

    def test_brings_quantities_to_what_is_sold_and_says_so(self, uow: UnitOfWork, buyer: Actor, mugs: OnSale) -> None:
        found = {asked: only_line(put(buyer, uow, (mugs, asked))) for asked in (1, 3, 9)}

        assert {asked: line.quantity for asked, line in found.items()} == {1: 2, 3: 4, 9: 6}
        assert {asked: line.warnings[0].code for asked, line in found.items()} == {
            1: NoticeCode.CLAMPED_TO_MOQ,
            3: NoticeCode.CLAMPED_TO_STEP,
            9: NoticeCode.CLAMPED_TO_MAX,
        }
        assert found[1].warnings[0].message == "Sold from 2 on: we changed 1 to 2."

    def test_leaves_out_of_the_sums_what_is_not_there(
        self, uow: UnitOfWork, buyer: Actor, kettle: OnSale, mugs: OnSale
    ) -> None:
        quote = put(buyer, uow, (kettle, 43), (mugs, 2))

        kettles = quote.groups[0].lines[0]
        assert kettles.status is LineStatus.NOT_AVAILABLE
        assert [notice.message for notice in kettles.warnings] == ["Only 42 are left: take fewer."]
        assert quote.groups[0].total == sar(0)
        assert quote.totals.total == sar(192_00 + 15_00)
        assert quote.not_counted == (kettles,)

    @pytest.mark.parametrize(
        ("stock", "sellable", "words"),
        [
            (5, 4, "Only 5 are left: take fewer."),
            (1, 0, "Only 1 left, and it is sold from 2 on: take it out of the cart."),
            (0, 0, "Sold out since you added it."),
        ],
    )
    def test_says_how_many_of_what_is_short_can_be_had(
        self, uow: UnitOfWork, buyer: Actor, mugs: OnSale, stock: int, sellable: int, words: str
    ) -> None:
        mugs.stock.on_hand = stock
        uow.session.flush()

        line = only_line(put(buyer, uow, (mugs, 6)))

        assert (line.status, line.sellable) == (LineStatus.NOT_AVAILABLE, sellable)
        assert [notice.message for notice in line.warnings] == [words]

    def test_names_the_last_one(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale) -> None:
        kettle.stock.on_hand = 1
        uow.session.flush()

        line = only_line(put(buyer, uow, (kettle, 2)))

        assert [notice.message for notice in line.warnings] == ["Only one is left: take that one."]

    def test_leaves_out_a_vendor_who_may_not_sell(
        self, uow: UnitOfWork, buyer: Actor, kettle: OnSale, vendor: StoreId
    ) -> None:
        identity.restrict(uow, store_id=vendor, reason="license")

        quote = put(buyer, uow, (kettle, 1))

        assert (only_line(quote).status, only_line(quote).sellable) == (LineStatus.NOT_AVAILABLE, 0)
        assert quote.groups[0].warnings[0].code is NoticeCode.VENDOR_SUSPENDED

    @pytest.mark.parametrize("why", ["paused", "without a price"])
    def test_leaves_out_what_is_not_sold_any_more(
        self, uow: UnitOfWork, buyer: Actor, kettle: OnSale, why: str
    ) -> None:
        if why == "paused":
            kettle.listing.state, kettle.listing.is_live = ListingState.PAUSED, False
        else:
            uow.session.execute(delete(PriceTier))
            uow.session.delete(kettle.price)
        uow.session.flush()

        quote = put(buyer, uow, (kettle, 1))

        line = only_line(quote)
        assert line.status is LineStatus.NOT_AVAILABLE
        assert [(notice.code, notice.message) for notice in line.warnings] == [
            (NoticeCode.NOT_AVAILABLE, "This is not sold any more.")
        ]
        assert quote.totals.total == sar(0)

    def test_sends_for_what_the_vendor_asks_where_he_has_terms_of_his_own(
        self, uow: UnitOfWork, buyer: Actor, kettle: OnSale
    ) -> None:
        vendor = clerk(kettle.listing.store_id, Permission.LISTINGS_EDIT)
        rates.set_profile(vendor, uow, terms=DeliveryTerms(sar(25_00), sar(500_00), 1, 2))
        uow.session.flush()

        one, four = put(buyer, uow, (kettle, 1)), put(buyer, uow, (kettle, 4))

        assert (one.groups[0].shipping, four.groups[0].shipping) == (sar(25_00), sar(0))

    def test_never_sends_for_nothing_where_the_vendor_says_so(
        self, uow: UnitOfWork, buyer: Actor, kettle: OnSale
    ) -> None:
        vendor = clerk(kettle.listing.store_id, Permission.LISTINGS_EDIT)
        rates.set_profile(vendor, uow, terms=DeliveryTerms(sar(25_00), None, 1, 2))
        uow.session.flush()

        assert put(buyer, uow, (kettle, 42)).groups[0].shipping == sar(25_00)

    def test_refuses_a_store_its_own_listing(self, uow: UnitOfWork, kettle: OnSale, vendor: StoreId) -> None:
        line = only_line(put(clerk(vendor, Permission.CART_EDIT), uow, (kettle, 1)))

        assert line.status is LineStatus.INVALID
        assert line.warnings[0].code is NoticeCode.OWN_LISTING

    def test_names_what_nobody_offers_and_forgets_it(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale) -> None:
        nowhere = ListingId(new_uuid())

        quote = cart.put_lines(buyer, uow, lines=[(nowhere, 1), (kettle.listing.id, 1)])

        assert [(line.listing_id, line.status) for line in quote.strays] == [(nowhere, LineStatus.INVALID)]
        kept = uow.session.execute(select(col(CartLine.listing_id))).scalars().all()
        assert kept == [kettle.listing.id]

    def test_puts_lines_in_place_of_the_old_ones(
        self, uow: UnitOfWork, buyer: Actor, kettle: OnSale, mugs: OnSale
    ) -> None:
        put(buyer, uow, (kettle, 1), (mugs, 2))
        put(buyer, uow, (mugs, 4))

        (line,) = uow.session.execute(select(CartLine)).scalars()
        assert (line.listing_id, line.quantity, line.seen_minor) == (mugs.listing.id, 4, 96_00)
        (kept,) = uow.session.execute(select(Cart)).scalars()
        assert kept.version == 2

    def test_empties_the_cart_when_told_so(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale) -> None:
        put(buyer, uow, (kettle, 1))

        quote = put(buyer, uow)

        assert quote.groups == ()
        assert quote.totals.total == sar(0)
        assert uow.session.execute(select(CartLine)).scalars().all() == []

    def test_tells_once_that_a_price_has_changed(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale) -> None:
        put(buyer, uow, (kettle, 1))
        kettle.price.price_minor = 158_00
        uow.session.flush()

        looked = only_line(cart.quote(buyer, uow.session, now=uow.now))
        changed = only_line(put(buyer, uow, (kettle, 1)))
        again = only_line(put(buyer, uow, (kettle, 1)))

        assert looked.warnings[0].message == "The price rose from SAR 149.00 to SAR 158.00."
        assert changed.warnings[0].code is NoticeCode.PRICE_CHANGED
        assert again.warnings == ()

    def test_adds_up_a_listing_that_is_named_twice(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale) -> None:
        assert only_line(put(buyer, uow, (kettle, 2), (kettle, 3))).quantity == 5

    def test_refuses_what_no_cart_can_hold(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale) -> None:
        with pytest.raises(BadQuantity):
            put(buyer, uow, (kettle, 0))
        with pytest.raises(TooManyLines):
            cart.put_lines(buyer, uow, lines=[(ListingId(new_uuid()), 1) for _ in range(101)])

        assert uow.session.execute(select(Cart)).scalars().all() == []

    def test_is_for_those_who_buy(self, uow: UnitOfWork, vendor: StoreId, kettle: OnSale) -> None:
        with pytest.raises(NoBuyer):
            put(clerk(vendor, Permission.ORDERS_READ), uow, (kettle, 1))

    def test_says_that_a_code_means_nothing(self, uow: UnitOfWork, buyer: Actor, kettle: OnSale) -> None:
        quote = cart.put_lines(buyer, uow, lines=[(kettle.listing.id, 1)], coupon_codes=["QAHWA10"])

        assert [notice.code for notice in quote.warnings] == [NoticeCode.INVALID_PROMO]

    def test_asks_the_database_five_times_whatever_it_holds(
        self, uow: UnitOfWork, buyer: Actor, kettle: OnSale, mugs: OnSale
    ) -> None:
        with counted(uow) as asked:
            put(buyer, uow, (kettle, 1), (mugs, 2))

        assert len(asked) == 5, asked
