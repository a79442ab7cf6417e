"""The page of one product: what is said of it, and who offers it."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace import catalog, identity, inventory, media, pricing, rates
from marketplace.catalog.models import Listing
from marketplace.identity.models import StoreStanding
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import ProductId
from marketplace.search import policy
from marketplace.search.views import OfferView, ProductPage


def product_page(actor: Actor, session: Session, *, fsin: str, at: datetime) -> ProductPage:
    """A product with its offers: the one shown first, and the others, cheapest first with delivery.

    An offer that cannot be bought is never shown first; `why_no_offer` says why there is none.
    """
    policy.ask_to_look(actor)
    product = catalog.product_by_fsin(actor, session, fsin=fsin)
    offers = _offers(session, product.id, at)
    pictures = media.public_urls(session, product.images)
    featured = next((offer for offer in offers if offer.can_be_bought), None)
    return ProductPage(
        product=product,
        featured=featured,
        others=tuple(offer for offer in offers if offer is not featured),
        why_no_offer=None if featured else ("out_of_stock" if offers else "not_sold"),
        images=tuple(pictures[image] for image in product.images if image in pictures),
    )


def _offers(session: Session, product_id: ProductId, at: datetime) -> list[OfferView]:
    live = (
        select(Listing)
        .join(StoreStanding, col(StoreStanding.store_id) == col(Listing.store_id))
        .where(col(Listing.product_id) == product_id, col(Listing.is_live), col(StoreStanding.is_live))
    )
    listings = session.execute(live).scalars().all()
    listing_ids = [listing.id for listing in listings]
    store_ids = {listing.store_id for listing in listings}
    terms = pricing.terms(session, listing_ids=listing_ids)
    available = inventory.available(session, listing_ids=listing_ids)
    stores = identity.stores_by_id(session, ids=store_ids)
    promises = rates.promise(session, store_ids=store_ids, at=at)
    delivery = rates.delivery_terms(session, store_ids=store_ids)
    offers = [
        OfferView(
            listing_id=listing.id,
            store_id=listing.store_id,
            store_name=stores[listing.store_id].name,
            store_slug=stores[listing.store_id].slug,
            condition=listing.condition,
            fulfillment=listing.fulfillment,
            terms=terms[listing.id],
            available=available.get(listing.id, 0),
            shipping=rates.shipping(delivery[listing.store_id], terms[listing.id].price),
            free_over=delivery[listing.store_id].free_over,
            promise=promises[listing.store_id],
        )
        for listing in listings
        if listing.id in terms
    ]
    return sorted(offers, key=_rank)


def _rank(offer: OfferView) -> tuple[bool, bool, int, str]:
    """Goods that are there before others, new before used, then the lowest price with delivery."""
    is_used = offer.condition is not catalog.Condition.NEW
    return (not offer.can_be_bought, is_used, offer.together.minor, str(offer.listing_id))
