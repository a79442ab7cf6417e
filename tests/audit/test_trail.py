"""The audit trail."""

from sqlalchemy import text

from marketplace import audit
from marketplace.kernel.actor import system
from marketplace.kernel.work import UnitOfWork
from tests.conftest import Today

CLERK = system("clerk")


def write(uow: UnitOfWork, *deeds: str) -> None:
    """Write deeds down, and seal them."""
    for deed in deeds:
        audit.record(uow, CLERK, deed, "order-1", before={"state": "placed"}, after={"state": deed})
    uow.session.flush()
    audit.seal(uow)
    uow.session.flush()


class TestTrail:
    def test_tells_what_was_done_to_a_thing_newest_first(self, uow: UnitOfWork) -> None:
        write(uow, "accept", "pack")

        seen = audit.of_object(uow.session, object_id="order-1")

        assert [(entry.actor, entry.action, entry.after) for entry in seen] == [
            ("system:clerk", "pack", {"state": "pack"}),
            ("system:clerk", "accept", {"state": "accept"}),
        ]

    def test_holds_where_nothing_was_touched(self, uow: UnitOfWork) -> None:
        write(uow, "accept", "pack")
        write(uow, "ship")

        assert audit.verify(uow.session, now=uow.now) == ()

    def test_names_an_entry_that_waits_too_long_for_its_seal(self, uow: UnitOfWork, clock: Today) -> None:
        audit.record(uow, CLERK, "accept", "order-1")
        uow.session.flush()

        breaches = audit.verify(uow.session, now=clock.advance(seconds=61))

        assert [breach.why for breach in breaches] == ["unsealed"]

    def test_cannot_be_deleted_by_the_role_that_serves(self, uow: UnitOfWork) -> None:
        granted = uow.session.execute(
            text("SELECT has_table_privilege('marketplace_app', 'audit_entries', 'DELETE, TRUNCATE')")
        ).scalar_one()

        assert granted is False
