"""What somebody was told: the newest first, and which of it waits to be read."""

from dataclasses import dataclass
from typing import Final, Literal, Self

import reflex as rx
from reflex.event import EventSpec

from marketplace import bootstrap, notifications
from marketplace.kernel.ids import NotificationId
from marketplace.notifications import NotificationView
from marketplace.rest.access import SIGNED_IN
from state import place
from state.doors import AT_A_SHOP
from state.edge import acting, handles, read, transact
from state.forms import Loads
from state.live import watch
from state.reader import Reader
from state.session import SessionState

PATH: Final = "/notifications"
AT_A_VENDORS: Final = "/vendor/notifications"

VIEWS: Final[dict[str, Literal["unread"] | None]] = {"": None, "unread": "unread"}


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice, ready to print."""

    id: str
    title: str
    body: str
    href: str
    at: str
    exact: str
    is_new: bool
    asks: bool
    is_done: bool

    @classmethod
    def of(cls, notice: NotificationView, reader: Reader) -> Self:
        """Print a notice in the reader's language."""
        return cls(
            id=str(notice.id),
            title=notice.title(reader.locale),
            body=notice.body(reader.locale),
            href=notice.link,
            at=reader.ago(notice.made_at, now=bootstrap.database().now()),
            exact=reader.exact(notice.made_at),
            is_new=notice.is_new,
            asks=notice.asks,
            is_done=notice.answered_at is not None,
        )


class NotificationsState(Loads, rx.State):
    """The notices of the reader."""

    rows: list[NoticeRow] = []
    view: str = ""
    first: str = ""
    after: str = ""

    @handles(SIGNED_IN)
    async def load(self) -> EventSpec | None:
        """Fill the list; runs again whenever the reader is told something. Who has no shop is led out of a vendor's."""
        asked, path = place.query_of(self), place.path_of(self)
        if path == AT_A_VENDORS and not acting().has(AT_A_SHOP):
            return rx.redirect(Reader.of(self).address(PATH, **asked), replace=True)
        self.view = asked.get("state", "") if asked.get("state", "") in VIEWS else ""
        cursor = asked.get("after")
        page = await read(notifications.newest, acting(), state=VIEWS[self.view], cursor=cursor)
        self.rows = [NoticeRow.of(notice, Reader.of(self)) for notice in page.items]
        self.first = place.address(path, "en", {"state": self.view}) if cursor else ""
        more = page.next_cursor
        self.after = place.address(path, "en", {"state": self.view, "after": more}) if more else ""
        watch(self, f"bell:{acting().user_id}")
        return None

    @handles(SIGNED_IN)
    async def mark_read(self, notice_id: NotificationId) -> None:
        """Note that one was read: the link leads on meanwhile."""
        await transact(notifications.mark_read, acting(), notification_id=notice_id)
        await self._count()

    @handles(SIGNED_IN)
    async def read_all(self, up_to: NotificationId) -> None:
        """Note that all of them were read, up to the newest on the page: what came later stays new."""
        await transact(notifications.read_all, acting(), up_to=up_to)
        await self.load()
        await self._count()

    async def _count(self) -> None:
        session = await self.get_state(SessionState)
        session.unread = await read(notifications.unread, acting())
