"""Commands on facts: say them, claim them, give them up, try them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import CursorResult, and_, delete, exists, func, select, text, update
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from marketplace.events import policy
from marketplace.events.errors import DeadLetterNotFound
from marketplace.events.events import Event, body_of
from marketplace.events.models import Delivery, OutboxMessage
from marketplace.events.states import DeliveryState
from marketplace.events.views import Envelope, Parcel
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import EventId, new_uuid
from marketplace.kernel.last import write_last
from marketplace.kernel.work import UnitOfWork

BATCH: Final = 100
"""Deliveries taken in by one transaction."""

CHANNEL: Final = "outbox"
"""Where PostgreSQL says that something was committed."""

UNORDERED: Final = "*"
"""Stands before the name of a consumer that takes facts in any order."""

_EMIT: Final = text("""
WITH said AS (
    INSERT INTO outbox_messages (id, topic, aggregate, store_id, envelope, made_at)
    SELECT fact.id, fact.topic, fact.aggregate, fact.store_id, fact.envelope, fact.made_at
    FROM unnest(
        CAST(:ids AS uuid[]), CAST(:topics AS text[]), CAST(:aggregates AS text[]), CAST(:store_ids AS uuid[]),
        CAST(:envelopes AS jsonb[]), CAST(:instants AS timestamptz[])
    ) WITH ORDINALITY AS fact (id, topic, aggregate, store_id, envelope, made_at, place)
    ORDER BY fact.place
    RETURNING id, topic, aggregate, position, made_at
), due AS (
    INSERT INTO deliveries (event_id, consumer, aggregate, sequence, is_ordered, state, tries, next_at)
    SELECT said.id, heard.consumer, said.aggregate, said.position, heard.is_ordered, 'pending', 0, said.made_at
    FROM said
    JOIN unnest(CAST(:heard_topics AS text[]), CAST(:consumers AS text[]), CAST(:are_ordered AS boolean[]))
        AS heard (topic, consumer, is_ordered) ON heard.topic = said.topic
)
SELECT pg_notify(:channel, '')
""")
"""Facts, their deliveries and the call to the relay in one statement: every unit pays for it once, when it ends."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong with one parcel, and when to try again: never, where it is given up."""

    parcel: Parcel
    error: str
    wait: timedelta | None


@dataclass(frozen=True, slots=True)
class _Said:
    """A fact on its way out, and who is to hear of it."""

    fact: Event
    envelope: str
    made_at: datetime
    consumers: tuple[str, ...]


def emit(uow: UnitOfWork, *facts: Event) -> None:
    """Publish facts: they leave when this unit commits, and only then."""
    said = [_Said(fact, _envelope_of(uow, fact), uow.now, uow.consumers.get(fact.topic, ())) for fact in facts]
    if said:
        write_last(uow.session, _write, said)


def claim(uow: UnitOfWork, *, consumer: str, limit: int = BATCH) -> tuple[Parcel, ...]:
    """Lock what is due for one consumer, never past an earlier fact of the same aggregate that waits or died."""
    earlier = aliased(Delivery)
    is_first = ~exists().where(
        col(earlier.consumer) == col(Delivery.consumer),
        col(earlier.aggregate) == col(Delivery.aggregate),
        col(earlier.sequence) < col(Delivery.sequence),
        col(earlier.state) != DeliveryState.TAKEN,
    )
    due = (
        select(Delivery, OutboxMessage)
        .join(OutboxMessage, col(OutboxMessage.id) == col(Delivery.event_id))
        .where(
            col(Delivery.consumer) == consumer,
            col(Delivery.state) == DeliveryState.PENDING,
            col(Delivery.next_at) <= uow.now,
            ~col(Delivery.is_ordered) | is_first,
        )
        .order_by(col(Delivery.sequence))
        .limit(limit)
        .with_for_update(of=Delivery, skip_locked=True)
    )
    found = uow.session.execute(due).all()
    return tuple(Parcel(_envelope(message), consumer, delivery.tries) for delivery, message in found)


def note_taken(uow: UnitOfWork, *, consumer: str, event_ids: Sequence[EventId]) -> None:
    """Receipt what was taken in, in the transaction of its effect."""
    if event_ids:
        taken = (
            update(Delivery)
            .where(col(Delivery.consumer) == consumer, col(Delivery.event_id).in_(event_ids))
            .values(state=DeliveryState.TAKEN, taken_at=uow.now)
        )
        uow.session.execute(taken)


