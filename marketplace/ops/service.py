"""Commands of those who look after the house."""

from marketplace import audit, events
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import EventId
from marketplace.kernel.work import UnitOfWork
from marketplace.ops import policy


def replay(actor: Actor, uow: UnitOfWork, *, event_id: EventId) -> int:
    """Give the dead letters of a fact another set of tries, and write down who did; returns how many."""
    permit(policy.can_replay(actor), "replay dead letters")
    revived = events.replay(actor, uow, event_id=event_id)
    audit.record(uow, actor, "ops.replay", event_id, after={"revived": revived})
    return revived
