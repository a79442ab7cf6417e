"""Hand-overs: cash that agents bring, counted blind."""

from typing import Final
from uuid import UUID

from fastapi import Response

from marketplace import delivery
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import HandOverId
from marketplace.rest.caller import Caller
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Router
from marketplace.rest.shapes.base import Listed
from marketplace.rest.shapes.delivery import ClearWish, CountWish, HandOver

router = Router(prefix="/dispatch/hand-overs", tags=["hand-overs"])

WEEK: Final = 7


@router.get("", access=Permission.CASH_COUNT, returns=Listed[HandOver])
def hand_overs(
    caller: Caller, *, only_open: bool = False, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Listed[HandOver]:
    """List what was brought, newest first; no sum of one is said to whoever may still count it."""
    page = caller.read(delivery.hand_overs, only_open=only_open, limit=limit, cursor=cursor)
    return Listed[HandOver](items=tuple(HandOver.of(one) for one in page.items), next_cursor=page.next_cursor)


@router.post("/{hand_over_id}/accept", access=Permission.CASH_COUNT, returns=HandOver, once=WEEK)
def accept(caller: Caller, hand_over_id: UUID, wish: CountWish) -> Response:
    """Count what was brought; a difference over the tolerance is looked into."""
    return caller.once(
        delivery.accept_hand_over,
        HandOver.of,
        hand_over_id=HandOverId(hand_over_id),
        counted=wish.counted.amount(),
    )


@router.post("/{hand_over_id}/clear", access=Permission.CASH_COUNT, returns=HandOver, once=WEEK)
def clear(caller: Caller, hand_over_id: UUID, wish: ClearWish) -> Response:
    """End the looking into with a second person's count."""
    return caller.once(
        delivery.clear_hand_over,
        HandOver.of,
        hand_over_id=HandOverId(hand_over_id),
        counted=wish.counted.amount(),
        note=wish.note,
    )
