"""What a vendor's listing is on a page and over REST: catalog, pricing and inventory at once."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from marketplace import catalog, inventory, orders, pricing
from marketplace.catalog import (
    Condition,
    Fulfillment,
    ListingState,
    ListingView,
    OpenOrders,
    ProductView,
    ProductWords,
)
from marketplace.inventory import StockView
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import ListingId
from marketplace.kernel.pages import Page
from marketplace.kernel.work import UnitOfWork
from marketplace.pricing import PriceView, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """How a store sells a product; without a SKU the listing takes the product's number."""

    terms: Terms
    on_hand: int
    sku: str = ""
    condition: Condition = Condition.NEW
    fulfillment: Fulfillment = Fulfillment.AGENT
    warn_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingChange:
    """What shall be different about a listing; what is left out stays. Its count is set apart, by version."""

    sku: str | None = None
    fulfillment: Fulfillment | None = None
    terms: Terms | None = None
    expected_version: int | None = None
    warn_at: int | None = None
    is_paused: bool | None = None


@dataclass(frozen=True, slots=True)
class VendorListing:
    """A listing as its vendor keeps it."""

    listing: ListingView
    price: PriceView | None
    stock: StockView | None

    @property
    def terms(self) -> Terms | None:
        """What it is sold for, once that was said."""
        return None if self.price is None else self.price.terms


@dataclass(frozen=True, slots=True)
class Saying:
    """What shall be said of a product, over the revision that was read."""

    words: ProductWords
    base_revision: int


@dataclass(frozen=True, slots=True)
class Counting:
    """How many were counted, over the version that was read."""

    on_hand: int
    expected_version: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """A product that was made or found, and the listing of it where one was asked for."""

    product: ProductView
    listing: VendorListing | None = None


def propose(actor: Actor, uow: UnitOfWork, *, words: ProductWords, offering: Offering | None = None) -> Proposed:
    """Make a product, and sell it where that is asked for; then one whose barcode is known is joined instead."""
    if offering is None:
        return Proposed(catalog.propose_product(actor, uow, words=words))
    carrier = catalog.product_with_barcode(actor, uow.session, upc=words.upc) if words.upc else None
    product = carrier or catalog.propose_product(actor, uow, words=words)
    return Proposed(product, _sell(actor, uow, product, offering))


def create(actor: Actor, uow: UnitOfWork, *, fsin: str, offering: Offering) -> VendorListing:
    """Sell a product that is there from now on."""
    return _sell(actor, uow, catalog.product_by_fsin(actor, uow.session, fsin=fsin), offering)


def change(actor: Actor, uow: UnitOfWork, *, listing_id: ListingId, change: OfferingChange) -> VendorListing:
    """Change what is named of a listing, all of it or none."""
    listing = catalog.own_listing(actor, uow.session, listing_id=listing_id)
    if change.sku is not None or change.fulfillment is not None:
        catalog.change_listing(
            actor,
            uow,
            listing_id=listing_id,
            sku=change.sku or listing.sku,
            fulfillment=change.fulfillment or listing.fulfillment,
        )
    if change.terms is not None:
        pricing.price(actor, uow, listing_id=listing_id, terms=change.terms, expected_version=change.expected_version)
    if change.warn_at is not None:
        inventory.warn_at(actor, uow, listing_id=listing_id, available=change.warn_at)
    is_paused = listing.state is ListingState.PAUSED
    if change.is_paused is not None and change.is_paused is not is_paused:
        turn = catalog.pause if change.is_paused else catalog.resume
        turn(actor, uow, listing_id=listing_id)
    return one(actor, uow.session, listing_id=listing_id)


def save(
    actor: Actor,
    uow: UnitOfWork,
    *,
    listing_id: ListingId,
    offering: OfferingChange,
    saying: Saying | None = None,
    counting: Counting | None = None,
) -> VendorListing:
    """Save a whole page about a listing, all of it or none: its product's words, its terms and its count."""
    if saying is not None:
        fsin = catalog.own_listing(actor, uow.session, listing_id=listing_id).fsin
        catalog.edit_product(actor, uow, fsin=fsin, words=saying.words, base_revision=saying.base_revision)
    changed = change(actor, uow, listing_id=listing_id, change=offering)
    if counting is None:
        return changed
    counted = inventory.set_on_hand(
        actor, uow, listing_id=listing_id, on_hand=counting.on_hand, expected_version=counting.expected_version
    )
    return VendorListing(changed.listing, changed.price, counted)


def close(actor: Actor, uow: UnitOfWork, *, listing_id: ListingId) -> VendorListing:
    """End a listing for good, once nobody waits for anything bought of it."""
    if orders.on_open_lines(uow.session, listing_ids=[listing_id]):
        catalog.own_listing(actor, uow.session, listing_id=listing_id)
        raise OpenOrders
    catalog.close(actor, uow, listing_id=listing_id)
    return one(actor, uow.session, listing_id=listing_id)


def remove_product(actor: Actor, uow: UnitOfWork, *, fsin: str) -> ProductView:
    """Take the store's listings of a product away, and the product itself when nobody else lists it."""
    own = catalog.own_listings(actor, uow.session, fsin=fsin, limit=len(Condition))
    if orders.on_open_lines(uow.session, listing_ids=[listing.id for listing in own.items]):
        raise OpenOrders
    return catalog.delete_product(actor, uow, fsin=fsin)


def one(actor: Actor, session: Session, *, listing_id: ListingId) -> VendorListing:
    """Show one listing of the actor's store."""
    return _completed(session, (catalog.own_listing(actor, session, listing_id=listing_id),))[0]


def page(
    actor: Actor,
    session: Session,
    *,
    states: Collection[ListingState] = (),
    text: str = "",
    fsin: str | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[VendorListing]:
    """Page through the listings of the actor's store with their prices and stock, newest first."""
    found = catalog.own_listings(actor, session, states=states, text=text, fsin=fsin, cursor=cursor, limit=limit)
    return Page(_completed(session, found.items), found.next_cursor)


def running_low(
    actor: Actor, session: Session, *, cursor: str | None = None, limit: int | None = None
) -> Page[VendorListing]:
    """Page through the active listings of the actor's store that are nearly sold out, newest first."""
    low = inventory.running_low(actor, session, cursor=cursor, limit=limit)
    only = [stock.listing_id for stock in low.items]
    found = catalog.own_listings(actor, session, only=only, limit=len(only) or None)
    return Page(_completed(session, found.items), low.next_cursor)


def _sell(actor: Actor, uow: UnitOfWork, product: ProductView, offering: Offering) -> VendorListing:
    listing = catalog.publish_listing(
        actor,
        uow,
        product_id=product.id,
        sku=offering.sku,
        condition=offering.condition,
        fulfillment=offering.fulfillment,
    )
    price = pricing.price(actor, uow, listing_id=listing.id, terms=offering.terms)
    stock = inventory.open_stock(uow, store_id=listing.store_id, listing_id=listing.id, on_hand=offering.on_hand)
    if offering.warn_at:
        stock = inventory.warn_at(actor, uow, listing_id=listing.id, available=offering.warn_at)
    return VendorListing(listing, price, stock)


def _completed(session: Session, listings: tuple[ListingView, ...]) -> tuple[VendorListing, ...]:
    ids = [listing.id for listing in listings]
    prices = pricing.prices(session, listing_ids=ids)
    stock = inventory.stock_of(session, listing_ids=ids)
    return tuple(VendorListing(listing, prices.get(listing.id), stock.get(listing.id)) for listing in listings)
