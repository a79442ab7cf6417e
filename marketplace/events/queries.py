"""Reads of facts and deliveries."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from marketplace.events import policy
from marketplace.events.models import Delivery, OutboxMessage
from marketplace.events.states import DeliveryState
from marketplace.events.views import Backlog, DeadLetterView
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import EventId
from marketplace.kernel.pages import Page, clamp, id_and_name


def consumers_due(session: Session, *, now: datetime, waiting_for: timedelta = timedelta()) -> tuple[str, ...]:
    """Name the consumers with deliveries that have been due for that long."""
    due = (
        select(col(Delivery.consumer))
        .where(col(Delivery.state) == DeliveryState.PENDING, col(Delivery.next_at) <= now - waiting_for)
        .distinct()
    )
    return tuple(session.execute(due).scalars())


def backlog(session: Session) -> Backlog:
    """Count what waits and what died."""
    by_state = (
        select(col(Delivery.state), func.count())
        .where(col(Delivery.state) != DeliveryState.TAKEN)
        .group_by(col(Delivery.state))
    )
    counts: dict[DeliveryState, int] = {state: count for state, count in session.execute(by_state)}  # noqa: C416 (rows)
    oldest = session.execute(
        select(func.min(col(OutboxMessage.made_at))).join(
            Delivery, (col(Delivery.event_id) == col(OutboxMessage.id)) & (col(Delivery.state) == DeliveryState.PENDING)
        )
    ).scalar_one()
    unrelayed = session.execute(
        select(func.count()).select_from(OutboxMessage).where(col(OutboxMessage.relayed_at).is_(None))
    ).scalar_one()
    return Backlog(
        pending=counts.get(DeliveryState.PENDING, 0),
        dead=counts.get(DeliveryState.DEAD, 0),
        oldest_pending_at=oldest,
        unrelayed=unrelayed,
    )


def dead_letters(
    actor: Actor, session: Session, *, cursor: str | None = None, limit: int | None = None
) -> Page[DeadLetterView]:
    """List the deliveries that were given up, newest first."""
    permit(policy.can_replay(actor), "see dead letters")
    asked = clamp(limit)
    found = (
        select(Delivery, OutboxMessage)
        .join(OutboxMessage, col(OutboxMessage.id) == col(Delivery.event_id))
        .where(col(Delivery.state) == DeliveryState.DEAD)
        .order_by(col(Delivery.event_id).desc(), col(Delivery.consumer))
        .limit(asked + 1)
    )
    if cursor is not None:
        event_id, consumer = id_and_name(cursor)
        found = found.where(
            (col(Delivery.event_id) < event_id)
            | ((col(Delivery.event_id) == event_id) & (col(Delivery.consumer) > consumer))
        )
    views = [_dead(delivery, message) for delivery, message in session.execute(found)]
    return Page.of(views, limit=asked, key=lambda view: (str(view.event_id), view.consumer))


def _dead(delivery: Delivery, message: OutboxMessage) -> DeadLetterView:
    return DeadLetterView(
        event_id=EventId(message.id),
        consumer=delivery.consumer,
        topic=message.topic,
        aggregate=message.aggregate,
        body=message.envelope["body"],
        tries=delivery.tries,
        reason=delivery.last_error or "",
        made_at=message.made_at,
    )
