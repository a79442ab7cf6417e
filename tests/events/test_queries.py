"""What waits to be delivered, and what was given up."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from marketplace import events
from marketplace.events import Backlog, DeadLetterNotFound, DeliveryState
from marketplace.events.models import Delivery, OutboxMessage
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import EventId
from marketplace.kernel.work import UnitOfWork
from tests.factories.actors import officer
from tests.factories.facts import BellRang

ADMIN = officer(Permission.EVENTS_REPLAY)


def ring(uow: UnitOfWork, *consumers: str) -> EventId:
    """Let a bell ring that these listen to."""
    events.emit(replace(uow, consumers={BellRang.topic: consumers}), BellRang(bell="great"))
    uow.session.flush()
    newest = select(col(OutboxMessage.id)).order_by(col(OutboxMessage.position).desc()).limit(1)
    return EventId(uow.session.execute(newest).scalar_one())


def give_up(uow: UnitOfWork, *consumers: str) -> None:
    """Let these be tried no more."""
    uow.session.execute(
        update(Delivery).where(col(Delivery.consumer).in_(consumers)).values(state=DeliveryState.DEAD, tries=3)
    )


class TestConsumersDue:
    def test_names_each_that_has_something_to_take_in_once(self, uow: UnitOfWork) -> None:
        ring(uow, "ear", "eye")
        ring(uow, "ear")

        due = events.consumers_due(uow.session, now=uow.now)

        assert sorted(due) == ["ear", "eye"]

    def test_names_only_those_that_have_waited_so_long(self, uow: UnitOfWork) -> None:
        ring(uow, "ear")
        a_minute = timedelta(minutes=1)

        assert events.consumers_due(uow.session, now=uow.now, waiting_for=a_minute) == ()
        assert events.consumers_due(uow.session, now=uow.now + a_minute, waiting_for=a_minute) == ("ear",)


class TestBacklog:
    def test_is_empty_where_nothing_has_happened(self, uow: UnitOfWork) -> None:
        assert events.backlog(uow.session) == Backlog(pending=0, dead=0, oldest_pending_at=None, unrelayed=0)

    def test_counts_what_waits_and_what_died_and_tells_since_when(self, uow: UnitOfWork) -> None:
        ring(uow, "ear", "eye")
        ring(replace(uow, now=uow.now + timedelta(hours=1)), "ear")
        give_up(uow, "eye")

        counted = events.backlog(uow.session)

        assert counted == Backlog(pending=2, dead=1, oldest_pending_at=uow.now, unrelayed=2)


class TestTakeUnrelayed:
    def test_hands_each_fact_over_once_and_in_its_order(self, uow: UnitOfWork) -> None:
        rung = [ring(uow, "ear") for _ in range(3)]

        taken = [[one.id for one in events.take_unrelayed(uow, limit=2)] for _ in range(3)]

        assert taken == [rung[:2], rung[2:], []]
        assert events.backlog(uow.session).unrelayed == 0


class TestReplay:
    def test_revives_for_one_consumer_where_only_he_is_named(self, uow: UnitOfWork) -> None:
        event_id = ring(uow, "ear", "eye")
        give_up(uow, "ear", "eye")

        revived = events.replay(ADMIN, uow, event_id=event_id, consumer="eye")

        assert revived == 1
        found = select(col(Delivery.consumer), col(Delivery.state), col(Delivery.tries))
        assert set(uow.session.execute(found)) == {("ear", DeliveryState.DEAD, 3), ("eye", DeliveryState.PENDING, 0)}

    def test_revives_nothing_that_lives(self, uow: UnitOfWork) -> None:
        event_id = ring(uow, "ear")

        with pytest.raises(DeadLetterNotFound):
            events.replay(ADMIN, uow, event_id=event_id, consumer="ear")


class TestEvent:
    def test_is_of_nothing_until_its_kind_says_of_what(self) -> None:
        with pytest.raises(NotImplementedError):
            _ = events.Event().aggregate
