"""Commands on reservations: internal, for whoever stands above and has asked who may."""

from collections.abc import Callable, Collection, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import ARRAY, Row, Uuid, bindparam, func, select, update
from sqlmodel import col

from marketplace.inventory import rules
from marketplace.inventory.errors import NotReserved
from marketplace.inventory.models import Reservation, Stock
from marketplace.inventory.service.moving import Step, move_and_tell, reserve_and_tell
from marketplace.inventory.states import RESERVATION, MovementKind, ReservationAction, ReservationState
from marketplace.inventory.views import Reserved, Short, Want
from marketplace.kernel.frozen import Frozen, frozen
from marketplace.kernel.ids import ListingId, OrderLineId, ReservationId, new_uuid
from marketplace.kernel.rows import among, padded
from marketplace.kernel.work import UnitOfWork

Held = Row[tuple[ReservationId, ListingId, OrderLineId, int, int, ReservationState]]


def reserve(uow: UnitOfWork, *, wants: Sequence[Want]) -> Reserved:
    """Set units aside for order lines, as far as they are there; nobody else can take them meanwhile.

    The stock is locked in the order of its identity, so that two carts with the same things wait instead of
    blocking each other. Whoever wants all or nothing refuses when something is short, and the unit takes it all back.
    """
    if not wants:
        return Reserved((), ())
    left = _lock_stock(uow, {want.listing_id for want in wants})
    met = rules.meet([(want.listing_id, want.quantity) for want in wants], left)
    taken = tuple(want for want, fits in zip(wants, met, strict=True) if fits)
    short = tuple(
        Short(want.listing_id, want.quantity, left.get(want.listing_id, 0), want.holder_id)
        for want, fits in zip(wants, met, strict=True)
        if not fits
    )
    if taken:
        reserve_and_tell(uow, [_reserving(want) for want in taken])
    return Reserved(taken, short)


def hold_still(uow: UnitOfWork, *, holder_ids: Collection[OrderLineId]) -> None:
    """Lock the stock of these lines in the one order of everybody: for whoever settles them by several commands."""
    _lock_held(uow, holder_ids)


def convert(uow: UnitOfWork, *, holder_ids: Collection[OrderLineId]) -> None:
    """Promise reserved units to the order that the vendor has accepted; refuses where one is not reserved any more."""
    held = _lock_held(uow, holder_ids)
    _insist(held, holder_ids, ReservationAction.CONVERT)
    _settle(uow, held, ReservationAction.CONVERT, _allocating)


def consume(uow: UnitOfWork, *, holder_ids: Collection[OrderLineId]) -> None:
    """Let promised units leave the shelf: they have been picked up."""
    held = _lock_held(uow, holder_ids)
    _insist(held, holder_ids, ReservationAction.CONSUME)
    _settle(uow, held, ReservationAction.CONSUME, _shipping)


def release(uow: UnitOfWork, *, holder_ids: Collection[OrderLineId], expired: bool = False) -> frozenset[OrderLineId]:
    """Let units go that were set aside or promised; tells whose. What is free or gone already stays as it is."""
    held = [row for row in _lock_held(uow, holder_ids) if RESERVATION.allows(row.state, ReservationAction.RELEASE)]
    waiting = [row for row in held if expired and row.state is ReservationState.ACTIVE]
    _settle(uow, waiting, ReservationAction.EXPIRE, _releasing)
    _settle(uow, [row for row in held if row not in waiting], ReservationAction.RELEASE, _releasing)
    return frozenset(row.holder_id for row in held)