def note_failure(uow: UnitOfWork, *, failure: Failure) -> None:
    """Count a failed try, in a transaction of its own, and set the next one or give the delivery up."""
    parcel = failure.parcel
    counted = (
        update(Delivery)
        .where(
            col(Delivery.consumer) == parcel.consumer,
            col(Delivery.event_id) == parcel.envelope.id,
            col(Delivery.state) == DeliveryState.PENDING,
        )
        .values(
            tries=col(Delivery.tries) + 1,
            last_error=failure.error,
            next_at=uow.now + (failure.wait or timedelta()),
            state=DeliveryState.PENDING if failure.wait is not None else DeliveryState.DEAD,
        )
    )
    uow.session.execute(counted)


def replay(actor: Actor, uow: UnitOfWork, *, event_id: EventId, consumer: str | None = None) -> int:
    """Give dead deliveries of a fact another set of tries; returns how many."""
    permit(policy.can_replay(actor), "replay dead letters")
    dead = and_(col(Delivery.event_id) == event_id, col(Delivery.state) == DeliveryState.DEAD)
    if consumer is not None:
        dead = and_(dead, col(Delivery.consumer) == consumer)
    revived = update(Delivery).where(dead).values(state=DeliveryState.PENDING, tries=0, next_at=uow.now)
    count = _count(uow, revived)
    if count == 0:
        raise DeadLetterNotFound(event_id)
    uow.session.execute(select(func.pg_notify(CHANNEL, "")))
    return count


def take_unrelayed(uow: UnitOfWork, *, limit: int) -> tuple[Envelope, ...]:
    """Mark committed facts as relayed and hand them over: to page pings and to the outgoing bus."""
    waiting = (
        select(OutboxMessage)
        .where(col(OutboxMessage.relayed_at).is_(None))
        .order_by(col(OutboxMessage.position))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    messages = uow.session.execute(waiting).scalars().all()
    for message in messages:
        message.relayed_at = uow.now
    return tuple(_envelope(message) for message in messages)


def forget_delivered(uow: UnitOfWork, *, before: datetime, limit: int = 5_000) -> int:
    """Delete facts that everybody took in long ago; returns how many deliveries went."""
    open_still = exists().where(
        col(Delivery.event_id) == col(OutboxMessage.id), col(Delivery.state) != DeliveryState.TAKEN
    )
    old = (
        select(col(OutboxMessage.id))
        .where(col(OutboxMessage.made_at) < before, col(OutboxMessage.relayed_at).is_not(None), ~open_still)
        .limit(limit)
    )
    ids = uow.session.execute(old).scalars().all()
    uow.session.execute(delete(Delivery).where(col(Delivery.event_id).in_(ids)))
    return _count(uow, delete(OutboxMessage).where(col(OutboxMessage.id).in_(ids)))


def _write(session: Session, said: Sequence[_Said]) -> None:
    heard = list({(one.fact.topic, consumer): None for one in said for consumer in one.consumers})
    values = {
        "ids": [new_uuid() for _ in said],
        "topics": [one.fact.topic for one in said],
        "aggregates": [one.fact.aggregate for one in said],
        "store_ids": [one.fact.concerns_store for one in said],
        "envelopes": [one.envelope for one in said],
        "instants": [one.made_at for one in said],
        "heard_topics": [topic for topic, _ in heard],
        "consumers": [consumer.removeprefix(UNORDERED) for _, consumer in heard],
        "are_ordered": [not consumer.startswith(UNORDERED) for _, consumer in heard],
        "channel": CHANNEL,
    }
    session.execute(_EMIT, values)


def _envelope_of(uow: UnitOfWork, fact: Event) -> str:
    envelope = {"body": body_of(fact), "asked_by": uow.asked_by, "request_id": uow.request_id}
    return orjson.dumps(envelope).decode()


def _envelope(message: OutboxMessage) -> Envelope:
    return Envelope(
        id=EventId(message.id),
        topic=message.topic,
        aggregate=message.aggregate,
        body=message.envelope["body"],
        asked_by=message.envelope["asked_by"],
        request_id=message.envelope["request_id"],
        made_at=message.made_at,
    )


def _count(uow: UnitOfWork, statement: Any) -> int:  # noqa: ANN401 (an update or a delete)
    result = uow.session.execute(statement)
    return result.rowcount if isinstance(result, CursorResult) else 0
