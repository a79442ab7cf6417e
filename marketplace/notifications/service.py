"""Commands on notices and letters."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final

import orjson
from sqlalchemy import ARRAY, CursorResult, Text, Update, Uuid, delete, func, literal, select, tuple_, update
from sqlmodel import col

from marketplace import events
from marketplace.kernel.actor import Actor
from marketplace.kernel.frozen import by_hand
from marketplace.kernel.ids import EventId, NotificationId, UserId, new_uuid
from marketplace.kernel.rows import among, put_rows
from marketplace.kernel.work import UnitOfWork
from marketplace.notifications import policy, rules
from marketplace.notifications.errors import NotificationNotFound
from marketplace.notifications.events import Answered, Noticed
from marketplace.notifications.models import Notification, Question, Send
from marketplace.notifications.rules import RULES
from marketplace.notifications.states import SendState
from marketplace.notifications.views import Answer, Notice, NotificationView, SendOutcome, SendView

AT_ONCE: Final = 500
SENT_AT_ONCE: Final = 200
FORGOTTEN_AT_ONCE: Final = 5_000
LONGEST_ERROR: Final = 500

_TELL: Final = by_hand("""
INSERT INTO notifications (id, user_id, event_id, rule, kind, about, made_at, question, answered_at)
SELECT id, user_id, event_id, rule, kind, about, made_at, question, answered_at
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS told (
    id uuid, user_id uuid, event_id uuid, rule text, kind text, about jsonb, made_at timestamptz,
    question text, answered_at timestamptz)
ON CONFLICT ON CONSTRAINT uq_notifications_told_once DO NOTHING
RETURNING id
""")

_ASK: Final = by_hand("""
INSERT INTO notification_questions (question, heard_at)
SELECT question, :now FROM unnest(CAST(:questions AS text[])) AS asked (question) ORDER BY question
ON CONFLICT (question) DO UPDATE SET heard_at = excluded.heard_at
RETURNING question, answered_at
""")

_HEAR: Final = by_hand("""
INSERT INTO notification_questions AS known (question, heard_at, answered_at)
SELECT question, :now, answered_at FROM jsonb_to_recordset(CAST(:answers AS jsonb))
    AS given (question text, answered_at timestamptz) ORDER BY question
ON CONFLICT (question) DO UPDATE
    SET heard_at = excluded.heard_at, answered_at = greatest(known.answered_at, excluded.answered_at)
""")

_SETTLE: Final = by_hand("""
UPDATE notifications SET answered_at = asked.answered_at FROM notification_questions AS asked
WHERE asked.question = ANY(CAST(:questions AS text[])) AND notifications.question = asked.question
    AND notifications.answered_at IS NULL AND notifications.made_at <= asked.answered_at
