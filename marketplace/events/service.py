"""Commands on facts: say them, claim them, give them up, try them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, CursorResult, and_, delete, exists, func, literal_column, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from marketplace.events import policy
from marketplace.events.errors import DeadLetterNotFound
from marketplace.events.events import Event, body_of
from marketplace.events.models import Delivery, OutboxMessage
from marketplace.events.states import DeliveryState
from marketplace.events.views import Envelope, Parcel
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import EventId, new_uuid
from marketplace.kernel.last import Share, write_last
from marketplace.kernel.rows import among
from marketplace.kernel.work import UnitOfWork

BATCH: Final = 100
"""Deliveries taken in by one transaction."""

CHANNEL: Final = "outbox"
"""Where PostgreSQL says that something was committed."""

UNORDERED: Final = "*"
"""Stands before the name of a consumer that takes facts in any order."""

_EMIT: Final = """
outbox_said AS (
    INSERT INTO outbox_messages (id, topic, aggregate, store_id, envelope, made_at)
    SELECT id, topic, aggregate, store_id, envelope, made_at
    FROM ROWS FROM (
        jsonb_to_recordset(CAST(:outbox_facts AS jsonb))
        AS (id uuid, topic text, aggregate text, store_id uuid, envelope jsonb, made_at timestamptz)
    ) WITH ORDINALITY AS fact (id, topic, aggregate, store_id, envelope, made_at, place)
    ORDER BY place
    RETURNING id, topic, aggregate, position, made_at
), outbox_due AS (
    INSERT INTO deliveries (event_id, consumer, aggregate, sequence, is_ordered, state, tries, next_at)
    SELECT said.id, heard.consumer, said.aggregate, said.position, heard.is_ordered, 'pending', 0, said.made_at
    FROM outbox_said AS said
    JOIN jsonb_to_recordset(CAST(:outbox_heard AS jsonb)) AS heard (topic text, consumer text, is_ordered boolean)
        ON heard.topic = said.topic
)
"""
"""Facts and their deliveries."""

_PENDING: Final[ColumnElement[str]] = literal_column("'pending'")
_TAKEN: Final[ColumnElement[str]] = literal_column("'taken'")
"""Written out, so that one plan can be kept: as parameters they would hide the partial indexes from it."""

_CALL: Final = "pg_notify(:outbox_channel, '')"
"""Wakes the relay once the unit is committed."""


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
    envelope: dict[str, Any]
    made_at: datetime
    consumers: tuple[str, ...]


def emit(uow: UnitOfWork, *facts: Event) -> None:
    """Publish facts: they leave when this unit commits, and only then."""
    said = [_Said(fact, _envelope_of(uow, fact), uow.now, uow.consumers.get(fact.topic, ())) for fact in facts]
    if said:
        write_last(uow.session, _share, said)


def claim(uow: UnitOfWork, *, consumer: str, limit: int = BATCH) -> tuple[Parcel, ...]:
    """Lock what is due for one consumer, never past an earlier fact of the same aggregate that waits or died."""
    earlier = aliased(Delivery)
    is_first = ~exists().where(
        col(earlier.consumer) == col(Delivery.consumer),
        col(earlier.aggregate) == col(Delivery.aggregate),
        col(earlier.sequence) < col(Delivery.sequence),
        col(earlier.state) != _TAKEN,
    )
    due = (
        select(Delivery, OutboxMessage)
        .join(OutboxMessage, col(OutboxMessage.id) == col(Delivery.event_id))
        .where(
            col(Delivery.consumer) == consumer,
            col(Delivery.state) == _PENDING,
            col(Delivery.next_at) <= uow.now,
            ~col(Delivery.is_ordered) | is_first,
        )
        .order_by(col(Delivery.sequence))
        .limit(literal_column(str(limit)))
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
    envelopes = tuple(_envelope(message) for message in uow.session.execute(waiting).scalars())
    if envelopes:
        relayed = update(OutboxMessage).where(among(col(OutboxMessage.id), [one.id for one in envelopes]))
        uow.session.execute(relayed.values(relayed_at=uow.now).execution_options(synchronize_session=False))
    return envelopes


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


def _share(said: Sequence[_Said]) -> Share:
    heard = {(one.fact.topic, consumer): None for one in said for consumer in one.consumers}
    values = {
        "outbox_facts": orjson.dumps([_row(one) for one in said]).decode(),
        "outbox_heard": orjson.dumps([_hearing(topic, consumer) for topic, consumer in heard]).decode(),
        "outbox_channel": CHANNEL,
    }
    return Share(_EMIT, values, call=_CALL)


def _row(said: _Said) -> dict[str, Any]:
    return {
        "id": new_uuid(),
        "topic": said.fact.topic,
        "aggregate": said.fact.aggregate,
        "store_id": said.fact.concerns_store,
        "envelope": said.envelope,
        "made_at": said.made_at,
    }


def _hearing(topic: str, consumer: str) -> dict[str, Any]:
    return {
        "topic": topic,
        "consumer": consumer.removeprefix(UNORDERED),
        "is_ordered": not consumer.startswith(UNORDERED),
    }


def _envelope_of(uow: UnitOfWork, fact: Event) -> dict[str, Any]:
    return {"body": body_of(fact), "asked_by": uow.asked_by, "request_id": uow.request_id}


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
