"""What waits for somebody: one statement for the frame of every page, and only what he may do something about."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import text
from sqlmodel import Session

from marketplace.kernel.actor import Actor, Permission

MOST_COUNTED: Final = 99

OF_THE_HOUSE: Final[Mapping[str, tuple[Permission, str]]] = {
    "dispatch": (
        Permission.DISPATCH_ASSIGN,
        """SELECT 1 FROM orders o WHERE o.state = 'ready' AND NOT o.is_held AND NOT EXISTS
           (SELECT 1 FROM assignments a WHERE a.order_id = o.id AND a.state = 'offered')""",
    ),
    "hand-overs": (Permission.CASH_COUNT, "SELECT 1 FROM hand_overs WHERE state <> 'accepted'"),
    "payouts": (Permission.PAYOUTS_CONFIRM, "SELECT 1 FROM payouts WHERE state IN ('proposed', 'confirmed')"),
    "stores": (
        Permission.STORES_APPROVE,
        """SELECT 1 FROM store_standings WHERE reasons @> '["awaiting_approval"]'::jsonb""",
    ),
    "dead": (Permission.EVENTS_REPLAY, "SELECT 1 FROM deliveries WHERE state = 'dead'"),
    "stops": (
        Permission.ROUND_WORK,
        "SELECT 1 FROM assignments WHERE agent_id = :user_id AND state IN ('offered', 'picked_up', 'failed')",
    ),
}
"""What waits in the house, for whom, and which rows it is."""

OF_A_STORE: Final[Mapping[str, tuple[Permission, str]]] = {
    "orders": (
        Permission.ORDERS_FULFILL,
        """SELECT 1 FROM orders WHERE store_id = :store_id AND NOT is_held
           AND state IN ('placed', 'accepted', 'partially_accepted')""",
    ),
    "returns": (Permission.ORDERS_FULFILL, "SELECT 1 FROM orders WHERE store_id = :store_id AND state = 'returning'"),
}
"""What waits in the active store."""


def waiting(actor: Actor, session: Session) -> dict[str, int]:
    """Count what waits for the actor, place by place; no place counts beyond 99."""
    asked = {name: rows for name, (held, rows) in OF_THE_HOUSE.items() if actor.may(held, store_id=None)}
    if actor.store_id is not None:
        own = actor.store_id
        asked |= {name: rows for name, (held, rows) in OF_A_STORE.items() if actor.may(held, store_id=own)}
    if not asked:
        return {}
    counts = ", ".join(
        f'(SELECT count(*) FROM ({rows} LIMIT {MOST_COUNTED}) AS found) AS "{name}"'  # noqa: S608 (our own tables above)
        for name, rows in asked.items()
    )
    found = session.execute(text(f"SELECT {counts}"), {"user_id": actor.user_id, "store_id": actor.store_id})
    return dict(zip(asked, map(int, found.one()), strict=True))
