"""Commands on switches and numbers."""

from datetime import datetime

from sqlalchemy import func, select

from marketplace.flags import policy, queries
from marketplace.flags.errors import FlagInUse, FlagNeedsOthers, LimitInThePast, LimitOutOfBounds
from marketplace.flags.limits import Limit, bounds
from marketplace.flags.models import FeatureFlag, LimitSetting
from marketplace.flags.states import NEEDS, Flag
from marketplace.flags.views import FlagView, LimitView
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.kept import forget
from marketplace.kernel.work import UnitOfWork

_LOCK = 7_203


def roll_out(actor: Actor, uow: UnitOfWork, *, flag: Flag, is_on: bool) -> FlagView:
    """Switch a capability; refused where what it builds on is off, or what builds on it is on."""
    permit(policy.can_edit(actor), "switch capabilities")
    uow.session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    on = {view.flag for view in queries.flags(uow.session) if view.is_on}
    if is_on and (missing := NEEDS.get(flag, frozenset()) - on):
        raise FlagNeedsOthers(flag, sorted(missing))
    users = sorted(other for other in on if flag in NEEDS.get(other, frozenset()))
    if not is_on and users:
        raise FlagInUse(flag, users)
    uow.session.merge(FeatureFlag(name=flag, is_on=is_on, changed_at=uow.now, changed_by=actor.name))
    return FlagView(flag, is_on, tuple(sorted(NEEDS.get(flag, frozenset()))))


def set_limit(
    actor: Actor, uow: UnitOfWork, *, limit: Limit, value: int, effective_at: datetime | None = None
) -> LimitView:
    """Give a number its next version, from an instant on: now, unless said."""
    permit(policy.can_edit(actor), "change limits")
    least, most = bounds(limit)
    if not least <= value <= most:
        raise LimitOutOfBounds(limit, least, most)
    starts_at = effective_at or uow.now
    if starts_at < uow.now:
        raise LimitInThePast
    forget(uow.session)
    uow.session.add(LimitSetting(name=limit, value=value, effective_at=starts_at, set_at=uow.now, set_by=actor.name))
    return LimitView(limit, value, starts_at)
