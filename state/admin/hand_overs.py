"""The desk where agents' cash is counted, blind."""

from dataclasses import dataclass
from typing import Annotated, Final, Self

import reflex as rx
from pydantic import BaseModel, Field
from reflex.event import EventSpec

from marketplace import delivery
from marketplace.delivery import HandOverState, HandOverView
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import HandOverId
from marketplace.kernel.text import FullLine, Line
from state import place
from state.edge import acting, handles, once, read
from state.forms import Asks, Loads
from state.live import watch
from state.reader import Reader
from state.typed import sum_of
from state.words import _

PATH: Final = "/admin/hand-overs"
DIALS: Final = {
    HandOverState.DECLARED: "pending",
    HandOverState.INVESTIGATING: "hold",
    HandOverState.ACCEPTED: "delivered",
}
"""Which dial a hand-over shows."""


@dataclass(frozen=True, slots=True)
class HandOverRow:
    """One hand-over, ready to print; its sums are dashes for whoever may still count it."""

    id: str
    agent: str
    state: str
    state_words: str
    orders: str
    handed: str
    handed_exact: str
    expected: str
    counted: str
    variance: str
    is_off: bool
    note: str
    counted_by: str
    can_count: bool
    can_clear: bool
    waits_for: str

    @classmethod
    def of(cls, brought: HandOverView, reader: Reader) -> Self:
        """Print a hand-over."""
        return cls(
            id=str(brought.id),
            agent=brought.agent_name,
            state=DIALS[brought.state],
            state_words=reader.word(brought.state),
            orders=reader.number(brought.orders),
            handed=reader.ago(brought.handed_at),
            handed_exact=reader.exact(brought.handed_at),
            expected=reader.money(brought.expected),
            counted=reader.money(brought.counted),
            variance=reader.money(brought.variance) if brought.variance else "",
            is_off=bool(brought.variance),
            note=brought.note or "",
            counted_by=brought.counted_by_name or "",
            can_count="accept" in brought.can,
            can_clear="clear" in brought.can,
            waits_for=_waits_for(brought),
        )


class Count(BaseModel):
    """What the cashier found in the bag."""

    hand_over_id: HandOverId
    counted: Annotated[FullLine, Field(max_length=20)]
    note: Annotated[Line, Field(max_length=200)] | None = None


class HandOversState(Loads, Asks, rx.State):
    """Hand-overs, newest first: those that are not through, or all."""

    rows: list[HandOverRow] = []
    tab: str = ""
    first: str = ""
    after: str = ""
    chosen_id: str = ""
    chosen_agent: str = ""
    chosen_orders: str = ""
    clears: bool = False

    @handles(Permission.CASH_COUNT)
    async def load(self) -> None:
        """Fill the table; runs again when cash was brought or counted."""
        asked, reader = place.query_of(self), Reader.of(self)
        self.tab, cursor = ("all" if asked.get("state") == "all" else ""), asked.get("after")
        page = await read(delivery.hand_overs, acting(), only_open=not self.tab, cursor=cursor)
        self.rows = [HandOverRow.of(brought, reader) for brought in page.items]
        self.first = place.address(PATH, "en", {"state": self.tab}) if cursor else ""
        more = page.next_cursor
        self.after = place.address(PATH, "en", {"state": self.tab, "after": more}) if more else ""
        watch(self, "hand_overs")

    @handles(Permission.CASH_COUNT)
    async def choose(self, hand_over_id: HandOverId) -> None:
        """Put a hand-over into the dialog that asks for the count."""
        row = next((row for row in self.rows if row.id == str(hand_over_id)), None)
        if row is not None:
            self.chosen_id, self.chosen_agent, self.chosen_orders = row.id, row.agent, row.orders
            self.clears, self.errors, self.problem = row.can_clear, {}, ""

    @handles(Permission.CASH_COUNT)
    async def count(self, form: Count) -> list[EventSpec]:
        """Write down what was counted, blind: the second time, that ends the looking into."""
        counted = sum_of("counted", form.counted)
        if self.clears:
            brought = await once(
                delivery.clear_hand_over,
                acting(),
                f"{form.hand_over_id}:clear",
                hand_over_id=form.hand_over_id,
                counted=counted,
                note=form.note or "",
            )
        else:
            brought = await once(
                delivery.accept_hand_over,
                acting(),
                f"{form.hand_over_id}:accept",
                hand_over_id=form.hand_over_id,
                counted=counted,
            )
        await self.load()
        return [rx.call_script("document.getElementById('count-cash')?.close()"), *_said(brought)]


def _waits_for(brought: HandOverView) -> str:
    """Say why somebody who counts cash cannot go on with this."""
    if brought.state is HandOverState.INVESTIGATING and "clear" not in brought.can:
        return _("Somebody who has not counted it counts again")
    return ""


def _said(brought: HandOverView | None) -> list[EventSpec]:
    """Say what came of a count; a second press counts nothing, and has nothing to say."""
    if brought is None:
        return []
    if brought.state is HandOverState.INVESTIGATING:
        return [rx.toast.warning(_("The count differs by too much. Somebody else has to count again."))]
    return [rx.toast.success(_("The cash is in the safe."))]
