"""Reads of carts, and of everything that prices one: in few statements, whatever the number of lines."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, and_, bindparam, case, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from marketplace import flags, rates, taxes
from marketplace.cart import policy, quoting
from marketplace.cart.models import Cart, CartLine
from marketplace.cart.policy import Owner
from marketplace.cart.quoting import PriceBook
from marketplace.cart.rules import Offered, Priced, Vendor, Version, Wanted
from marketplace.cart.views import QuoteView, quote_view
from marketplace.catalog.models import Category, Listing, Product
from marketplace.flags import Limit
from marketplace.identity.models import Store, StoreStanding
from marketplace.inventory.models import Stock
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor
from marketplace.kernel.frozen import Frozen, documents, frozen
from marketplace.kernel.ids import CartId, ListingId, ProductId, StoreId
from marketplace.kernel.money import Money
from marketplace.kernel.rows import padded
from marketplace.pricing import Terms, Tier
from marketplace.pricing.models import Price, PriceTier
from marketplace.rates import DeliveryTerms
from marketplace.rates.models import ShippingProfile


@dataclass(frozen=True, slots=True)
class Contents:
    """A cart as it is kept: its lines in the buyer's order, and what he was last told of them."""

    cart_id: CartId | None
    wanted: tuple[Wanted, ...]
    quoted: dict[str, Any] | None


EMPTY = Contents(None, (), None)


def quote(actor: Actor, session: Session, *, now: datetime) -> QuoteView:
    """Price the actor's cart as things stand; changes nothing."""
    owner = policy.reader(actor)
    found = EMPTY if owner == policy.NOBODY else contents(session, owner=owner)
    priced = quoting.price(found.wanted, price_book(session, wanted=found.wanted, buyer=owner.store_id, now=now))
    return shown(session, priced, cart_id=found.cart_id, now=now)


def count(actor: Actor, session: Session) -> int:
    """Count the things in the actor's cart, for the badge on every page; who can have no cart has nothing in it."""
    if not policy.can_own(actor):
        return 0
    found = (
        select(func.count())
        .select_from(CartLine)
        .join(Cart, and_(col(Cart.id) == col(CartLine.cart_id), policy.own_cart(policy.owner(actor))))
    )
    counted: int = session.execute(found).scalar_one()
    return counted


def contents(session: Session, *, owner: Owner, lock: bool = False) -> Contents:
    """Read a cart with its lines, in one statement; locked for who is about to change or to order it.

    Whoever had to wait for the lock has the cart as it is now, but the lines of before he waited: he reads once more.
    """
    found = _contents(of_store=owner.store_id is not None, lock=lock)
    asked = {"owner": owner.store_id or owner.device_id}
    row = found.run(session, asked).one_or_none()
    if row is not None and row.version != row.version_of_lines:
        row = found.run(session, asked).one()
    if row is None:
        return EMPTY
    cart_id, quoted, rows, *_versions = row
    wanted = tuple(Wanted(ListingId(UUID(listing)), quantity, seen) for listing, quantity, seen in rows or ())
    return Contents(cart_id, wanted, quoted)


def price_book(session: Session, *, wanted: Collection[Wanted], buyer: StoreId | None, now: datetime) -> PriceBook:
    """Read everything that prices these lines."""
    return PriceBook(
        offers=offers(session, listing_ids=[one.listing_id for one in wanted]),
        taxes=taxes.book(session, at=now),
        currency=profile.chosen().currency,
        buyer=buyer,
    )


def offers(session: Session, *, listing_ids: Collection[ListingId]) -> dict[ListingId, Offered]:
    """Read listings as they are offered now: content, vendor, standing, terms, stock and delivery, in one statement."""
    if not listing_ids:
        return {}
    rows = _offers().run(session, {"ids": padded(listing_ids)}).scalars()
    vendors: dict[str, Vendor] = {}
    offered = (_offered(row, vendors.setdefault(row["store_id"], _vendor(row))) for row in rows)
    return {one.listing_id: one for one in offered}


def shown(session: Session, priced: Priced, *, cart_id: CartId | None, now: datetime, coupons: int = 0) -> QuoteView:
    """Show a priced cart under a fresh version, with the days it is promised for."""
    minutes = flags.limit(session, Limit.QUOTE_VALID_MINUTES, at=now)
    version = Version(priced.digest, now.replace(microsecond=0) + timedelta(minutes=minutes))
    calendar = rates.calendar()
    promises = {
        group.vendor.id: rates.promise_days(
            group.vendor.delivery, at=now, time_zone=group.vendor.time_zone, calendar=calendar
        )
        for group in priced.groups
    }
    return quote_view(
        priced,
        cart_id=cart_id,
        version=version,
        promises=promises,
        tax_is_inside=profile.chosen().prices_include_tax,
        warnings=quoting.coupon_notices(coupons),
    )


