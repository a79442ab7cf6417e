"""The agent's stops of today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, Self

import reflex as rx

from marketplace import bootstrap, delivery
from marketplace.delivery import CashInHandView, StopKind, StopState, StopView
from marketplace.kernel.actor import Permission
from state.delivery.printing import doing, whole
from state.edge import acting, handles, read
from state.forms import Loads
from state.live import watch
from state.reader import Reader
from state.words import _

At = Literal["now", "next", "fail", "done"]

SHOWN_WHEN_DONE: Final = timedelta(hours=24)
LATER: Final = {StopState.DONE: 2, StopState.PLANNED: 1}
"""What is open comes first, what waits for a pickup next, what is done last."""


@dataclass(frozen=True, slots=True)
class StopRow:
    """One stop, ready to print."""

    id: str
    number: str
    href: str
    place: str
    at: str
    time: str
    name: str
    address: str
    doing: str
    cash: str
    badge: str
    tone: str

    @classmethod
    def of(cls, stop: StopView, reader: Reader, *, place: int, is_next: bool) -> Self:
        """Print a stop of the round."""
        badge, tone = _badge(stop, reader, is_next=is_next)
        return cls(
            id=str(stop.id),
            number=stop.number,
            href=f"/agent/stops/{stop.id}",
            place=reader.number(place),
            at=_at(stop, is_next=is_next),
            time=_time(stop, reader),
            name=stop.contact_name,
            address=whole(stop.address),
            doing=doing(stop, reader),
            cash=_cash(stop, reader),
            badge=badge,
            tone=tone,
        )


class StopsState(Loads, rx.State):
    """The round: what is to be done, then what was done in the last day."""

    rows: list[StopRow] = []
    title: str = ""
    done: str = ""
    done_percent: int = 0
    cash: str = ""
    cash_limit: str = ""
    cash_percent: int = 0
    cash_tone: str = ""
    cash_words: str = ""
    cash_warning: str = ""

    @handles(Permission.ROUND_WORK)
    async def load(self) -> None:
        """Fill the round; runs again when an order was given to the agent, or taken from him."""
        reader = Reader.of(self)
        found = await read(delivery.stops, acting(), since=_now() - SHOWN_WHEN_DONE)
        self._list([stop for stop in found if stop.state is not StopState.CANCELED], reader)
        self._count_cash(await read(delivery.cash_in_hand, acting(), at=_now()), reader)
        watch(self, f"agent:{acting().user_id}")

    def _list(self, found: Sequence[StopView], reader: Reader) -> None:
        ordered = sorted(found, key=lambda stop: 0 if _owes(stop) else LATER.get(stop.state, 0))
        ahead = next((stop.id for stop in ordered if stop.state is StopState.OPEN), None)
        self.rows = [
            StopRow.of(stop, reader, place=place, is_next=stop.id == ahead)
            for place, stop in enumerate(ordered, start=1)
        ]
        done = sum(stop.state is StopState.DONE and not _owes(stop) for stop in ordered)
        self.title = reader.count("Today, {count} stop", "Today, {count} stops", len(ordered))
        self.done = _("{done} done").format(done=reader.number(done))
        self.done_percent = 100 * done // len(ordered) if ordered else 0

    def _count_cash(self, cash: CashInHandView, reader: Reader) -> None:
        self.cash, self.cash_limit = reader.money(cash.total), reader.money(cash.limit)
        self.cash_percent = percent_of(cash)
        self.cash_tone = "bad" if cash.is_overdue or cash.is_blocked else "warn" if self.cash_percent >= NEAR else ""
        self.cash_words = _("{percent} of the limit").format(percent=reader.percent(100 * self.cash_percent))
        self.cash_warning = warning_of(cash)


NEAR: Final = 80


def percent_of(cash: CashInHandView) -> int:
    """How much of what he may carry an agent carries, at most a hundred."""
    return min(100, 100 * cash.total.minor // cash.limit.minor) if cash.limit.minor else 100


def warning_of(cash: CashInHandView) -> str:
    """What the agent must know of his cash before he goes on; nothing, mostly."""
    if cash.is_blocked:
        return _("A hand-over is being looked into. You take no cash until it is cleared.")
    if cash.is_overdue:
        return _("You have carried cash for too long. Bring it in before you take more.")
    return ""


def _now() -> datetime:
    return bootstrap.database().now()


def _owes(stop: StopView) -> bool:
    """Whether the parcel is with its buyer and his cash is not with the agent, nor asked about."""
    return bool(stop.state is StopState.DONE and stop.cash_due and not stop.cash_taken and not stop.cash_asked)


def _cash(stop: StopView, reader: Reader) -> str:
    """The cash that is to be taken, or was: none for a parcel that goes back."""
    cash = None if stop.state is StopState.RETURNING else stop.cash_due or stop.cash_taken
    return reader.money(cash) if cash else ""


def _at(stop: StopView, *, is_next: bool) -> At:
    if _owes(stop):
        return "fail"
    if stop.state is StopState.DONE:
        return "done"
    if stop.state in {StopState.FAILED, StopState.RETURNING}:
        return "fail"
    return "now" if is_next else "next"


def _time(stop: StopView, reader: Reader) -> str:
    if stop.done_at is not None:
        return reader.time(stop.done_at)
    if stop.promised_on is None:
        return _("Today")
    return _("By {day}").format(day=reader.day(stop.promised_on))


def _badge(stop: StopView, reader: Reader, *, is_next: bool) -> tuple[str, str]:
    match stop.state:
        case StopState.DONE if _owes(stop):
            return _("Cash not taken"), "bad"
        case StopState.DONE:
            return _("Done"), "good"
        case StopState.RETURNING:
            return _("Bring it back"), "bad"
        case StopState.FAILED:
            reason = reader.word(stop.last_failure) if stop.last_failure else _("Not delivered")
            return _("{reason}, try {count}").format(reason=reason, count=stop.attempts), "bad"
        case StopState.PLANNED if stop.kind is StopKind.DROP:
            return _("After the pickup"), "neutral"
    return (_("Next"), "accent") if is_next else ("", "neutral")
