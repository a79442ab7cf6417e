"""Commands on notices and letters."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import CursorResult, delete, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from marketplace import events
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import EventId, NotificationId, UserId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.notifications import policy, rules
from marketplace.notifications.errors import NotificationNotFound
from marketplace.notifications.events import Noticed
from marketplace.notifications.models import Notification, Send
from marketplace.notifications.rules import RULES
from marketplace.notifications.states import SendState
from marketplace.notifications.views import Notice, NotificationView, SendOutcome, SendView

AT_ONCE: Final = 500
SENT_AT_ONCE: Final = 200
FORGOTTEN_AT_ONCE: Final = 5_000
LONGEST_ERROR: Final = 500


def notify(
    uow: UnitOfWork, *, rule: str, user_ids: Iterable[UserId], about: Mapping[str, Any], event_id: EventId
) -> None:
    """Tell some people of one fact; telling them again of the same fact tells them nothing."""
    notify_all(uow, notices=[Notice(rule, user_id, event_id, about) for user_id in user_ids])


def notify_all(uow: UnitOfWork, *, notices: Iterable[Notice]) -> None:
    """Tell people of many facts at once, by few statements; letters are queued for the rules that have them."""
    remaining = iter(notices)
    while batch := list(islice(remaining, AT_ONCE)):
        told = _told(uow, batch)
        letters = [row for row in told if RULES[row["rule"]].by_mail]
        if letters:
            uow.session.execute(insert(Send), [_letter(uow, row) for row in letters])
        if told:
            events.emit(uow, Noticed(user_ids=tuple(sorted({row["user_id"] for row in told}))))


def mark_read(actor: Actor, uow: UnitOfWork, *, notification_id: NotificationId) -> NotificationView:
    """Note that one's notice was read; reading it again changes nothing."""
    found = select(Notification).where(col(Notification.id) == notification_id, policy.visible(actor))
    row = uow.session.execute(found.with_for_update()).scalar_one_or_none()
    if row is None:
        raise NotificationNotFound
    row.read_at = row.read_at or uow.now
    return NotificationView.of(row)


def read_all(actor: Actor, uow: UnitOfWork, *, up_to: NotificationId) -> int:
    """Note that one has read everything up to a notice, that one included: what came later stays unread."""
    found = select(col(Notification.made_at)).where(col(Notification.id) == up_to, policy.visible(actor))
    made_at = uow.session.execute(found).scalar_one_or_none()
    if made_at is None:
        raise NotificationNotFound
    seen = (
        update(Notification)
        .where(
            policy.visible(actor),
            col(Notification.read_at).is_(None),
            tuple_(col(Notification.made_at), col(Notification.id)) <= (made_at, up_to),
        )
        .values(read_at=uow.now)
    )
    return _count(uow.session.execute(seen))


def claim_sends(uow: UnitOfWork) -> tuple[SendView, ...]:
    """Take the letters that are due, for as long as sending them may take; nobody else takes them meanwhile."""
    due = (
        select(Send, Notification)
        .join(Notification, col(Notification.id) == col(Send.notification_id))
        .where(col(Send.state) == SendState.QUEUED, col(Send.next_at) <= uow.now)
        .order_by(col(Send.next_at))
        .limit(SENT_AT_ONCE)
        .with_for_update(of=Send, skip_locked=True)
    )
    claimed: list[SendView] = []
    for send, notification in uow.session.execute(due):
        send.tries += 1
        send.next_at = uow.now + rules.LEASE
        claimed.append(SendView(send.id, send.user_id, send.tries, NotificationView.of(notification)))
    return tuple(claimed)


def record_sends(uow: UnitOfWork, *, outcomes: Sequence[SendOutcome]) -> None:
    """Write down what came of sending: sent, to be tried again later, or given up."""
    for outcome in outcomes:
        send = uow.session.get_one(Send, outcome.send.id, with_for_update=True)
        if outcome.error is None:
            send.state, send.sent_at, send.carrier_key = SendState.SENT, uow.now, outcome.carrier_key
            continue
        wait = rules.wait_after(send.tries)
        send.last_error = outcome.error[:LONGEST_ERROR]
        send.state = SendState.FAILED if wait is None else SendState.QUEUED
        send.next_at = uow.now + (wait or rules.LEASE)


def forget_old(uow: UnitOfWork, *, before: datetime) -> int:
    """Forget old notices with their letters; those about money and security stay."""
    old = (
        select(col(Notification.id))
        .where(col(Notification.made_at) < before, col(Notification.kind).not_in(rules.KEPT_LONGER))
        .limit(FORGOTTEN_AT_ONCE)
    )
    ids = list(uow.session.execute(old).scalars())
    uow.session.execute(delete(Send).where(col(Send.notification_id).in_(ids)))
    return _count(uow.session.execute(delete(Notification).where(col(Notification.id).in_(ids))))


def _told(uow: UnitOfWork, notices: Sequence[Notice]) -> list[dict[str, Any]]:
    rows = {}
    for notice in notices:
        row = _row(uow, notice)
        rows[notice.user_id, notice.event_id, notice.rule] = row
    written = (
        insert(Notification)
        .values(list(rows.values()))
        .on_conflict_do_nothing(constraint="uq_notifications_told_once")
        .returning(col(Notification.id))
    )
    new = set(uow.session.execute(written).scalars())
    return [row for row in rows.values() if row["id"] in new]


def _row(uow: UnitOfWork, notice: Notice) -> dict[str, Any]:
    return {
        "id": new_uuid(),
        "user_id": notice.user_id,
        "event_id": notice.event_id,
        "rule": notice.rule,
        "kind": RULES[notice.rule].kind,
        "about": dict(notice.about),
        "made_at": notice.made_at or uow.now,
    }


def _letter(uow: UnitOfWork, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": new_uuid(),
        "notification_id": row["id"],
        "user_id": row["user_id"],
        "state": SendState.QUEUED,
        "tries": 0,
        "queued_at": uow.now,
        "next_at": uow.now,
    }


def _count(result: object) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
