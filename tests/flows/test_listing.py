"""A vendor's listing as a whole: words, price and stock."""

import pytest

from marketplace import catalog, fees, orders, taxes
from marketplace.catalog import ListingState, OpenOrders, ProductState
from marketplace.flows.compositions import listing as listings
from marketplace.flows.compositions.listing import Offering, OfferingChange
from marketplace.kernel.money import Money
from marketplace.kernel.pages import Page
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import OrderState
from marketplace.pricing import BadTerms, Terms, Tier
from tests.factories.goods import KETTLES, keeper, make_product, words
from tests.factories.orders import ROAD, make_order, make_shopper
from tests.factories.people import make_vendor
from tests.factories.shelves import make_product as make_shelf_product
from tests.factories.shelves import put_on_sale

UPC = "096009010836"
TERMS = Terms(Money(149_00, "SAR"), tiers=(Tier(5, 50_000),))


def offering(**changes: object) -> Offering:
    said: dict[str, object] = {"terms": TERMS, "on_hand": 62, "sku": "QW-KET-BLK"}
    return Offering(**{**said, **changes})  # type: ignore[arg-type]  # each test names what it is about


class TestPropose:
    def test_makes_the_product_and_sells_it(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        catalog.ensure_categories(uow, names=[KETTLES])

        made = listings.propose(keeper(store.id), uow, words=words(), offering=offering(warn_at=20))

        assert made.product.state is ProductState.PUBLISHED
        assert made.listing is not None
        assert made.listing.listing.sku == "QW-KET-BLK"
        assert made.listing.terms == TERMS
        assert made.listing.stock is not None
        assert (made.listing.stock.available, made.listing.stock.warn_at) == (62, 20)

    def test_joins_the_product_that_has_the_barcode(self, uow: UnitOfWork) -> None:
        product = make_product(uow, make_vendor(uow), upc=UPC)
        other = make_vendor(uow)

        made = listings.propose(keeper(other.id), uow, words=words(title="Another title", upc=UPC), offering=offering())

        assert made.product.fsin == product.fsin
        assert made.product.title == product.title
        assert made.listing is not None
        assert made.listing.listing.store_id == other.id

    def test_makes_nothing_when_the_price_will_not_do(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        catalog.ensure_categories(uow, names=[KETTLES])
        dollars = Terms(Money(149_00, "USD"))

        with pytest.raises(BadTerms), uow.session.begin_nested():
            listings.propose(keeper(store.id), uow, words=words(), offering=offering(terms=dollars))

        assert catalog.own_products(keeper(store.id), uow.session).items == ()


class TestChange:
    def test_changes_what_is_named_and_leaves_the_rest(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        made = listings.create(keeper(store.id), uow, fsin=make_product(uow, store).fsin, offering=offering())
        cheaper = Terms(Money(99_00, "SAR"))
        wish = OfferingChange(terms=cheaper, expected_version=1, is_paused=True)

        seen = listings.change(keeper(store.id), uow, listing_id=made.listing.id, change=wish)

        assert (seen.listing.sku, seen.listing.state) == ("QW-KET-BLK", ListingState.PAUSED)
        assert seen.terms == cheaper
        assert seen.stock == made.stock

    def test_pauses_only_once(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        made = listings.create(keeper(store.id), uow, fsin=make_product(uow, store).fsin, offering=offering())
        pause, resume = OfferingChange(is_paused=True), OfferingChange(is_paused=False)

        for wish, state in [(pause, "paused"), (pause, "paused"), (resume, "active"), (resume, "active")]:
            seen = listings.change(keeper(store.id), uow, listing_id=made.listing.id, change=wish)
            assert seen.listing.state == state


class TestPage:
    def test_shows_listings_with_prices_and_stock(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        made = [
            listings.create(keeper(store.id), uow, fsin=make_product(uow, store).fsin, offering=offering(sku=sku))
            for sku in ("A", "B", "C")
        ]

        page = listings.page(keeper(store.id), uow.session, limit=2)

        assert page.items == (made[2], made[1])
        assert listings.page(keeper(store.id), uow.session, cursor=page.next_cursor).items == (made[0],)


class TestRunningLow:
    def test_shows_with_its_price_only_what_is_nearly_sold_out(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        low, _ = (
            listings.create(
                keeper(store.id),
                uow,
                fsin=make_product(uow, store).fsin,
                offering=offering(sku=sku, on_hand=units, warn_at=5),
            )
            for sku, units in (("LOW", 5), ("FULL", 6))
        )

        assert listings.running_low(keeper(store.id), uow.session) == Page((low,), None)

    def test_shows_nothing_where_all_shelves_are_full(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listings.create(keeper(store.id), uow, fsin=make_product(uow, store).fsin, offering=offering())

        assert listings.running_low(keeper(store.id), uow.session).items == ()


class TestRemoveProduct:
    def test_takes_away_what_nobody_waits_for(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        product = make_product(uow, store)
        made = listings.create(keeper(store.id), uow, fsin=product.fsin, offering=offering())

        gone = listings.remove_product(keeper(store.id), uow, fsin=product.fsin)

        assert gone.state is ProductState.ARCHIVED
        closed = listings.one(keeper(store.id), uow.session, listing_id=made.listing.id)
        assert closed.listing.state is ListingState.CLOSED

    @pytest.mark.parametrize("state", [OrderState.PLACED, OrderState.IN_TRANSIT])
    def test_waits_until_what_was_bought_has_arrived(self, uow: UnitOfWork, state: OrderState) -> None:
        taxes.install_default(uow)
        fees.install_default(uow)
        store = make_vendor(uow)
        product = make_shelf_product(uow, "Gooseneck kettle", owner=store.id)
        kettle = put_on_sale(uow, product, store=store.id)
        order = make_order(uow, make_shopper(uow), (kettle, 1), state=state)

        with pytest.raises(OpenOrders):
            listings.remove_product(keeper(store.id), uow, fsin=product.fsin)
        with pytest.raises(OpenOrders):
            listings.close(keeper(store.id), uow, listing_id=kettle.listing.id)

        assert listings.one(keeper(store.id), uow.session, listing_id=kettle.listing.id).listing.is_live
        if state is OrderState.IN_TRANSIT:
            orders.deliver(uow, order_id=order.id, by=ROAD)
            assert listings.remove_product(keeper(store.id), uow, fsin=product.fsin).state is ProductState.ARCHIVED
