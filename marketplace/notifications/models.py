"""Tables of notices and letters."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from marketplace.kernel import columns
from marketplace.kernel.ids import EventId, NotificationId, UserId
from marketplace.notifications.states import NoticeKind, SendState

QUESTION_LENGTH = 120


class Notification(SQLModel, table=True):
    """A notice to one person about one fact: the facts of it, not the words."""

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("user_id", "event_id", "rule", name="uq_notifications_told_once"),
        Index("ix_notifications_newest", "user_id", text("made_at DESC"), text("id DESC")),
        Index("ix_notifications_unread", "user_id", postgresql_where=text("read_at IS NULL")),
        Index("ix_notifications_asked", "question", postgresql_where=text("answered_at IS NULL")),
        Index("ix_notifications_made_at", "made_at"),
        CheckConstraint("answered_at IS NULL OR question IS NOT NULL", name="answers_a_question"),
    )

    id: NotificationId = columns.key()
    user_id: UserId = columns.ref("users")
    event_id: EventId = columns.plain_id()
    rule: str = Field(max_length=60)
    kind: NoticeKind = columns.one_of(NoticeKind)
    about: dict[str, Any] = columns.document()
    made_at: datetime = columns.instant()
    read_at: datetime | None = columns.maybe_instant()
    question: str | None = Field(default=None, max_length=QUESTION_LENGTH)
    answered_at: datetime | None = columns.maybe_instant()


class Question(SQLModel, table=True):
    """Something that notices ask their readers for, and when it was last answered.

    Whoever asks and whoever answers takes this row first. So they come one after the other, and an answer that is
    heard before its question still finds it.
    """

    __tablename__ = "notification_questions"
    __table_args__ = (Index("ix_notification_questions_heard_at", "heard_at"),)

    question: str = Field(primary_key=True, max_length=QUESTION_LENGTH)
    heard_at: datetime = columns.instant()
    answered_at: datetime | None = columns.maybe_instant()


class Send(SQLModel, table=True):
    """A letter about a notice: to be sent, sent, or given up."""

    __tablename__ = "notification_sends"
    __table_args__ = (
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_instant"),
        Index("ix_notification_sends_due", "next_at", postgresql_where=text("state = 'queued'")),
    )

    id: UUID = columns.key()
    notification_id: NotificationId = columns.ref("notifications", unique=True)
    user_id: UserId = columns.ref("users")
    state: SendState = columns.one_of(SendState, default=SendState.QUEUED)
    tries: int = 0
    queued_at: datetime = columns.instant()
    next_at: datetime = columns.instant()
    sent_at: datetime | None = columns.maybe_instant()
    carrier_key: str | None = Field(default=None, max_length=200)
    last_error: str | None = columns.maybe_prose()
