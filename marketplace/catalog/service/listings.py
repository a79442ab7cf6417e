"""Commands on listings: publishing, pausing and closing them, and what speaks against them."""

from sqlalchemy import select
from sqlmodel import col

from marketplace import audit, events
from marketplace.catalog import policy, rules
from marketplace.catalog.errors import BadListing, ListingNotFound, NotForSale, ProductNotFound
from marketplace.catalog.events import ListingDeactivated, ListingPublished
from marketplace.catalog.models import Listing, Product
from marketplace.catalog.states import (
    LISTING,
    Condition,
    Fulfillment,
    ListingAction,
    ListingReason,
    ListingState,
    ProductState,
)
from marketplace.catalog.views import ListingView
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import ListingId, ProductId
from marketplace.kernel.work import UnitOfWork


def publish_listing(
    actor: Actor,
    uow: UnitOfWork,
    *,
    product_id: ProductId,
    sku: str = "",
    condition: Condition = Condition.NEW,
    fulfillment: Fulfillment = Fulfillment.AGENT,
) -> ListingView:
    """Offer a product in the actor's store; without a SKU of its own the listing takes the product's number."""
    product = _product_to_list(actor, uow, product_id)
    store_id = policy.store_to_write(actor, "list products")
    permit(policy.can_list(actor, product), "list this product")
    if product.state is not ProductState.PUBLISHED:
        raise NotForSale(product.state)
    listing = Listing(
        product_id=product.id,
        store_id=store_id,
        sku=_good_sku(sku or product.fsin),
        condition=condition,
        fulfillment=fulfillment,
        state=LISTING.after(LISTING.initial, ListingAction.PUBLISH),
        reasons=[],
        is_live=True,
        created_at=uow.now,
        changed_at=uow.now,
    )
    uow.session.add(listing)
    uow.session.flush()
    audit.record(uow, actor, "catalog.publish_listing", listing.id, store_id=listing.store_id, after=_told(listing))
    _tell(uow, listing, was_live=False)
    return ListingView.of(listing, product)


def change_listing(
    actor: Actor, uow: UnitOfWork, *, listing_id: ListingId, sku: str, fulfillment: Fulfillment
) -> ListingView:
    """Change what the vendor calls the listing and how it reaches the buyer; its condition is what it is."""
    listing, product = _locked(actor, uow, listing_id)
    permit(policy.can_edit_listing(actor, listing), "change this listing")
    before = _told(listing)
    listing.sku, listing.fulfillment, listing.changed_at = _good_sku(sku), fulfillment, uow.now
    after = _told(listing)
    if before != after:
        uow.session.flush()
        audit.record(
            uow, actor, "catalog.change_listing", listing.id, store_id=listing.store_id, before=before, after=after
        )
    return ListingView.of(listing, product)


def pause(actor: Actor, uow: UnitOfWork, *, listing_id: ListingId) -> ListingView:
    """Take a listing out of the shop until it is resumed."""
    return _move(actor, uow, listing_id, ListingAction.PAUSE)


def resume(actor: Actor, uow: UnitOfWork, *, listing_id: ListingId) -> ListingView:
    """Bring a paused listing back, as far as nothing else speaks against it."""
    return _move(actor, uow, listing_id, ListingAction.RESUME)


def close(actor: Actor, uow: UnitOfWork, *, listing_id: ListingId) -> ListingView:
    """End a listing for good; its SKU is free again. Whether orders are open on it, the caller has asked."""
    return _move(actor, uow, listing_id, ListingAction.CLOSE)


def close_all(actor: Actor, uow: UnitOfWork, product: Product) -> None:
    """End every listing that the actor's store has of a product."""
    found = (
        select(Listing)
        .where(
            col(Listing.product_id) == product.id,
            col(Listing.store_id) == actor.store_id,
            col(Listing.state) != ListingState.CLOSED,
        )
        .order_by(col(Listing.id))
        .with_for_update(key_share=True)
    )
    for listing in uow.session.execute(found).scalars().all():
        _step(actor, uow, listing, ListingAction.CLOSE)


def add_reason(uow: UnitOfWork, *, listing_id: ListingId, reason: ListingReason) -> None:
    """Say that something speaks against a listing: it is not live until all that does is lifted."""
    listing = _alone(uow, listing_id)
    was_live = listing.is_live
    listing.add_reason(reason, at=uow.now)
    _tell(uow, listing, was_live=was_live)


def drop_reason(uow: UnitOfWork, *, listing_id: ListingId, reason: ListingReason) -> None:
    """Lift one of the reasons that speak against a listing."""
    listing = _alone(uow, listing_id)
    was_live = listing.is_live
    listing.drop_reason(reason, at=uow.now)
    _tell(uow, listing, was_live=was_live)


def _move(actor: Actor, uow: UnitOfWork, listing_id: ListingId, action: ListingAction) -> ListingView:
    listing, product = _locked(actor, uow, listing_id)
    permit(policy.can_edit_listing(actor, listing), f"{action} this listing")
    _step(actor, uow, listing, action)
    return ListingView.of(listing, product)


def _step(actor: Actor, uow: UnitOfWork, listing: Listing, action: ListingAction) -> None:
    before, was_live = listing.state, listing.is_live
    listing.move(action, at=uow.now)
    audit.record(
        uow,
        actor,
        f"catalog.{action}_listing",
        listing.id,
        store_id=listing.store_id,
        before=before,
        after=listing.state,
    )
    _tell(uow, listing, was_live=was_live)


def _tell(uow: UnitOfWork, listing: Listing, *, was_live: bool) -> None:
    uow.session.flush()
    if listing.is_live and not was_live:
        published = ListingPublished(listing_id=listing.id, product_id=listing.product_id, store_id=listing.store_id)
        events.emit(uow, published)
    if was_live and not listing.is_live:
        deactivated = ListingDeactivated(
            listing_id=listing.id,
            product_id=listing.product_id,
            store_id=listing.store_id,
            state=listing.state,
            reasons=tuple(listing.reasons),
        )
        events.emit(uow, deactivated)


def _product_to_list(actor: Actor, uow: UnitOfWork, product_id: ProductId) -> Product:
    found = select(Product).where(col(Product.id) == product_id, policy.visible(actor)).with_for_update(read=True)
    product: Product | None = uow.session.execute(found).scalar_one_or_none()
    if product is None:
        raise ProductNotFound
    return product


def _locked(actor: Actor, uow: UnitOfWork, listing_id: ListingId) -> tuple[Listing, Product]:
    """Lock a listing against whoever changes it, and not against whoever orders it: an order only refers to it."""
    found = (
        select(Listing, Product)
        .join(Product, col(Product.id) == col(Listing.product_id))
        .where(col(Listing.id) == listing_id, policy.own_listings(actor))
        .with_for_update(key_share=True, of=Listing)
    )
    row = uow.session.execute(found).one_or_none()
    if row is None:
        raise ListingNotFound
    return row[0], row[1]


def _alone(uow: UnitOfWork, listing_id: ListingId) -> Listing:
    found = select(Listing).where(col(Listing.id) == listing_id).with_for_update(key_share=True)
    listing: Listing | None = uow.session.execute(found).scalar_one_or_none()
    if listing is None:
        raise ListingNotFound
    return listing


def _good_sku(sku: str) -> str:
    problems = rules.sku_problems(sku)
    if problems:
        raise BadListing(problems)
    return sku


def _told(listing: Listing) -> dict[str, str]:
    return {
        "sku": listing.sku,
        "condition": listing.condition,
        "fulfillment": listing.fulfillment,
        "state": listing.state,
    }
