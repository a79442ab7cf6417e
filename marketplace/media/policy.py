"""Who may send and see files. The only place that decides it; a private file is shown by what it belongs to."""

from sqlalchemy import ColumnElement, false, or_
from sqlmodel import col

from marketplace.kernel.actor import Actor
from marketplace.media.models import Asset
from marketplace.media.rules import TERMS
from marketplace.media.states import AssetKind


def visible(actor: Actor) -> ColumnElement[bool]:
    """What the actor's active store has sent, and what he has sent himself."""
    if actor.user_id is None:
        return false()
    mine = col(Asset.sent_by) == actor.user_id
    return mine if actor.store_id is None else or_(mine, col(Asset.store_id) == actor.store_id)


def can_send(actor: Actor, kind: AssetKind) -> bool:
    """Whoever has a use for that kind of file: in his active store, or in the house."""
    return actor.is_signed_in and actor.has(TERMS[kind].permission)
