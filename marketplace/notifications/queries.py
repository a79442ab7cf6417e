"""Reads of notices."""

from typing import Literal

from sqlalchemy import func, select, tuple_
from sqlmodel import Session, col

from marketplace.kernel.actor import Actor
from marketplace.kernel.pages import Page, clamp, instant_and_id
from marketplace.notifications import policy
from marketplace.notifications.models import Notification
from marketplace.notifications.views import NotificationView

MOST_COUNTED = 100


def newest(
    actor: Actor,
    session: Session,
    *,
    state: Literal["unread", "read"] | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[NotificationView]:
    """One's notices, newest first: all, those that the bell counts, or the others. What is answered counts as read."""
    asked = clamp(limit)
    found = (
        select(Notification)
        .where(policy.visible(actor))
        .order_by(col(Notification.made_at).desc(), col(Notification.id).desc())
        .limit(asked + 1)
    )
    if state is not None:
        found = found.where(~policy.is_new() if state == "read" else policy.is_new())
    if cursor is not None:
        found = found.where(tuple_(col(Notification.made_at), col(Notification.id)) < instant_and_id(cursor))
    views = [NotificationView.of(row) for row in session.execute(found).scalars()]
    return Page.of(views, limit=asked, key=lambda view: (view.made_at.isoformat(), str(view.id)))


def unread(actor: Actor, session: Session) -> int:
    """How many notices wait to be read, the answered ones not; no bell counts beyond a hundred."""
    some = select(col(Notification.id)).where(policy.visible(actor), policy.is_new()).limit(MOST_COUNTED).subquery()
    count: int = session.execute(select(func.count()).select_from(some)).scalar_one()
    return count
