"""Commands on what lies on the shelf: opening, counting and adjusting it."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from marketplace import audit, events
from marketplace.inventory import policy, rules
from marketplace.inventory.errors import BadCount, PromisedAlready, StockChangedMeanwhile, StockNotFound
from marketplace.inventory.events import StockChanged
from marketplace.inventory.models import Location, Movement, Stock
from marketplace.inventory.service.moving import Step, move, move_and_tell
from marketplace.inventory.states import AdjustReason, CountStatus, MovementKind
from marketplace.inventory.views import Count, Counted, StockView
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import ListingId, LocationId, StoreId, new_uuid
from marketplace.kernel.rows import among, put_rows
from marketplace.kernel.work import UnitOfWork

MAIN_LOCATION = "Main"
OPENING = "opening stock"


def open_stock(uow: UnitOfWork, *, store_id: StoreId, listing_id: ListingId, on_hand: int) -> StockView:
    """Begin to keep stock for a listing: so many are there. Internal: the form and the import have asked."""
    _insist(on_hand)
    import_stock(uow, store_id=store_id, counts=[Count(listing_id, on_hand)])
    events.emit(uow, StockChanged(listing_ids=(listing_id,), store_ids=(store_id,)))
    return _fresh(uow, listing_id)


def import_stock(uow: UnitOfWork, *, store_id: StoreId, counts: Sequence[Count]) -> tuple[Counted, ...]:
    """Take in up to 500 counts of one store, each listing once; what would break a promise is refused.

    It emits nothing: the import says it once for the whole batch.
    """
    known = {stock.listing_id: stock for stock in _locked_many(uow, [count.listing_id for count in counts])}
    new = [count for count in counts if count.listing_id not in known]
    counted = tuple(_counted(count, known.get(count.listing_id)) for count in counts)
    changed = {one.listing_id for one in counted if one.status is CountStatus.CHANGED}
    _open(uow, new, store_id=store_id)
    steps = [
        Step(
            listing_id=count.listing_id,
            kind=MovementKind.ADJUST,
            on_hand=count.on_hand - known[count.listing_id].on_hand,
            reason="imported",
        )
        for count in counts
        if count.listing_id in changed
    ]
    move(uow, steps)
    return counted


def set_on_hand(
    actor: Actor, uow: UnitOfWork, *, listing_id: ListingId, on_hand: int, expected_version: int
) -> StockView:
    """Put what was counted in place of what was thought, if nothing has left or come in since the version named."""
    _insist(on_hand)
    stock = _locked(actor, uow, listing_id)
    permit(policy.can_count(actor, stock), "change this stock")
    if stock.version != expected_version:
        raise StockChangedMeanwhile(on_hand=stock.on_hand, version=stock.version)
    step = Step(listing_id=listing_id, kind=MovementKind.ADJUST, on_hand=on_hand - stock.on_hand, reason="counted")
    return _change(actor, uow, stock, step, deed="inventory.set_on_hand")


def adjust(
    actor: Actor, uow: UnitOfWork, *, listing_id: ListingId, kind: AdjustReason, quantity: int, reason: str = ""
) -> StockView:
    """Write down that units came in, were found, were lost, were damaged or were thrown away."""
    _insist(quantity)
    stock = _locked(actor, uow, listing_id)
    permit(policy.can_count(actor, stock), "change this stock")
    step = Step(
        listing_id=listing_id,
        kind=MovementKind(kind.value),
        on_hand=rules.SIGNS[kind] * quantity,
        reason=reason,
    )
    return _change(actor, uow, stock, step, deed="inventory.adjust")


def warn_at(actor: Actor, uow: UnitOfWork, *, listing_id: ListingId, available: int) -> StockView:
    """Settle from how few available units on the vendor is warned."""
    _insist(available)
    stock = _locked(actor, uow, listing_id)
    permit(policy.can_count(actor, stock), "change this stock")
    stock.warn_at = available
    uow.session.flush()
    return StockView.of(stock)


def _change(actor: Actor, uow: UnitOfWork, stock: Stock, step: Step, *, deed: str) -> StockView:
    after = stock.on_hand + step.on_hand
    if after < stock.promised:
        raise PromisedAlready(blocked=stock.promised)
    _insist(after)
    if step.on_hand == 0:
        return StockView.of(stock)
    audit.record(
        uow,
        actor,
        deed,
        step.listing_id,
        store_id=stock.store_id,
        before=stock.on_hand,
        after=after,
        reason=step.reason or None,
    )
    move_and_tell(uow, [step])
    return _fresh(uow, step.listing_id)


def _open(uow: UnitOfWork, counts: Sequence[Count], *, store_id: StoreId) -> None:
    if not counts:
        return
    location_id = _location(uow, store_id)
    rows = [
        {
            "listing_id": count.listing_id,
            "location_id": location_id,
            "store_id": store_id,
            "on_hand": count.on_hand,
            "reserved": 0,
            "allocated": 0,
            "warn_at": 0,
            "version": 1,
        }
        for count in counts
    ]
    put_rows(uow.session, Stock, rows)
    received = [_received(uow, count) for count in counts if count.on_hand]
    put_rows(uow.session, Movement, received)


def _received(uow: UnitOfWork, count: Count) -> dict[str, Any]:
    return {
        "id": new_uuid(),
        "listing_id": count.listing_id,
        "kind": MovementKind.RECEIVE,
        "on_hand": count.on_hand,
        "reserved": 0,
        "allocated": 0,
        "reason": OPENING,
        "moved_by": uow.asked_by,
        "moved_at": uow.now,
    }


def _location(uow: UnitOfWork, store_id: StoreId) -> LocationId:
    found = select(col(Location.id)).where(col(Location.store_id) == store_id)
    known: LocationId | None = uow.session.execute(found).scalar_one_or_none()
    if known is not None:
        return known
    put = insert(Location).values(id=new_uuid(), store_id=store_id, name=MAIN_LOCATION, created_at=uow.now)
    uow.session.execute(put.on_conflict_do_nothing(index_elements=["store_id"]))
    made: LocationId = uow.session.execute(found).scalar_one()
    return made


def _counted(count: Count, known: Stock | None) -> Counted:
    if known is None:
        return Counted(count.listing_id, CountStatus.OPENED)
    if count.on_hand < known.promised:
        return Counted(count.listing_id, CountStatus.REFUSED, blocked=known.promised)
    is_same = count.on_hand == known.on_hand
    return Counted(count.listing_id, CountStatus.UNCHANGED if is_same else CountStatus.CHANGED)


def _locked(actor: Actor, uow: UnitOfWork, listing_id: ListingId) -> Stock:
    found = select(Stock).where(col(Stock.listing_id) == listing_id, policy.visible(actor))
    locked = found.with_for_update(key_share=True).execution_options(populate_existing=True)
    stock: Stock | None = uow.session.execute(locked).scalar_one_or_none()
    if stock is None:
        raise StockNotFound
    return stock


def _locked_many(uow: UnitOfWork, listing_ids: Iterable[ListingId]) -> Sequence[Stock]:
    found = (
        select(Stock)
        .where(among(col(Stock.listing_id), set(listing_ids)))
        .order_by(col(Stock.listing_id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return uow.session.execute(found).scalars().all()


def _fresh(uow: UnitOfWork, listing_id: ListingId) -> StockView:
    found = select(Stock).where(col(Stock.listing_id) == listing_id).execution_options(populate_existing=True)
    return StockView.of(uow.session.execute(found).scalar_one())


def _insist(number: int) -> None:
    if not rules.is_count(number):
        raise BadCount(most=rules.MOST_ON_HAND)
