"""What the operator switches and sets is written down."""

from datetime import timedelta

import pytest
from sqlmodel import select

from marketplace import flags
from marketplace.audit.models import AuditEntry
from marketplace.flags import Flag, FlagNeedsOthers, Limit
from marketplace.flows.compositions import operating
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.work import UnitOfWork
from tests.factories.actors import officer

ADMIN = officer(Permission.FLAGS_EDIT)


def trail(uow: UnitOfWork) -> list[tuple[str, str, object, object]]:
    """What was written down."""
    entries = uow.session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()  # type: ignore[arg-type]  # a column
    return [(entry.action, entry.object_id, entry.before, entry.after) for entry in entries]


class TestRollOut:
    def test_writes_down_what_was_switched(self, uow: UnitOfWork) -> None:
        operating.roll_out(ADMIN, uow, flag=Flag.DEALS, is_on=True)

        assert trail(uow) == [("flags.roll_out", "deals", {"is_on": False}, {"is_on": True})]

    def test_writes_nothing_down_when_it_is_refused(self, uow: UnitOfWork) -> None:
        with pytest.raises(FlagNeedsOthers):
            operating.roll_out(ADMIN, uow, flag=Flag.AUTO_REPRICER, is_on=True)

        assert trail(uow) == []


class TestSetLimit:
    def test_writes_down_both_versions_and_from_when(self, uow: UnitOfWork) -> None:
        starts_at = uow.now + timedelta(days=2)

        operating.set_limit(ADMIN, uow, limit=Limit.MATURITY_DAYS, value=14, effective_at=starts_at)

        assert trail(uow) == [
            ("flags.set_limit", "maturity_days", {"value": 7}, {"value": 14, "effective_at": starts_at.isoformat()})
        ]
        assert flags.limit(uow.session, Limit.MATURITY_DAYS, at=uow.now) == 7
        assert flags.limit(uow.session, Limit.MATURITY_DAYS, at=starts_at) == 14

    def test_is_not_for_everybody(self, uow: UnitOfWork) -> None:
        with pytest.raises(Forbidden):
            operating.set_limit(officer(Permission.ORDERS_READ), uow, limit=Limit.MATURITY_DAYS, value=14)
