"""The bell, as the contract prints it."""

from uuid import UUID

from marketplace.kernel.words import Locale
from marketplace.notifications import NoticeKind, NotificationView
from marketplace.rest.shapes.base import Moment, Shape, Wished


class Notification(Shape):
    """A notice, in the reader's language; its link is a path of our pages.

    `asks` is true while somebody waits for what it asks; `answered_at` says when that was done, by whomever.
    """

    id: UUID
    rule: str
    kind: NoticeKind
    title: str
    body: str
    link: str
    is_urgent: bool
    made_at: Moment
    read_at: Moment | None
    asks: bool
    answered_at: Moment | None

    @classmethod
    def of(cls, notice: NotificationView, locale: Locale) -> "Notification":
        """Print it."""
        return cls(
            id=notice.id,
            rule=notice.rule,
            kind=notice.kind,
            title=notice.title(locale),
            body=notice.body(locale),
            link=notice.link,
            is_urgent=notice.is_urgent,
            made_at=notice.made_at,
            read_at=notice.read_at,
            asks=notice.asks,
            answered_at=notice.answered_at,
        )


class Notifications(Shape):
    """A page of notices, and how many wait: a hundred stands for more."""

    items: tuple[Notification, ...]
    next_cursor: str | None
    unread: int


class ReadWish(Wished):
    """The newest notice that was seen."""

    up_to: UUID


class Unread(Shape):
    """How many notices still wait."""

    unread: int
