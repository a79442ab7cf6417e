"""Dead letters over HTTP."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from marketplace.audit.models import AuditEntry
from marketplace.events.models import Delivery, OutboxMessage
from marketplace.events.states import DeliveryState
from marketplace.identity import SystemRole
from marketplace.kernel.actor import Actor, visitor
from marketplace.kernel.ids import EventId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House

Hire = Callable[[SystemRole], dict[str, str]]


@pytest.fixture
def dead(house: House) -> str:
    """A fact that two consumers gave up."""

    def die(_actor: Actor, uow: UnitOfWork) -> str:
        event_id = EventId(new_uuid())
        envelope = {"body": {"bell": "b"}, "asked_by": "x", "request_id": ""}
        uow.session.add(
            OutboxMessage(
                id=event_id, topic="tests.bell_rang.v1", aggregate="bell:b", envelope=envelope, made_at=uow.now
            )
        )
        uow.session.flush()
        for consumer in ("first", "second"):
            uow.session.add(
                Delivery(
                    event_id=event_id, consumer=consumer, aggregate="bell:b", sequence=1, tries=3, next_at=uow.now,
                    state=DeliveryState.DEAD, last_error="ValueError: broken",
                )
            )  # fmt: skip
        return str(event_id)

    return house.db.transact(die, visitor())


class TestDeadLetters:
    def test_are_listed_with_their_reason(self, client: TestClient, hire: Hire, dead: str) -> None:
        admin = hire(SystemRole.ADMIN)

        first = client.get("/admin/events/dead-letters?limit=1", headers=admin).json()
        second = client.get(f"/admin/events/dead-letters?cursor={first['next_cursor']}", headers=admin).json()

        letters = first["items"] + second["items"]
        assert [(letter["id"], letter["consumer"]) for letter in letters] == [(dead, "first"), (dead, "second")]
        assert (letters[0]["body"], letters[0]["reason"], letters[0]["tries"]) == (
            {"bell": "b"},
            "ValueError: broken",
            3,
        )

    def test_are_tried_again_and_the_deed_is_written_down(
        self, client: TestClient, hire: Hire, house: House, dead: str
    ) -> None:
        admin = hire(SystemRole.ADMIN)

        revived = client.post(f"/admin/events/dead-letters/{dead}/replay", headers=admin)
        again = client.post(f"/admin/events/dead-letters/{dead}/replay", headers=admin)

        assert (revived.status_code, revived.json()) == (200, {"revived": 2})
        assert again.status_code == 404
        assert client.get("/admin/events/dead-letters", headers=admin).json()["items"] == []

        def trail(_actor: Actor, uow: UnitOfWork) -> list[str]:
            return list(uow.session.exec(select(AuditEntry.action).where(col(AuditEntry.object_id) == dead)).all())

        assert house.db.transact(trail, visitor()) == ["ops.replay"]

    def test_are_no_business_of_finance(self, client: TestClient, hire: Hire, dead: str) -> None:
        finance = hire(SystemRole.FINANCE)

        assert client.get("/admin/events/dead-letters", headers=finance).status_code == 403
        assert client.post(f"/admin/events/dead-letters/{dead}/replay", headers=finance).status_code == 403

    @pytest.mark.parametrize("mark", ["x", "WyJ4IiwieSJd", "WzEsMl0"])
    def test_turn_a_strange_page_mark_down(self, client: TestClient, hire: Hire, mark: str) -> None:
        admin = hire(SystemRole.ADMIN)

        assert client.get(f"/admin/events/dead-letters?cursor={mark}", headers=admin).status_code == 422
