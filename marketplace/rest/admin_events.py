"""What did not go through, for those who look after the house."""

from uuid import UUID

from marketplace import events, ops
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import EventId
from marketplace.rest.caller import Caller
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Router
from marketplace.rest.shapes.base import Listed
from marketplace.rest.shapes.events import DeadLetter, Replayed

router = Router(prefix="/admin/events", tags=["admin events"])


@router.get("/dead-letters", access=Permission.EVENTS_REPLAY, returns=Listed[DeadLetter])
def dead_letters(caller: Caller, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Listed[DeadLetter]:
    """List facts that a consumer could not take in, newest first."""
    page = caller.read(events.dead_letters, limit=limit, cursor=cursor)
    items = tuple(DeadLetter.of(letter) for letter in page.items)
    return Listed[DeadLetter](items=items, next_cursor=page.next_cursor)


@router.post("/dead-letters/{event_id}/replay", access=Permission.EVENTS_REPLAY, returns=Replayed)
def replay(caller: Caller, event_id: UUID) -> Replayed:
    """Try a fact again with every consumer that gave it up."""
    return Replayed(revived=caller.transact(ops.replay, event_id=EventId(event_id)))
