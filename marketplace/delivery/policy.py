"""Who may see and do what on the road. The only place that decides it."""

from typing import Literal

from sqlalchemy import ColumnElement, false, true
from sqlmodel import col

from marketplace.delivery.models import Assignment, HandOver
from marketplace.delivery.states import HandOverState
from marketplace.kernel.actor import Actor, Everywhere, Permission

ProofSide = Literal["buyer", "vendor", "house"]


def can_dispatch(actor: Actor) -> bool:
    """Whoever gives parcels to agents."""
    return actor.may(Permission.DISPATCH_ASSIGN, store_id=None)


def can_work(actor: Actor) -> bool:
    """Whoever works the road."""
    return actor.may(Permission.ROUND_WORK, store_id=None)


def on_round(actor: Actor) -> ColumnElement[bool]:
    """The parcels of the agent's own round; all of them for the dispatcher."""
    if can_dispatch(actor):
        return true()
    if actor.user_id is None or not can_work(actor):
        return false()
    return col(Assignment.agent_id) == actor.user_id


def is_own(actor: Actor, assignment: Assignment) -> bool:
    """Whoever carries it, and nobody else: not even the dispatcher says that a parcel was handed over."""
    return can_work(actor) and (actor.is_system or assignment.agent_id == actor.user_id)


def can_take_back(actor: Actor, assignment: Assignment) -> bool:
    """Whoever packs for the store that sent the parcel."""
    return actor.may(Permission.ORDERS_FULFILL, store_id=assignment.store_id)


def of_own_store(actor: Actor) -> ColumnElement[bool]:
    """The parcels that the actor's active store sent."""
    store = actor.store_with(Permission.ORDERS_FULFILL)
    if store is Everywhere:
        return true()
    return false() if store is None else col(Assignment.store_id) == store


def of_own_purchase(actor: Actor) -> ColumnElement[bool]:
    """The parcels that go to the actor's active store, and no others: what is said at its door is for nobody else."""
    if actor.store_id is None or not actor.may(Permission.ORDERS_READ, store_id=actor.store_id):
        return false()
    return col(Assignment.buyer_store_id) == actor.store_id


def of_own_sale(actor: Actor) -> ColumnElement[bool]:
    """The parcels that the actor's active store has sold, for those of it who may read its orders."""
    if actor.store_id is None or not actor.may(Permission.ORDERS_READ, store_id=actor.store_id):
        return false()
    return col(Assignment.store_id) == actor.store_id


def proof_visible(actor: Actor, side: ProofSide) -> ColumnElement[bool]:
    """The parcels whose proof the actor may look at: those of his store's side, or all where he helps on the road."""
    if side == "house":
        return true() if can_dispatch(actor) else false()
    return of_own_purchase(actor) if side == "buyer" else of_own_sale(actor)


def can_count(actor: Actor) -> bool:
    """Whoever counts cash."""
    return actor.may(Permission.CASH_COUNT, store_id=None)


def can_count_this(actor: Actor, hand_over: HandOver) -> bool:
    """Not the one who brought it, and, the second time, not the one who counted the first time."""
    return actor.user_id not in {hand_over.agent_id, hand_over.counted_by} or actor.is_system


def sees_sums(actor: Actor, hand_over: HandOver) -> bool:
    """Until it is through, nobody who may still count knows what should be there or was found: each count is blind."""
    return hand_over.state is HandOverState.ACCEPTED or not can_count_this(actor, hand_over)


def hand_overs_visible(actor: Actor) -> ColumnElement[bool]:
    """All of them for the cashier, his own for the agent."""
    if can_count(actor):
        return true()
    return col(HandOver.agent_id) == actor.user_id if can_work(actor) else false()
