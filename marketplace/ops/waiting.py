"""What waits for somebody: one statement for the frame of every page, and only what he may do something about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text
from sqlmodel import Session

from marketplace.kernel.actor import Actor, Permission

MOST_COUNTED: Final = 99


@dataclass(frozen=True, slots=True)
class Pile:
    """Something that waits: for whom, which rows it is, and the topic of the pages that see it grow and shrink."""

    held: Permission
    topic: str
    rows: str


OF_THE_HOUSE: Final[Mapping[str, Pile]] = {
    "dispatch": Pile(
        Permission.DISPATCH_ASSIGN,
        "dispatch",
        """SELECT 1 FROM orders o WHERE o.state = 'ready' AND NOT o.is_held AND NOT EXISTS
           (SELECT 1 FROM assignments a WHERE a.order_id = o.id AND a.state = 'offered')""",
    ),
    "hand-overs": Pile(Permission.CASH_COUNT, "hand_overs", "SELECT 1 FROM hand_overs WHERE state <> 'accepted'"),
    "payouts": Pile(
        Permission.PAYOUTS_CONFIRM, "payouts", "SELECT 1 FROM payouts WHERE state IN ('proposed', 'confirmed')"
    ),
    "stores": Pile(
        Permission.STORES_APPROVE,
        "stores",
        """SELECT 1 FROM store_standings WHERE reasons @> '["awaiting_approval"]'::jsonb""",
    ),
    "dead": Pile(Permission.EVENTS_REPLAY, "", "SELECT 1 FROM deliveries WHERE state = 'dead'"),
    "stops": Pile(
        Permission.ROUND_WORK,
        "agent:{user_id}",
        "SELECT 1 FROM assignments WHERE agent_id = :user_id AND state IN ('offered', 'picked_up', 'failed')",
    ),
}
"""What waits in the house."""

OF_A_STORE: Final[Mapping[str, Pile]] = {
    "orders": Pile(
        Permission.ORDERS_FULFILL,
        "orders:store:{store_id}",
        """SELECT 1 FROM orders WHERE store_id = :store_id AND NOT is_held
           AND state IN ('placed', 'accepted', 'partially_accepted')""",
    ),
    "returns": Pile(
        Permission.ORDERS_FULFILL,
        "orders:store:{store_id}",
        "SELECT 1 FROM orders WHERE store_id = :store_id AND state = 'returning'",
    ),
}
"""What waits in the active store."""


def waiting(actor: Actor, session: Session) -> dict[str, int]:
    """Count what waits for the actor, place by place; no place counts beyond 99."""
    asked = _piles(actor)
    if not asked:
        return {}
    counts = ", ".join(
        f'(SELECT count(*) FROM ({pile.rows} LIMIT {MOST_COUNTED}) AS found) AS "{name}"'  # noqa: S608 (our own tables above)
        for name, pile in asked.items()
    )
    found = session.execute(text(f"SELECT {counts}"), {"user_id": actor.user_id, "store_id": actor.store_id})
    return dict(zip(asked, map(int, found.one()), strict=True))


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
