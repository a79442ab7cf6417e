"""The bell."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query

from marketplace import notifications
from marketplace.kernel.ids import NotificationId
from marketplace.kernel.words import preferred
from marketplace.rest.access import SIGNED_IN
from marketplace.rest.caller import Caller
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Router
from marketplace.rest.shapes.notifications import Notification, Notifications, ReadWish, Unread

router = Router(prefix="/notifications", tags=["notifications"])

State = Annotated[Literal["unread", "read"] | None, Query(description="Leave it out for all of them.")]


@router.get("", access=SIGNED_IN, returns=Notifications)
def list_notices(
    caller: Caller, state: State = None, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Notifications:
    """List one's notices, newest first, in the caller's language."""
    locale = preferred(caller.locale)
    page = caller.read(notifications.newest, state=state, limit=limit, cursor=cursor)
    return Notifications(
        items=tuple(Notification.of(notice, locale) for notice in page.items),
        next_cursor=page.next_cursor,
        unread=caller.read(notifications.unread),
    )


@router.post("/{notification_id}/read", access=SIGNED_IN, returns=Notification)
def mark_read(caller: Caller, notification_id: UUID) -> Notification:
    """Note that a notice was read; again changes nothing."""
    notice = caller.transact(notifications.mark_read, notification_id=NotificationId(notification_id))
    return Notification.of(notice, preferred(caller.locale))


@router.post("/read-all", access=SIGNED_IN, returns=Unread, refuses=[404])
def read_all(caller: Caller, wish: ReadWish) -> Unread:
    """Note that everything up to a notice was read; what came after it stays unread."""
    caller.transact(notifications.read_all, up_to=NotificationId(wish.up_to))
    return Unread(unread=caller.read(notifications.unread))
