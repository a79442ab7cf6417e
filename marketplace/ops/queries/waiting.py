"""What waits for somebody: one statement for the frame of every page, and only what he may do something about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from marketplace.delivery import AssignmentState, HandOverState
from marketplace.delivery.models import Assignment, HandOver
from marketplace.events import DeliveryState
from marketplace.events.models import Delivery
from marketplace.identity import StandingReason
from marketplace.identity.models import StoreStanding
from marketplace.kernel.actor import Actor, Permission
from marketplace.orders import OrderState
from marketplace.orders.models import Order
from marketplace.settlement import PayoutState
from marketplace.settlement.models import Payout

MOST_COUNTED: Final = 99

Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Pile:
    """Something that waits: for whom, which rows it is, and the topic of the pages that see it grow and shrink."""

    held: Permission
    topic: str
    rows: Callable[[Actor], Rows]


def to_assign(_actor: Actor) -> Rows:
    """Parcels that are packed and nobody carries."""
    is_given = select(Assignment).where(
        col(Assignment.order_id) == col(Order.id), col(Assignment.state) == AssignmentState.OFFERED
    )
    return select(col(Order.id)).where(
        col(Order.state) == OrderState.READY, col(Order.is_held).is_(False), ~is_given.exists()
    )


def to_count(_actor: Actor) -> Rows:
    """Cash that was brought, or counted otherwise than it was said to be."""
    return select(col(HandOver.id)).where(col(HandOver.state) != HandOverState.ACCEPTED)


def to_pay(_actor: Actor) -> Rows:
    """Payouts that somebody, or somebody else too, is to confirm."""
    return select(col(Payout.id)).where(col(Payout.state).in_((PayoutState.PROPOSED, PayoutState.CONFIRMED)))


def to_approve(_actor: Actor) -> Rows:
    """Stores that are to be let trade."""
    waits = col(StoreStanding.reasons).contains([StandingReason.AWAITING_APPROVAL])
    return select(col(StoreStanding.store_id)).where(col(StoreStanding.is_live).is_(False), waits)


def to_replay(_actor: Actor) -> Rows:
    """Deliveries of facts that were given up."""
    return select(col(Delivery.event_id)).where(col(Delivery.state) == DeliveryState.DEAD)


def to_carry(actor: Actor) -> Rows:
    """The agent's own stops that are not done."""
    on_the_way = (AssignmentState.OFFERED, AssignmentState.PICKED_UP, AssignmentState.FAILED)
    return select(col(Assignment.id)).where(
        col(Assignment.agent_id) == actor.user_id, col(Assignment.state).in_(on_the_way)
    )


def to_decide_or_pack(actor: Actor) -> Rows:
    """The store's orders that wait for its word or for its hands."""
    waits = (OrderState.PLACED, OrderState.ACCEPTED, OrderState.PARTIALLY_ACCEPTED)
    return select(col(Order.id)).where(
        col(Order.store_id) == actor.store_id, col(Order.is_held).is_(False), col(Order.state).in_(waits)
    )


def to_take_back(actor: Actor) -> Rows:
    """Parcels on their way back to the store."""
    return select(col(Order.id)).where(col(Order.store_id) == actor.store_id, col(Order.state) == OrderState.RETURNING)


OF_THE_HOUSE: Final[Mapping[str, Pile]] = {
    "dispatch": Pile(Permission.DISPATCH_ASSIGN, "dispatch", to_assign),
    "hand-overs": Pile(Permission.CASH_COUNT, "hand_overs", to_count),
    "payouts": Pile(Permission.PAYOUTS_CONFIRM, "payouts", to_pay),
    "stores": Pile(Permission.STORES_APPROVE, "stores", to_approve),
    "dead": Pile(Permission.EVENTS_REPLAY, "", to_replay),
    "stops": Pile(Permission.ROUND_WORK, "agent:{user_id}", to_carry),
}
"""What waits in the house."""

OF_A_STORE: Final[Mapping[str, Pile]] = {
    "orders": Pile(Permission.ORDERS_FULFILL, "orders:store:{store_id}", to_decide_or_pack),
    "returns": Pile(Permission.ORDERS_FULFILL, "orders:store:{store_id}", to_take_back),
}
"""What waits in the active store."""


def waiting(actor: Actor, session: Session) -> dict[str, int]:
    """Count what waits for the actor, place by place; no place counts beyond 99."""
    asked = _piles(actor)
    if not asked:
        return {}
    counts = [
        select(func.count()).select_from(pile.rows(actor).limit(MOST_COUNTED).subquery()).scalar_subquery().label(name)
        for name, pile in asked.items()
    ]
    return dict(zip(asked, map(int, session.execute(select(*counts)).one()), strict=True))


def waiting_topics(actor: Actor) -> tuple[str, ...]:
    """Name the topics that are touched when something of it comes or goes."""
    topics = {pile.topic.format(user_id=actor.user_id, store_id=actor.store_id) for pile in _piles(actor).values()}
    return tuple(sorted(topics - {""}))


def _piles(actor: Actor) -> dict[str, Pile]:
    piles = {name: pile for name, pile in OF_THE_HOUSE.items() if actor.may(pile.held, store_id=None)}
    if actor.store_id is not None:
        own = actor.store_id
        piles |= {name: pile for name, pile in OF_A_STORE.items() if actor.may(pile.held, store_id=own)}
    return piles
