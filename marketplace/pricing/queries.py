"""Reads of pricing."""

from collections.abc import Collection, Iterable
from itertools import groupby

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace.kernel.ids import ListingId
from marketplace.kernel.rows import among
from marketplace.pricing.models import Price, PriceTier
from marketplace.pricing.rules import Terms, Tier
from marketplace.pricing.views import PriceView


def terms(session: Session, *, listing_ids: Collection[ListingId]) -> dict[ListingId, Terms]:
    """Give what listings are sold for; a listing without a price is left out."""
    return {listing_id: view.terms for listing_id, view in prices(session, listing_ids=listing_ids).items()}


def prices(session: Session, *, listing_ids: Collection[ListingId]) -> dict[ListingId, PriceView]:
    """Give the prices of listings with their versions, for who is about to change them."""
    if not listing_ids:
        return {}
    priced = select(Price).where(among(col(Price.listing_id), listing_ids)).execution_options(populate_existing=True)
    stepped = (
        select(PriceTier)
        .where(among(col(PriceTier.listing_id), listing_ids))
        .order_by(col(PriceTier.listing_id), col(PriceTier.min_quantity))
        .execution_options(populate_existing=True)
    )
    tiers = _by_listing(session.execute(stepped).scalars())
    return {
        price.listing_id: PriceView.of(price, tiers.get(price.listing_id, ()))
        for price in session.execute(priced).scalars()
    }


def _by_listing(rows: Iterable[PriceTier]) -> dict[ListingId, tuple[Tier, ...]]:
    return {
        listing_id: tuple(Tier(row.min_quantity, row.discount_ppm) for row in of_one)
        for listing_id, of_one in groupby(rows, key=lambda row: row.listing_id)
    }
