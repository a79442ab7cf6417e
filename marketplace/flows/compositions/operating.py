"""Operating: what the operator switches and sets, with its place in the trail."""

from datetime import datetime

from marketplace import audit, flags
from marketplace.flags import Flag, FlagView, Limit, LimitView
from marketplace.kernel.actor import Actor
from marketplace.kernel.work import UnitOfWork


def roll_out(actor: Actor, uow: UnitOfWork, *, flag: Flag, is_on: bool) -> FlagView:
    """Switch a capability, and write down who did."""
    was_on = flags.is_on(uow.session, flag)
    view = flags.roll_out(actor, uow, flag=flag, is_on=is_on)
    audit.record(uow, actor, "flags.roll_out", flag, before={"is_on": was_on}, after={"is_on": is_on})
    return view


def set_limit(
    actor: Actor, uow: UnitOfWork, *, limit: Limit, value: int, effective_at: datetime | None = None
) -> LimitView:
    """Give a number its next version, and write down who did, and what it was at that instant."""
    starts_at = effective_at or uow.now
    before = flags.limit(uow.session, limit, at=starts_at)
    view = flags.set_limit(actor, uow, limit=limit, value=value, effective_at=starts_at)
    after = {"value": value, "effective_at": starts_at.isoformat()}
    audit.record(uow, actor, "flags.set_limit", limit, before={"value": before}, after=after)
    return view