def take_back(uow: UnitOfWork, *, wants: Sequence[Want]) -> None:
    """Put units that had left back on the shelf, once the vendor has them again; never more than had left."""
    held = {row.holder_id: row for row in _lock_held(uow, {want.holder_id for want in wants})}
    gone = [want for want in wants if want.holder_id in held and _has_left(held[want.holder_id])]
    if len(gone) != len(wants):
        raise NotReserved(wanted="taken back", missing=len(wants) - len(gone))
    returned = [
        {"id": held[want.holder_id].id, "returned": held[want.holder_id].returned + want.quantity} for want in wants
    ]
    if returned:
        uow.session.execute(update(Reservation), returned)
    move_and_tell(
        uow,
        [
            Step(
                listing_id=want.listing_id,
                kind=MovementKind.RETURN_RECEIVE,
                on_hand=want.quantity,
                holder_id=want.holder_id,
            )
            for want in wants
        ],
    )


def _lock_stock(uow: UnitOfWork, listing_ids: Collection[ListingId]) -> dict[ListingId, int]:
    return dict(_available_locked().run(uow.session, {"ids": padded(listing_ids)}).all())


@cache
def _available_locked() -> Frozen:
    found = (
        select(col(Stock.listing_id), col(Stock.on_hand) - col(Stock.reserved) - col(Stock.allocated))
        .where(col(Stock.listing_id) == func.any(bindparam("ids", type_=ARRAY(Uuid))))
        .order_by(col(Stock.listing_id))
        .with_for_update(key_share=True)
    )
    return frozen(found)


def _lock_held(uow: UnitOfWork, holder_ids: Collection[OrderLineId]) -> Sequence[Held]:
    if not holder_ids:
        return ()
    found = (
        select(
            col(Reservation.id),
            col(Reservation.listing_id),
            col(Reservation.holder_id),
            col(Reservation.quantity),
            col(Reservation.returned),
            col(Reservation.state),
        )
        .join(Stock, col(Stock.listing_id) == col(Reservation.listing_id))
        .where(among(col(Reservation.holder_id), holder_ids))
        .order_by(col(Reservation.listing_id), col(Reservation.id))
        .with_for_update(key_share=True, of=[Reservation, Stock])
    )
    return uow.session.execute(found).all()


_DONE: Final = {ReservationAction.CONVERT: "promised", ReservationAction.CONSUME: "handed over"}


def _insist(held: Sequence[Held], holder_ids: Collection[OrderLineId], action: ReservationAction) -> None:
    open_to_it = sum(RESERVATION.allows(row.state, action) for row in held)
    missing = len(set(holder_ids)) - open_to_it
    if missing:
        raise NotReserved(wanted=_DONE[action], missing=missing)


def _settle(uow: UnitOfWork, held: Sequence[Held], action: ReservationAction, step: Callable[[Held], Step]) -> None:
    if not held:
        return
    settled: dict[str, Any] = {"state": RESERVATION.after(held[0].state, action), "settled_at": uow.now}
    found = among(col(Reservation.id), [row.id for row in held])
    uow.session.execute(update(Reservation).where(found).values(**settled).execution_options(synchronize_session=False))
    move_and_tell(uow, [step(row) for row in held])


def _reserving(want: Want) -> Step:
    return Step(
        listing_id=want.listing_id,
        kind=MovementKind.RESERVE,
        reserved=want.quantity,
        holder_id=want.holder_id,
        reservation_id=ReservationId(new_uuid()),
    )


def _allocating(held: Held) -> Step:
    return Step(
        listing_id=held.listing_id,
        kind=MovementKind.ALLOCATE,
        reserved=-held.quantity,
        allocated=held.quantity,
        holder_id=held.holder_id,
    )


def _shipping(held: Held) -> Step:
    return Step(
        listing_id=held.listing_id,
        kind=MovementKind.SHIP,
        on_hand=-held.quantity,
        allocated=-held.quantity,
        holder_id=held.holder_id,
    )


def _releasing(held: Held) -> Step:
    is_waiting = held.state is ReservationState.ACTIVE
    return Step(
        listing_id=held.listing_id,
        kind=MovementKind.RELEASE,
        reserved=-held.quantity if is_waiting else 0,
        allocated=0 if is_waiting else -held.quantity,
        holder_id=held.holder_id,
    )


def _has_left(held: Held) -> bool:
    return held.state is ReservationState.CONSUMED
