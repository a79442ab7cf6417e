"""Commands on tax rates."""

import tomllib
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any, Final

from sqlalchemy.dialects.postgresql import insert

from marketplace.kernel import profile
from marketplace.kernel.ids import new_uuid
from marketplace.kernel.kept import forget
from marketplace.kernel.work import UnitOfWork
from marketplace.taxes.models import TaxRateVersion

SINCE_EVER: Final = datetime(2020, 1, 1, tzinfo=UTC)
"""From when the rates that come with the profile hold: before any order of an installation."""


def install_default(uow: UnitOfWork) -> None:
    """Put in the rates that come with the profile; rates that are there already stay as they are."""
    forget(uow.session)
    rows = [_row(rate) for rate in _shipped()]
    uow.session.execute(insert(TaxRateVersion).values(rows).on_conflict_do_nothing())


def _shipped() -> list[dict[str, Any]]:
    text = files("marketplace.taxes").joinpath("rates", f"{profile.chosen().name}.toml").read_text(encoding="utf-8")
    rates: list[dict[str, Any]] = tomllib.loads(text)["rates"]
    return rates


def _row(rate: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": new_uuid(),
        "category": rate["category"],
        "rate_bps": rate["rate_bps"],
        "is_inclusive": rate["is_inclusive"],
        "reason": rate["reason"],
        "starts_at": SINCE_EVER,
    }
