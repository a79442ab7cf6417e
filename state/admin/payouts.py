"""The page on which finance pays vendors."""

from dataclasses import dataclass
from typing import Annotated, Final, Self

import reflex as rx
from pydantic import BaseModel, Field
from reflex.event import EventSpec

from marketplace import settlement
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import PayoutId
from marketplace.kernel.text import FullLine
from marketplace.settlement import PayoutState, PayoutView
from state import place
from state.edge import acting, handles, once, read
from state.forms import Asks, Loads
from state.live import watch
from state.reader import Reader
from state.words import _

PATH: Final = "/admin/payouts"
ORDERS_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class PayoutRow:
    """One payout, ready to print."""

    id: str
    store: str
    state: str
    state_words: str
    amount: str
    period: str
    orders: str
    proposed: str
    proposed_exact: str
    reference: str
    can_confirm: bool

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
            period=_("{start} to {end}").format(
                start=reader.day(payout.period.starts_at.date()), end=reader.day(payout.period.ends_at.date())
            ),
            orders=_("{numbers} and {more} more").format(numbers=shown, more=more) if more else shown,
            proposed=reader.ago(payout.proposed_at),
            proposed_exact=reader.exact(payout.proposed_at),
            reference=payout.reference or "",
            can_confirm=payout.can_confirm,
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

    @handles(Permission.PAYOUTS_CONFIRM)
    async def load(self) -> None:
        """Fill the table; runs again when a payout was proposed, confirmed or paid."""
        asked, reader = place.query_of(self), Reader.of(self)
        self.tab = asked.get("state", PayoutState.PROPOSED)
        wanted = PayoutState(self.tab) if self.tab in set(PayoutState) else None
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
        self.chosen_amount = Reader.of(self).money(payout.amount)
        self.errors, self.problem = {}, ""

    @handles(Permission.PAYOUTS_CONFIRM)
    async def confirm(self, form: Sent) -> list[EventSpec]:
        """Say that the bank has the transfer."""
        key = f"{form.payout_id}:confirm:{self.chosen_state}"
        await once(settlement.confirm_payout, acting(), key, payout_id=form.payout_id, reference=form.reference)
        said = _("The payout to {store} is confirmed.").format(store=self.chosen_store)
        return [rx.call_script("document.getElementById('confirm-payout').close()"), rx.toast.success(said)]


def _address(tab: str, after: str | None = None) -> str:
    return place.address(PATH, "en", {"state": tab, "after": after})
