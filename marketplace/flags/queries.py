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
    versions = kept(session, "limits", read=lambda: _versions(session)).get(name, ())
    in_force = (value for effective_at, value in versions if effective_at <= at)
    return next(in_force, DEFAULTS[profile.chosen().name][name])


def _versions(session: Session) -> dict[Limit, list[tuple[datetime, int]]]:
    """Every version of every number, the latest first."""
    found = select(col(LimitSetting.name), col(LimitSetting.effective_at), col(LimitSetting.value))
    versions: dict[Limit, list[tuple[datetime, int]]] = {}
    for name, effective_at, value in session.execute(found.order_by(col(LimitSetting.effective_at).desc())):
        versions.setdefault(name, []).append((effective_at, value))
    return versions


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