RETURNING notifications.user_id
""")


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
        letters = [row for row in told if RULES[row["rule"]].by_mail and row["answered_at"] is None]
        if letters:
            put_rows(uow.session, Send, [_letter(uow, row) for row in letters])
        if told:
            events.emit(uow, Noticed(user_ids=tuple(sorted({row["user_id"] for row in told}))))


def answer_all(uow: UnitOfWork, *, answers: Iterable[Answer]) -> None:
    """Settle every notice that asked one of these questions until it was answered; again changes nothing.

    What was asked earlier but is heard later is settled when it is told.
    """
    latest: dict[str, datetime] = {}
    for answer in answers:
        latest[answer.question] = max(answer.at, latest.get(answer.question, answer.at))
    if not latest:
        return
    given = [{"question": question, "answered_at": at} for question, at in latest.items()]
    _HEAR.run(uow.session, {"now": uow.now, "answers": orjson.dumps(given).decode()})
    settled = set(_SETTLE.run(uow.session, {"questions": list(latest)}).scalars())
    if settled:
        events.emit(uow, Answered(user_ids=tuple(sorted(settled))))


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
        select(col(Send.id), col(Send.user_id), col(Send.tries) + 1, Notification)
        .join(Notification, col(Notification.id) == col(Send.notification_id))
        .where(col(Send.state) == SendState.QUEUED, col(Send.next_at) <= uow.now)
        .order_by(col(Send.next_at))
        .limit(SENT_AT_ONCE)
        .with_for_update(of=Send, skip_locked=True)
    )
    claimed = tuple(
        SendView(send_id, user_id, tries, NotificationView.of(notification))
        for send_id, user_id, tries, notification in uow.session.execute(due)
    )
    if claimed:
        leased = update(Send).where(among(col(Send.id), [send.id for send in claimed]))
        _update(uow, leased.values(tries=col(Send.tries) + 1, next_at=uow.now + rules.LEASE))
    return claimed


def record_sends(uow: UnitOfWork, *, outcomes: Sequence[SendOutcome]) -> None:
    """Write down what came of sending: sent, to be tried again later, or given up."""
    keys = {outcome.send.id: outcome.carrier_key for outcome in outcomes if outcome.error is None}
    if keys:
        given = func.unnest(literal(list(keys), ARRAY(Uuid)), literal(list(keys.values()), ARRAY(Text)))
        sent = given.table_valued("id", "carrier_key").render_derived(name="sent")
        noted = update(Send).where(col(Send.id) == sent.c.id, col(Send.state) == SendState.QUEUED)
        _update(uow, noted.values(state=SendState.SENT, sent_at=uow.now, carrier_key=sent.c.carrier_key))
    for outcome in outcomes:
        if outcome.error is not None:
            _record_failure(uow, outcome.send, outcome.error)


def forget_old(uow: UnitOfWork, *, before: datetime) -> int:
    """Forget old notices with their letters, and old questions; notices about money and security stay."""
    uow.session.execute(delete(Question).where(col(Question.heard_at) < before))
    old = (
        select(col(Notification.id))
        .where(col(Notification.made_at) < before, col(Notification.kind).not_in(rules.KEPT_LONGER))
        .limit(FORGOTTEN_AT_ONCE)
    )
    ids = list(uow.session.execute(old).scalars())
    uow.session.execute(delete(Send).where(col(Send.notification_id).in_(ids)))
    return _count(uow.session.execute(delete(Notification).where(col(Notification.id).in_(ids))))


def _told(uow: UnitOfWork, notices: Sequence[Notice]) -> list[dict[str, Any]]:
    answered = _ask(uow, {notice.question for notice in notices if notice.question is not None})
    rows = {}
    for notice in notices:
        row = _row(uow, notice, answered)
        rows[notice.user_id, notice.event_id, notice.rule] = row
    new = set(_TELL.run(uow.session, {"rows": orjson.dumps(list(rows.values())).decode()}).scalars())
    return [row for row in rows.values() if row["id"] in new]


def _ask(uow: UnitOfWork, questions: Collection[str]) -> dict[str, datetime | None]:
    """Take the questions that are asked, and tell when each was last answered."""
    if not questions:
        return {}
    asked = _ASK.run(uow.session, {"now": uow.now, "questions": list(questions)})
    return dict(iter(asked))


def _row(uow: UnitOfWork, notice: Notice, answered: Mapping[str, datetime | None]) -> dict[str, Any]:
    made_at = notice.made_at or uow.now
    answered_at = answered[notice.question] if notice.question is not None else None
    return {
        "id": new_uuid(),
        "user_id": notice.user_id,
        "event_id": notice.event_id,
        "rule": notice.rule,
        "kind": RULES[notice.rule].kind,
        "about": dict(notice.about),
        "made_at": made_at,
        "question": notice.question,
        "answered_at": answered_at if answered_at is not None and answered_at >= made_at else None,
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


def _record_failure(uow: UnitOfWork, send: SendView, error: str) -> None:
    wait = rules.wait_after(send.tries)
    failed = update(Send).where(col(Send.id) == send.id, col(Send.state) == SendState.QUEUED)
    state = SendState.FAILED if wait is None else SendState.QUEUED
    _update(uow, failed.values(state=state, last_error=error[:LONGEST_ERROR], next_at=uow.now + (wait or rules.LEASE)))


def _update(uow: UnitOfWork, statement: Update) -> None:
    uow.session.execute(statement.execution_options(synchronize_session=False))


def _count(result: object) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
