"""Consumers take facts in: each once, in order, with its effect."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col
from structlog.contextvars import get_contextvars
from structlog.testing import capture_logs

from marketplace import events
from marketplace.events.models import Delivery, OutboxMessage
from marketplace.events.states import DeliveryState
from marketplace.flows.reaction import Reaction
from marketplace.flows.taking_in import consumers, take_in_batch
from marketplace.kernel.actor import Permission, system
from marketplace.kernel.errors import Conflict, Unavailable
from marketplace.kernel.work import Database, UnitOfWork, Wiring, request_id
from tests.conftest import Today
from tests.factories.actors import officer
from tests.factories.facts import BellRang


class Ear:
    """A consumer that remembers what it heard, and fails as long as it is told to."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.trouble: Exception | None = None

    def hear(self, _uow: UnitOfWork, fact: BellRang) -> None:
        """Take one fact in."""
        if self.trouble is not None and fact.bell == "cracked":
            raise self.trouble
        self.heard.append(f"{fact.bell}:{fact.times}")

    def hear_all(self, _uow: UnitOfWork, facts: tuple[BellRang, ...]) -> None:
        """Take many facts in together."""
        self.heard.append("+".join(fact.bell for fact in facts))


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def reactions(ear: Ear) -> tuple[Reaction, ...]:
    return (Reaction("ear", BellRang, ear.hear),)


@pytest.fixture
def wiring(wiring: Wiring, reactions: tuple[Reaction, ...]) -> Wiring:
    return replace(wiring, consumers=consumers(reactions))


def ring(database: Database, *bells: str) -> None:
    """Let bells ring, each in a unit of its own."""
    for times, bell in enumerate(bells, start=1):
        with database.unit(system("test")) as uow:
            events.emit(uow, BellRang(bell=bell, times=times))


def drain(database: Database, reactions: tuple[Reaction, ...]) -> None:
    """Let the consumer take in all that is due."""
    while take_in_batch(database, reactions, consumer="ear"):
        pass


def states(uow: UnitOfWork) -> list[tuple[DeliveryState, int]]:
    """What stands in the table of deliveries."""
    rows = uow.session.execute(
        select(Delivery).order_by(col(Delivery.sequence)).execution_options(populate_existing=True)
    )
    return [(row.state, row.tries) for row in rows.scalars()]


