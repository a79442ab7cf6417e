"""Reads of inventory."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from marketplace.catalog import ListingState
from marketplace.catalog.models import Listing
from marketplace.inventory import policy
from marketplace.inventory.errors import StockNotFound
from marketplace.inventory.models import Movement, Stock
from marketplace.inventory.views import MovementView, StockView
from marketplace.kernel import pages
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import ListingId
from marketplace.kernel.pages import Page
from marketplace.kernel.rows import among


def available(session: Session, *, listing_ids: Collection[ListingId]) -> dict[ListingId, int]:
    """Tell how many of each listing may be sold now; a listing without stock is left out."""
    if not listing_ids:
        return {}
    found = select(col(Stock.listing_id), col(Stock.on_hand) - col(Stock.reserved) - col(Stock.allocated)).where(
        among(col(Stock.listing_id), listing_ids)
    )
    return dict(session.execute(found).all())


def stock_of(session: Session, *, listing_ids: Collection[ListingId]) -> dict[ListingId, StockView]:
    """Give the stock of listings, for slices and pages that have asked who may see them."""
    if not listing_ids:
        return {}
    found = select(Stock).where(among(col(Stock.listing_id), listing_ids)).execution_options(populate_existing=True)
    return {stock.listing_id: StockView.of(stock) for stock in session.execute(found).scalars()}


def stock(actor: Actor, session: Session, *, listing_id: ListingId) -> StockView:
    """Give the stock of one listing of the actor's store."""
    found = select(Stock).where(col(Stock.listing_id) == listing_id, policy.visible(actor))
    row = session.execute(found.execution_options(populate_existing=True)).scalar_one_or_none()
    if row is None:
        raise StockNotFound
    return StockView.of(row)


def running_low(
    actor: Actor, session: Session, *, cursor: str | None = None, limit: int | None = None
) -> Page[StockView]:
    """Page through what is nearly sold out of the actor's active listings, the newest listing first."""
    size = pages.clamp(limit)
    found = (
        _low(actor)
        .with_only_columns(Stock)
        .order_by(col(Stock.listing_id).desc())
        .limit(size + 1)
        .execution_options(populate_existing=True)
    )
    if cursor is not None:
        found = found.where(col(Stock.listing_id) < pages.id_in(cursor))
    views = [StockView.of(stock) for stock in session.execute(found).scalars()]
    return Page.of(views, limit=size, key=lambda stock: (str(stock.listing_id),))


def count_running_low(actor: Actor, session: Session) -> int:
    """Count what is nearly sold out of the actor's active listings."""
    return int(session.execute(_low(actor).with_only_columns(func.count())).scalar_one())


def movements(
    actor: Actor, session: Session, *, listing_id: ListingId, cursor: str | None = None, limit: int | None = None
) -> Page[MovementView]:
    """Page through what moved the stock of one listing, newest first; refuses one of another store."""
    stock(actor, session, listing_id=listing_id)
    size = pages.clamp(limit)
    found = (
        select(Movement).where(col(Movement.listing_id) == listing_id).order_by(col(Movement.id).desc()).limit(size + 1)
    )
    if cursor is not None:
        found = found.where(col(Movement.id) < pages.id_in(cursor))
    views = [MovementView.of(movement) for movement in session.execute(found).scalars()]
    return Page.of(views, limit=size, key=lambda movement: (str(movement.id),))


def _low(actor: Actor) -> Select[*tuple[Any, ...]]:
    left = col(Stock.on_hand) - col(Stock.reserved) - col(Stock.allocated)
    return (
        select(Stock)
        .join(Listing, col(Listing.id) == col(Stock.listing_id))
        .where(policy.visible(actor), col(Listing.state) == ListingState.ACTIVE, left <= col(Stock.warn_at))
    )
