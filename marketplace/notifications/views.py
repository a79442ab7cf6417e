"""What leaves notifications."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from marketplace.kernel.ids import EventId, NotificationId, UserId
from marketplace.kernel.words import Locale
from marketplace.notifications import rules
from marketplace.notifications.models import Notification
from marketplace.notifications.rules import RULES, Rule
from marketplace.notifications.states import NoticeKind


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that one person is to be told of."""

    rule: str
    user_id: UserId
    event_id: EventId
    about: Mapping[str, Any] = field(default_factory=dict)
    made_at: datetime | None = None
    """When it happened, where that was not now."""
    question: str | None = None
    """What it asks its reader for, where it asks for something: `decide:<order>`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A question is answered, and with it every notice that asked it until then."""

    question: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NotificationView:
    """A notice, whose words are chosen by whoever prints it."""

    id: NotificationId
    rule: str
    kind: NoticeKind
    about: Mapping[str, Any]
    made_at: datetime
    read_at: datetime | None
    question: str | None = None
    answered_at: datetime | None = None

    @classmethod
    def of(cls, row: Notification) -> Self:
        """See a notice."""
        return cls(
            id=row.id,
            rule=row.rule,
            kind=row.kind,
            about=row.about,
            made_at=row.made_at,
            read_at=row.read_at,
            question=row.question,
            answered_at=row.answered_at,
        )

    @property
    def is_new(self) -> bool:
        """Whether the bell counts it: neither read, nor done without being read."""
        return self.read_at is None and self.answered_at is None

    @property
    def asks(self) -> bool:
        """Whether somebody still waits for its reader, or for one of the others who were asked."""
        return self.question is not None and self.answered_at is None

    @property
    def is_urgent(self) -> bool:
        """Whether it is better read now than tonight."""
        return self._rule.is_urgent

    @property
    def link(self) -> str:
        """The page where something can be done about it, without the language before it."""
        return self._rule.link.format_map(self.about)

    def title(self, locale: Locale) -> str:
        """What happened, in a few words."""
        return rules.said(self._rule.title, self.about, locale)

    def body(self, locale: Locale) -> str:
        """What that means for the reader."""
        return rules.said(self._rule.body, self.about, locale)

    @property
    def _rule(self) -> Rule:
        return RULES[self.rule]


@dataclass(frozen=True, slots=True)
class SendView:
    """A letter that is to be sent now."""

    id: UUID
    user_id: UserId
    tries: int
    notice: NotificationView


@dataclass(frozen=True, slots=True)
class SendOutcome:
    """What came of trying to send a letter: the carrier's name for it, or what went wrong."""

    send: SendView
    carrier_key: str | None = None
    error: str | None = None