@cache
def _contents(*, of_store: bool, lock: bool) -> Frozen:
    lines = (
        select(
            func.jsonb_agg(
                aggregate_order_by(
                    func.jsonb_build_array(col(CartLine.listing_id), col(CartLine.quantity), col(CartLine.seen_minor)),
                    col(CartLine.position),
                )
            )
        )
        .where(col(CartLine.cart_id) == col(Cart.id))
        .scalar_subquery()
    )
    seen = aliased(Cart)
    version_of_lines = select(col(seen.version)).where(col(seen.id) == col(Cart.id)).scalar_subquery()
    whose = col(Cart.store_id) if of_store else col(Cart.device_id)
    active = col(Cart.state) == literal_column("'active'")
    found = select(
        col(Cart.id), col(Cart.quote), lines, col(Cart.version), version_of_lines.label("version_of_lines")
    ).where(whose == bindparam("owner"), active)
    return frozen(found.with_for_update(of=Cart) if lock else found)


@cache
def _offers() -> Frozen:
    found = (
        select(*_listing_columns(), *_vendor_columns(), *_terms_columns())
        .join(Product, col(Product.id) == col(Listing.product_id))
        .join(Category, col(Category.id) == col(Product.category_id))
        .join(Store, col(Store.id) == col(Listing.store_id))
        .join(StoreStanding, col(StoreStanding.store_id) == col(Store.id))
        .outerjoin(Price, col(Price.listing_id) == col(Listing.id))
        .outerjoin(Stock, col(Stock.listing_id) == col(Listing.id))
        .outerjoin(ShippingProfile, col(ShippingProfile.store_id) == col(Store.id))
        .where(col(Listing.id) == func.any(bindparam("ids", type_=ARRAY(Uuid))))
    )
    return documents(found)


def _listing_columns() -> tuple[Any, ...]:
    is_sold = and_(col(Listing.is_live), col(Product.state) == literal_column("'published'"))
    return (
        col(Listing.id).label("listing_id"),
        col(Listing.product_id),
        col(Listing.sku),
        is_sold.label("is_sold"),
        col(Product.fsin),
        col(Product.title),
        col(Product.title_ar),
        col(Product.images)[0].astext.label("image"),
        col(Category.path).label("category"),
        (col(Stock.on_hand) - col(Stock.reserved) - col(Stock.allocated)).label("available"),
    )


def _vendor_columns() -> tuple[Any, ...]:
    return (
        col(Store.id).label("store_id"),
        col(Store.name).label("store_name"),
        col(Store.slug).label("store_slug"),
        col(Store.time_zone),
        case((col(Store.can_sell), col(StoreStanding.is_live)), else_=False).label("store_is_live"),
        col(ShippingProfile.flat_minor),
        col(ShippingProfile.free_over_minor),
        col(ShippingProfile.currency).label("shipping_currency"),
        col(ShippingProfile.handling_days),
        col(ShippingProfile.transit_days),
    )


def _terms_columns() -> tuple[Any, ...]:
    tiers = (
        select(
            func.jsonb_agg(
                aggregate_order_by(
                    func.jsonb_build_array(col(PriceTier.min_quantity), col(PriceTier.discount_ppm)),
                    col(PriceTier.min_quantity),
                )
            )
        )
        .where(col(PriceTier.listing_id) == col(Listing.id))
        .scalar_subquery()
    )
    return (
        col(Price.price_minor),
        col(Price.list_price_minor),
        col(Price.currency),
        col(Price.min_quantity),
        col(Price.max_quantity),
        col(Price.quantity_step),
        tiers.label("tiers"),
    )


def _vendor(row: Mapping[str, Any]) -> Vendor:
    return Vendor(
        id=StoreId(UUID(row["store_id"])),
        name=row["store_name"],
        slug=row["store_slug"],
        time_zone=row["time_zone"],
        is_live=row["store_is_live"],
        delivery=_delivery(row),
    )


def _delivery(row: Mapping[str, Any]) -> DeliveryTerms:
    currency = row["shipping_currency"]
    if currency is None:
        return rates.house_terms(profile.chosen().currency)
    free_over = row["free_over_minor"]
    return DeliveryTerms(
        flat=Money(row["flat_minor"], currency),
        free_over=None if free_over is None else Money(free_over, currency),
        handling_days=row["handling_days"],
        transit_days=row["transit_days"],
    )


def _offered(row: Mapping[str, Any], vendor: Vendor) -> Offered:
    return Offered(
        listing_id=ListingId(UUID(row["listing_id"])),
        product_id=ProductId(UUID(row["product_id"])),
        fsin=row["fsin"],
        title=row["title"],
        title_ar=row["title_ar"],
        sku=row["sku"],
        image=row["image"],
        category=row["category"],
        vendor=vendor,
        is_live=row["is_sold"],
        terms=_terms(row),
        available=row["available"] or 0,
    )


def _terms(row: Mapping[str, Any]) -> Terms | None:
    if row["price_minor"] is None:
        return None
    list_price = row["list_price_minor"]
    return Terms(
        price=Money(row["price_minor"], row["currency"]),
        list_price=None if list_price is None else Money(list_price, row["currency"]),
        tiers=tuple(Tier(least, discount) for least, discount in row["tiers"] or ()),
        min_quantity=row["min_quantity"],
        max_quantity=row["max_quantity"],
        quantity_step=row["quantity_step"],
    )
