"""The desk of what did not go through."""

from dataclasses import dataclass
from typing import Self

import orjson
import reflex as rx
from reflex.event import EventSpec

from marketplace import events, ops
from marketplace.events import DeadLetterView
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import EventId
from state import place
from state.edge import acting, handles, read, transact
from state.forms import Loads
from state.live import watch
from state.reader import Reader
from state.words import _, _n

PATH = "/admin/events"
TRACED = "Traceback (most recent call last):"


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One fact that a consumer gave up, ready to print."""

    id: str
    key: str
    topic: str
    consumer: str
    about: str
    tries: str
    made: str
    made_exact: str
    reason: str
    trace: str
    body: str

    @classmethod
    def of(cls, letter: DeadLetterView, reader: Reader) -> Self:
        """Print a dead letter: the error first, and the way to it below."""
        return cls(
            id=str(letter.event_id),
            key=f"{letter.event_id}:{letter.consumer}",
            topic=letter.topic,
            consumer=letter.consumer,
            about=letter.aggregate,
            tries=reader.count("{count} try", "{count} tries", letter.tries),
            made=reader.ago(letter.made_at),
            made_exact=reader.exact(letter.made_at),
            reason=_error_of(letter.reason),
            trace=letter.reason,
            body=orjson.dumps(letter.body, option=orjson.OPT_INDENT_2).decode(),
        )


class EventsState(Loads, rx.State):
    """How delivery stands, and what it gave up."""

    rows: list[LetterRow] = []
    pending: str = ""
    dead: str = ""
    unrelayed: str = ""
    oldest: str = ""
    first: str = ""
    after: str = ""

    @handles(Permission.EVENTS_REPLAY)
    async def load(self) -> None:
        """Fill the figures and the list; runs again every few seconds."""
        reader, cursor = Reader.of(self), place.query_of(self).get("after")
        standing = await read(ops.backlog, acting())
        self.pending, self.dead = reader.number(standing.pending), reader.number(standing.dead)
        self.unrelayed = reader.number(standing.unrelayed)
        self.oldest = reader.ago(standing.oldest_pending_at) if standing.oldest_pending_at else "–"
        page = await read(events.dead_letters, acting(), cursor=cursor)
        self.rows = [LetterRow.of(letter, reader) for letter in page.items]
        self.first = PATH if cursor else ""
        self.after = place.address(PATH, "en", {"after": page.next_cursor}) if page.next_cursor else ""
        watch(self)

    @handles(Permission.EVENTS_REPLAY)
    async def replay(self, event_id: EventId) -> EventSpec:
        """Try a fact again with every consumer that gave it up."""
        revived = await transact(ops.replay, acting(), event_id=event_id)
        await self.load()
        said = _n("{count} delivery is tried again.", "{count} deliveries are tried again.", revived)
        return rx.toast.success(said.format(count=revived) or _("Tried again."))


def _error_of(trace: str) -> str:
    """Find the error itself in a trace: the first line after the last way to it, for a database adds many to it."""
    last = trace.strip().rpartition(TRACED)[2]
    lines = [line for line in last.splitlines() if line and not line.startswith((" ", "\t"))]
    return lines[0] if lines else ""
