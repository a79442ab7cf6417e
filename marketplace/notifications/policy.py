"""Who may read notices. The only place that decides it: each his own."""

from sqlalchemy import ColumnElement, and_, false
from sqlmodel import col

from marketplace.kernel.actor import Actor
from marketplace.notifications.models import Notification


def visible(actor: Actor) -> ColumnElement[bool]:
    """The notices to the actor himself, in whichever store he stands."""
    return col(Notification.user_id) == actor.user_id if actor.user_id is not None else false()


def is_new() -> ColumnElement[bool]:
    """The notices that the bell counts: neither read, nor answered meanwhile."""
    return and_(col(Notification.read_at).is_(None), col(Notification.answered_at).is_(None))
