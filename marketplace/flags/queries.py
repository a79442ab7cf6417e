"""Reads of switches and numbers."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import Session, col

from marketplace.flags.limits import DEFAULTS, Limit
from marketplace.flags.models import FeatureFlag, LimitSetting
from marketplace.flags.states import NEEDS, Flag
from marketplace.flags.views import FlagView, LimitView
from marketplace.kernel import profile
from marketplace.kernel.kept import kept


def is_on(session: Session, flag: Flag) -> bool:
    """Whether a capability is switched on."""
    found = session.get(FeatureFlag, flag)
    return found is not None and found.is_on


def flags(session: Session) -> tuple[FlagView, ...]:
    """List every switch."""
    on = {flag.name for flag in session.execute(select(FeatureFlag).where(col(FeatureFlag.is_on))).scalars()}
    return tuple(FlagView(flag, flag in on, tuple(sorted(NEEDS.get(flag, frozenset())))) for flag in Flag)


def limit(session: Session, name: Limit, *, at: datetime) -> int:
    """Read a number as it stood at an instant: its latest version then, else the profile's default."""
    return kept(session, name, at=at, read=lambda: _limit(session, name, at))


def _limit(session: Session, name: Limit, at: datetime) -> int:
    found = (
        select(col(LimitSetting.value))
        .where(col(LimitSetting.name) == name, col(LimitSetting.effective_at) <= at)
        .order_by(col(LimitSetting.effective_at).desc())
        .limit(1)
    )
    value: int | None = session.execute(found).scalar_one_or_none()
    return DEFAULTS[profile.chosen().name][name] if value is None else value


def limits(session: Session, *, at: datetime) -> tuple[LimitView, ...]:
    """List every number as it stood at an instant."""
    latest = (
        select(LimitSetting)
        .where(col(LimitSetting.effective_at) <= at)
        .ext(distinct_on(col(LimitSetting.name)))
        .order_by(col(LimitSetting.name), col(LimitSetting.effective_at).desc())
    )
    versions = {version.name: version for version in session.execute(latest).scalars()}
    defaults = DEFAULTS[profile.chosen().name]
    return tuple(
        LimitView(name, versions[name].value, versions[name].effective_at)
        if name in versions
        else LimitView(name, defaults[name], None)
        for name in Limit
    )
