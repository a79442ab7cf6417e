"""Commands on fees."""

import tomllib
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import insert as insert_or_skip
from sqlmodel import col

from marketplace.fees.models import FeeRuleRecord, FeeSchedule
from marketplace.kernel import profile
from marketplace.kernel.ids import new_uuid
from marketplace.kernel.kept import forget
from marketplace.kernel.work import UnitOfWork

SINCE_EVER: Final = datetime(2020, 1, 1, tzinfo=UTC)
"""From when the schedule that comes with the profile holds: before any order of an installation."""


def install_default(uow: UnitOfWork) -> None:
    """Put in the first version of the profile's fees; does nothing where it is."""
    forget(uow.session)
    shipped = _shipped()
    first = (
        insert_or_skip(FeeSchedule)
        .values(
            id=new_uuid(),
            version=1,
            title=shipped["title"],
            currency=shipped["currency"],
            vat_bps=shipped["vat_bps"],
            starts_at=SINCE_EVER,
        )
        .on_conflict_do_nothing()
        .returning(col(FeeSchedule.id))
    )
    schedule_id = uow.session.execute(first).scalar_one_or_none()
    if schedule_id is not None:
        rows = [_row(rule) | {"schedule_id": schedule_id} for rule in shipped["rules"]]
        uow.session.execute(insert(FeeRuleRecord), rows)


def _shipped() -> dict[str, Any]:
    text = files("marketplace.fees").joinpath("schedules", f"{profile.chosen().name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _row(rule: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": new_uuid(),
        "category": rule["category"],
        "up_to_minor": rule.get("up_to_minor"),
        "bps": rule["bps"],
        "min_minor": rule.get("min_minor"),
        "max_minor": rule.get("max_minor"),
    }
