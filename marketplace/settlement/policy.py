"""Who may see and confirm payouts. The only place that decides it."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, false, true
from sqlmodel import col

from marketplace.kernel.actor import Actor, Everywhere, Permission
from marketplace.kernel.ids import UserId
from marketplace.settlement.models import Payout
from marketplace.settlement.states import PAYOUT, PayoutAction


def visible(actor: Actor) -> ColumnElement[bool]:
    """The payouts of the actor's active store; all of them for finance."""
    store = actor.store_with(Permission.PAYOUTS_READ)
    if store is Everywhere:
        return true()
    return false() if store is None else col(Payout.store_id) == store


def own(actor: Actor) -> ColumnElement[bool]:
    """The payouts of the actor's active store, whatever else he may read."""
    return col(Payout.store_id) == actor.store_id if can_see_earnings(actor) else false()


def can_see_earnings(actor: Actor) -> bool:
    """Whoever may see the payouts of his own store."""
    return actor.store_id is not None and actor.may(Permission.PAYOUTS_READ, store_id=actor.store_id)


def can_confirm(actor: Actor) -> bool:
    """A person of finance: never the system, which proposes."""
    return actor.user_id is not None and actor.may(Permission.PAYOUTS_CONFIRM, store_id=None)


def is_second_pair_of_eyes(actor: Actor, payout: Payout) -> bool:
    """Whether the actor has not confirmed the payout himself before."""
    return payout.confirmed_by != actor.user_id


def is_disinterested(actor: Actor, paid: Collection[UserId]) -> bool:
    """Never the vendor himself: nobody who belongs to the store that is paid, in whichever store he is active."""
    return actor.user_id not in paid


def can_confirm_now(actor: Actor, payout: Payout, *, paid: Collection[UserId]) -> bool:
    """Whether the actor's confirmation is what the payout waits for, given who belongs to the store that is paid."""
    is_open = PAYOUT.allows(payout.state, PayoutAction.PAY)
    return is_open and can_confirm(actor) and is_disinterested(actor, paid) and is_second_pair_of_eyes(actor, payout)