class TestTakingIn:
    def test_names_the_request_and_the_fact_in_the_log_while_it_is_heard(self, database: Database) -> None:
        named: list[dict[str, object]] = []

        def hear(_uow: UnitOfWork, fact: BellRang) -> None:
            named.append({**get_contextvars(), "request_id": request_id.get(), "bell": fact.bell})

        reactions = (Reaction("ear", BellRang, hear),)
        token = request_id.set("nora-1")
        ring(database, "great")
        request_id.reset(token)

        drain(database, reactions)

        assert [(one["request_id"], one["consumer"], one["bell"]) for one in named] == [("nora-1", "ear", "great")]
        assert set(named[0]) == {"request_id", "consumer", "bell", "event_id"}
        assert get_contextvars() == {}

    def test_writes_down_what_was_taken_in_where_everything_is_wanted(self, database: Database) -> None:
        """From the request to the fact, and in a worker to the task: one line of the log leads to the next."""
        token = request_id.set("nora-1")
        ring(database, "great")
        request_id.reset(token)

        with capture_logs() as lines:
            drain(database, (Reaction("ear", BellRang, lambda _uow, _fact: None),))

        (line,) = lines
        assert (line["event"], line["log_level"], line["topic"]) == ("taken in", "debug", BellRang.topic)
        assert (line["request_id"], line["consumer"]) == ("nora-1", "ear")
        assert line["event_id"]

    def test_takes_each_fact_once_and_in_order(
        self, database: Database, uow: UnitOfWork, ear: Ear, reactions: tuple[Reaction, ...]
    ) -> None:
        ring(database, "great", "great", "small")

        drain(database, reactions)
        drain(database, reactions)

        assert sorted(ear.heard) == ["great:1", "great:2", "small:3"]
        assert ear.heard.index("great:1") < ear.heard.index("great:2")
        assert states(uow) == [(DeliveryState.TAKEN, 0)] * 3

    def test_keeps_nothing_of_a_reaction_that_failed(
        self, database: Database, uow: UnitOfWork, ear: Ear, reactions: tuple[Reaction, ...]
    ) -> None:
        ear.trouble = Conflict("The bell is cracked.")
        ring(database, "cracked", "small")

        take_in_batch(database, reactions, consumer="ear")

        assert ear.heard == ["small:2"]
        assert states(uow) == [(DeliveryState.PENDING, 1), (DeliveryState.TAKEN, 0)]

    def test_gives_a_mistake_up_after_three_tries_and_blocks_what_follows(
        self, database: Database, uow: UnitOfWork, ear: Ear, reactions: tuple[Reaction, ...], clock: Today
    ) -> None:
        ear.trouble = ZeroDivisionError("crack")
        ring(database, "cracked", "cracked")

        for _ in range(5):
            take_in_batch(database, reactions, consumer="ear")
            clock.advance(seconds=20)

        assert ear.heard == []
        assert states(uow) == [(DeliveryState.DEAD, 3), (DeliveryState.PENDING, 0)]

    def test_gives_up_what_fails_with_words_that_no_column_takes(
        self, database: Database, ear: Ear, reactions: tuple[Reaction, ...], clock: Today
    ) -> None:
        ear.trouble = ValueError("torn \x00 and half \ud800")
        ring(database, "cracked")

        for _ in range(3):
            take_in_batch(database, reactions, consumer="ear")
            clock.advance(seconds=10)

        (letter,) = database.read(events.dead_letters, officer(Permission.EVENTS_REPLAY)).items
        assert "torn \\x00 and half \\ud800" in letter.reason

    def test_tries_an_outage_ten_times_with_growing_waits(
        self, database: Database, uow: UnitOfWork, ear: Ear, reactions: tuple[Reaction, ...], clock: Today
    ) -> None:
        ear.trouble = Unavailable("away")
        ring(database, "cracked")

        take_in_batch(database, reactions, consumer="ear")
        clock.advance(milliseconds=249)
        take_in_batch(database, reactions, consumer="ear")
        assert states(uow) == [(DeliveryState.PENDING, 1)]
        for _ in range(12):
            clock.advance(seconds=10)
            take_in_batch(database, reactions, consumer="ear")

        assert states(uow) == [(DeliveryState.DEAD, 10)]

    def test_takes_in_a_dead_letter_when_it_is_replayed(
        self, database: Database, uow: UnitOfWork, ear: Ear, reactions: tuple[Reaction, ...], clock: Today
    ) -> None:
        ear.trouble = ZeroDivisionError("crack")
        ring(database, "cracked", "cracked")
        for _ in range(4):
            take_in_batch(database, reactions, consumer="ear")
            clock.advance(seconds=20)
        ear.trouble = None
        admin = officer(Permission.EVENTS_REPLAY)
        letter = database.read(events.dead_letters, admin).items[0]

        database.transact(events.replay, admin, event_id=letter.event_id)
        drain(database, reactions)

        assert "ZeroDivisionError: crack" in letter.reason
        assert ear.heard == ["cracked:1", "cracked:2"]
        assert states(uow) == [(DeliveryState.TAKEN, 0), (DeliveryState.TAKEN, 0)]


class TestTogether:
    @pytest.fixture
    def reactions(self, ear: Ear) -> tuple[Reaction, ...]:
        return (Reaction("ear", BellRang, ear.hear_all, together=True, unordered=True),)

    def test_hands_over_all_facts_of_a_batch_at_once(
        self, database: Database, ear: Ear, reactions: tuple[Reaction, ...]
    ) -> None:
        ring(database, "great", "great", "small")

        drain(database, reactions)

        assert ear.heard == ["great+great+small"]


class TestEmit:
    def test_stores_the_fact_with_who_asked_and_one_delivery_a_consumer(self, uow: UnitOfWork) -> None:
        listened = replace(uow, consumers={BellRang.topic: ("ear", "*eye")}, request_id="r-1")

        events.emit(listened, BellRang(bell="great"))

        message = uow.session.execute(select(OutboxMessage)).scalar_one()
        deliveries = uow.session.execute(select(Delivery).order_by(col(Delivery.consumer))).scalars().all()
        assert message.topic == "tests.bell_rang.v1"
        assert message.envelope == {"body": {"bell": "great", "times": 1}, "asked_by": "test", "request_id": "r-1"}
        assert [(row.consumer, row.is_ordered) for row in deliveries] == [("ear", True), ("eye", False)]

    def test_ignores_fields_that_a_newer_sender_added(self) -> None:
        assert events.read_body(BellRang, {"bell": "great", "colour": "gold"}) == BellRang(bell="great")

    def test_forgets_only_what_everybody_took_in_long_ago(
        self, database: Database, uow: UnitOfWork, reactions: tuple[Reaction, ...], clock: Today
    ) -> None:
        ring(database, "great")
        with database.unit(system("test")) as unit:
            events.take_unrelayed(unit, limit=10)
        before = clock.now + timedelta(days=1)

        with database.unit(system("test")) as unit:
            kept = events.forget_delivered(unit, before=before)
        drain(database, reactions)
        with database.unit(system("test")) as unit:
            gone = events.forget_delivered(unit, before=before)

        assert (kept, gone) == (0, 1)
