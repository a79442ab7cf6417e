"""The page on which finance pays vendors."""

from dataclasses import dataclass
from typing import Annotated, Final, Self

import reflex as rx
from pydantic import BaseModel, Field
from reflex.event import EventSpec

from marketplace import bootstrap, settlement
from marketplace.kernel.actor import Permission
from marketplace.kernel.clock import Period
from marketplace.kernel.ids import PayoutId
from marketplace.kernel.text import FullLine
from marketplace.settlement import PayoutState, PayoutView
from state import place
from state.edge import acting, handles, once, read
from state.forms import Asks, Loads
from state.live import watch
from state.reader import DASH, Reader
from state.words import _, _n

PATH: Final = "/admin/payouts"
SHEET: Final = "/api/v1/admin/payouts.csv"
ALL: Final = "all"
TABS: Final = (*PayoutState, ALL)
ORDERS_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class PayoutRow:
    """One payout, ready to print."""

    id: str
    store: str
    state: str
    state_words: str
    amount: str
    delivered: str
    orders: str
    proposed: str
    proposed_exact: str
    reference: str
    can_confirm: bool
    waits_for: str

    @classmethod
    def of(cls, payout: PayoutView, reader: Reader) -> Self:
        """Print a payout."""
        numbers = payout.orders[:ORDERS_SHOWN]
        more = len(payout.orders) - len(numbers)
        shown = ", ".join(numbers)
        return cls(
            id=str(payout.id),
            store=payout.store_name,
            state=payout.state,
            state_words=reader.word(payout.state),
            amount=reader.money(payout.amount),
            delivered=_days(payout.delivered, reader),
            orders=_n("{numbers} and {more} more", "{numbers} and {more} more", more).format(numbers=shown, more=more)
            if more
            else shown,
            proposed=reader.ago(payout.proposed_at),
            proposed_exact=reader.exact(payout.proposed_at),
            reference=payout.reference or "",
            can_confirm=payout.can_confirm,
            waits_for=_waits_for(payout),
        )


class Sent(BaseModel):
    """What finance says of a transfer: the bank's reference."""

    payout_id: PayoutId
    reference: Annotated[FullLine, Field(max_length=80)]


class PayoutsState(Loads, Asks, rx.State):
    """Payouts, newest first, in one state or all."""

    rows: list[PayoutRow] = []
    tab: str = ""
    first: str = ""
    after: str = ""
    chosen_id: str = ""
    chosen_store: str = ""
    chosen_amount: str = ""
    chosen_state: str = ""
    chosen_reference: str = ""
    chosen_words: str = ""
    sheet: str = SHEET

    @handles(Permission.PAYOUTS_CONFIRM)
    async def load(self) -> None:
        """Fill the table; runs again when a payout was proposed, confirmed or paid."""
        asked, reader = place.query_of(self), Reader.of(self)
        self.tab = asked.get("state", PayoutState.PROPOSED)
        self.tab = self.tab if self.tab in TABS else PayoutState.PROPOSED
        wanted = PayoutState(self.tab) if self.tab != ALL else None
        self.sheet = place.address(SHEET, "en", {"state": wanted})
        cursor = asked.get("after")
        page = await read(settlement.payouts, acting(), state=wanted, cursor=cursor)
        self.rows = [PayoutRow.of(payout, reader) for payout in page.items]
        self.first = _address(self.tab) if cursor else ""
        self.after = _address(self.tab, page.next_cursor) if page.next_cursor else ""
        watch(self, "payouts")

    @handles(Permission.PAYOUTS_CONFIRM)
    async def choose(self, payout_id: PayoutId) -> None:
        """Put a payout into the dialog that asks for the bank's reference."""
        payout = await read(settlement.payout, acting(), payout_id=payout_id)
        self.chosen_id, self.chosen_store, self.chosen_state = str(payout.id), payout.store_name, payout.state
        self.chosen_amount, self.chosen_reference = Reader.of(self).money(payout.amount), payout.reference or ""
        is_large = await read(settlement.takes_two, acting(), payout_id=payout_id, at=bootstrap.database().now())
        self.chosen_words = _explained(payout, is_large=is_large)
        self.errors, self.problem = {}, ""

    @handles(Permission.PAYOUTS_CONFIRM)
    async def confirm(self, form: Sent) -> list[EventSpec]:
        """Say that the bank has the transfer."""
        key = f"{form.payout_id}:confirm:{self.chosen_state}"
        await once(settlement.confirm_payout, acting(), key, payout_id=form.payout_id, reference=form.reference)
        payout = await read(settlement.payout, acting(), payout_id=form.payout_id)
        await self.load()
        said = _("The payout to {store} is paid.")
        if payout.state is PayoutState.CONFIRMED:
            said = _("The payout to {store} waits for a second person now.")
        closing = rx.call_script("document.getElementById('confirm-payout')?.close()")
        return [closing, rx.toast.success(said.format(store=payout.store_name))]


def _days(delivered: Period | None, reader: Reader) -> str:
    if delivered is None:
        return DASH
    first, last = reader.day(delivered.starts_at), reader.day(delivered.ends_at)
    return first if first == last else _("{start} to {end}").format(start=first, end=last)


def _waits_for(payout: PayoutView) -> str:
    """Say why somebody who may confirm payouts cannot confirm this one."""
    if payout.state is PayoutState.CONFIRMED and not payout.can_confirm:
        return _("You confirmed it: somebody else must too")
    return ""


def _explained(payout: PayoutView, *, is_large: bool) -> str:
    """Say what the confirmation will bring about, where that is not simply the end of it."""
    if payout.state is PayoutState.CONFIRMED:
        said = _("{name} has confirmed it under the reference below. Compare it with the transfer: you end it.")
        return said.format(name=payout.confirmed_by_name)
    return _("It is large: it is paid only when a second person has confirmed it too.") if is_large else ""


def _address(tab: str, after: str | None = None) -> str:
    return place.address(PATH, "en", {"state": tab, "after": after})
