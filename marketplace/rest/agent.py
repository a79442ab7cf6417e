"""The agent's round: stops, the door, and the cash he carries."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel

from marketplace import delivery
from marketplace.delivery import CashView, DoorView, WrongCode
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import StopId
from marketplace.rest.caller import Caller, Told
from marketplace.rest.errors import problem_of
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Router
from marketplace.rest.shapes.base import Listed
from marketplace.rest.shapes.delivery import (
    CashAsked,
    CashInHand,
    CashWish,
    DeliveryWish,
    FailureWish,
    HandOver,
    HandOverWish,
    Stop,
)

router = Router(prefix="/agent", tags=["agent"])

WEEK: Final = 7
SHOWN_WHEN_DONE: Final = timedelta(hours=24)


@router.get("/stops", access=Permission.ROUND_WORK, returns=Listed[Stop])
def stops(caller: Caller, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Listed[Stop]:
    """List the round: what is to be done, then what was done in the last day."""
    since = caller.house.db.now() - SHOWN_WHEN_DONE
    page = caller.read(delivery.paged_stops, since=since, limit=limit, cursor=cursor).map(Stop.of)
    return Listed[Stop](items=page.items, next_cursor=page.next_cursor)


@router.get("/stops/{stop_id}", access=Permission.ROUND_WORK, returns=Stop)
def stop(caller: Caller, stop_id: UUID) -> Stop:
    """Show one stop."""
    return Stop.of(caller.read(delivery.stop, stop_id=StopId(stop_id)))


@router.post("/stops/{stop_id}/pickup", access=Permission.ROUND_WORK, returns=Stop, once=WEEK)
def pick_up(caller: Caller, stop_id: UUID) -> Response:
    """Take the parcel from the vendor, or take it out again after a failed attempt."""
    return caller.once(delivery.pick_up, Stop.of, stop_id=StopId(stop_id))


@router.post("/stops/{stop_id}/deliver", access=Permission.ROUND_WORK, returns=Stop, once=WEEK)
def deliver(caller: Caller, stop_id: UUID, wish: DeliveryWish) -> Response:
    """Hand the parcel over, against the buyer's code or a photo."""

    def printed(door: DoorView) -> BaseModel | Told:
        if door.was_code_wrong:
            return Told(422, problem_of(WrongCode(door.stop.code_tries_left), locale=caller.locale))
        return Stop.of(door.stop)

    return caller.once(delivery.deliver, printed, stop_id=StopId(stop_id), evidence=wish.proof.evidence())


@router.post("/stops/{stop_id}/cash", access=Permission.ROUND_WORK, returns=Stop, once=WEEK, also={202: CashAsked})
def collect_cash(caller: Caller, stop_id: UUID, wish: CashWish) -> Response:
    """Take the exact sum; another one becomes a question to the dispatcher (202)."""
    return caller.once(delivery.collect_cash, _cash, stop_id=StopId(stop_id), amount=wish.amount.amount())


@router.post("/stops/{stop_id}/fail", access=Permission.ROUND_WORK, returns=Stop, once=WEEK)
def fail(caller: Caller, stop_id: UUID, wish: FailureWish) -> Response:
    """Say that the parcel could not be handed over; after the last attempt it goes back."""
    return caller.once(delivery.fail, Stop.of, stop_id=StopId(stop_id), reason=wish.reason)


@router.get("/cash", access=Permission.ROUND_WORK, returns=CashInHand)
def cash(caller: Caller) -> CashInHand:
    """Show the cash in hand."""
    return CashInHand.of(caller.read(delivery.cash_in_hand, at=caller.house.db.now()))


@router.post("/hand-overs", access=Permission.ROUND_WORK, returns=HandOver, status=201, once=WEEK)
def hand_over(caller: Caller, wish: HandOverWish) -> Response:
    """Bring in everything, and say how much it is."""
    return caller.once(delivery.hand_over, HandOver.of, counted=wish.counted.amount(), note=wish.note)


def _cash(view: CashView) -> BaseModel | Told:
    if view.exception_id is None:
        return Stop.of(view.stop)
    return Told(202, CashAsked(exception_id=view.exception_id, stop=Stop.of(view.stop)))
