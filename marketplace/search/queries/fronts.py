"""The front of one shop: the products it sells, at its own terms."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace import inventory, pricing, rates
from marketplace.catalog import Condition
from marketplace.catalog.models import Listing, Product
from marketplace.identity import StoreView
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import ListingId
from marketplace.kernel.rows import among
from marketplace.pricing import Terms
from marketplace.rates import DeliveryTerms
from marketplace.search import policy
from marketplace.search.rules import FAST_WITHIN_DAYS, LOW_STOCK
from marketplace.search.states import Availability, Badge
from marketplace.search.views import CardView


def as_sold_by(actor: Actor, session: Session, *, store: StoreView, cards: Sequence[CardView]) -> tuple[CardView, ...]:
    """The same products as one store sells them: its price, its stock, its name.

    A card is written of the offer that is shown first, whoever makes it; a shop's front shows no other's.
    """
    policy.ask_to_look(actor)
    own = _own_listings(session, store, [card.fsin for card in cards])
    terms = pricing.terms(session, listing_ids=own.values())
    available = inventory.available(session, listing_ids=own.values())
    delivery = rates.delivery_terms(session, store_ids={store.id})[store.id]
    return tuple(
        _sold(card, store, own[card.fsin], terms[own[card.fsin]], available.get(own[card.fsin], 0), delivery)
        if own.get(card.fsin) in terms
        else card
        for card in cards
    )


def _sold(
    card: CardView, store: StoreView, listing_id: ListingId, terms: Terms, available: int, delivery: DeliveryTerms
) -> CardView:
    is_reduced = terms.list_price is not None and terms.list_price.minor > terms.price.minor
    badges = {
        Badge.FAST: delivery.handling_days + delivery.transit_days <= FAST_WITHIN_DAYS,
        Badge.REDUCED: is_reduced,
        Badge.VOLUME: bool(terms.tiers),
    }
    return replace(
        card,
        price=terms.price,
        list_price=terms.list_price,
        listing_id=listing_id,
        store_name=store.name,
        store_slug=store.slug,
        badges=tuple(badge.value for badge, holds in badges.items() if holds),
        availability=_availability(available, terms),
    )


def _availability(available: int, terms: Terms) -> Availability:
    if available < terms.min_quantity:
        return Availability.OUT_OF_STOCK
    return Availability.LOW_STOCK if available <= LOW_STOCK else Availability.IN_STOCK


def _own_listings(session: Session, store: StoreView, fsins: Collection[str]) -> dict[str, ListingId]:
    """The live listing of each product; the new one where the store sells several conditions of it."""
    if not fsins:
        return {}
    found = (
        select(col(Product.fsin), col(Listing.id))
        .join(Listing, col(Listing.product_id) == col(Product.id))
        .where(among(col(Product.fsin), fsins), col(Listing.store_id) == store.id, col(Listing.is_live))
        .order_by(col(Listing.condition) == Condition.NEW, col(Listing.id).desc())
    )
    return dict(session.execute(found).all())
