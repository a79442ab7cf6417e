"""The cash an agent carries, and how he brings it in."""

from dataclasses import dataclass
from typing import Annotated, Self

import reflex as rx
from pydantic import BaseModel, Field
from reflex.event import EventSpec

from marketplace import bootstrap, delivery
from marketplace.delivery import CashInHandView, CollectionView, HandOverView
from marketplace.kernel.actor import Permission
from marketplace.kernel.text import FullLine, Line
from state.delivery.stops import percent_of, warning_of
from state.edge import acting, handles, once, read
from state.forms import Asks, Loads
from state.live import watch
from state.reader import Reader
from state.typed import NO_SUM, needed, sum_of
from state.words import _


@dataclass(frozen=True, slots=True)
class TakenRow:
    """Cash taken for one order, ready to print."""

    number: str
    amount: str
    taken: str
    taken_exact: str

    @classmethod
    def of(cls, taken: CollectionView, reader: Reader) -> Self:
        """Print what one buyer gave."""
        return cls(
            taken.number,
            reader.money(taken.amount),
            reader.ago(taken.collected_at),
            reader.exact(taken.collected_at),
        )


@dataclass(frozen=True, slots=True)
class BroughtRow:
    """A hand-over that is not through yet, ready to print."""

    state: str = ""
    state_words: str = ""
    declared: str = ""
    handed: str = ""
    handed_exact: str = ""
    orders: str = ""

    @classmethod
    def of(cls, brought: HandOverView, reader: Reader) -> Self:
        """Print what the cashier has."""
        return cls(
            state="pending" if brought.counted is None else "hold",
            state_words=reader.word(brought.state),
            declared=reader.money(brought.declared),
            handed=reader.ago(brought.handed_at),
            handed_exact=reader.exact(brought.handed_at),
            orders=reader.count("{count} order", "{count} orders", brought.orders),
        )


class Brought(BaseModel):
    """What the agent counted."""

    counted: Annotated[FullLine, Field(max_length=20), needed(NO_SUM)]
    note: Annotated[Line, Field(max_length=200)] = ""


class CashState(Loads, Asks, rx.State):
    """Cash in hand, order by order."""

    rows: list[TakenRow] = []
    total: str = ""
    limit: str = ""
    percent: int = 0
    percent_words: str = ""
    tone: str = ""
    warning: str = ""
    since: str = ""
    currency: str = ""
    version: str = ""
    brought: BroughtRow = BroughtRow()
    has_brought: bool = False

    @handles(Permission.ROUND_WORK)
    async def load(self) -> None:
        """Fill the page; runs again when cash was taken, or counted."""
        cash, reader = await read(delivery.cash_in_hand, acting(), at=bootstrap.database().now()), Reader.of(self)
        self.rows = [TakenRow.of(taken, reader) for taken in cash.collections]
        self.version = f"{len(cash.collections)}:{cash.oldest_cash_at}:{cash.total.minor}"
        self._show(cash, reader)
        self.has_brought = cash.open_hand_over is not None
        self.brought = BroughtRow.of(cash.open_hand_over, reader) if cash.open_hand_over else BroughtRow()
        watch(self, f"agent:{acting().user_id}")

    @handles(Permission.ROUND_WORK)
    async def hand_over(self, form: Brought) -> list[EventSpec]:
        """Bring in everything."""
        counted = sum_of("counted", form.counted)
        key = f"hand_over:{self.version}"
        await once(delivery.hand_over, acting(), key, counted=counted, note=form.note or None)
        self.errors, self.problem = {}, ""
        await self.load()
        said = _("Give the cash to the cashier now, who counts it without knowing your sum.")
        return [rx.call_script("document.getElementById('bring-in')?.close()"), rx.toast.success(said)]

    def _show(self, cash: CashInHandView, reader: Reader) -> None:
        self.total, self.limit, self.currency = reader.money(cash.total), reader.money(cash.limit), cash.total.currency
        self.percent = percent_of(cash)
        self.percent_words = _("{percent} of the limit").format(percent=reader.percent(100 * self.percent))
        self.tone = "bad" if cash.is_overdue or cash.is_blocked else ""
        self.warning = warning_of(cash)
        self.since = _("oldest {when}").format(when=reader.ago(cash.oldest_cash_at)) if cash.oldest_cash_at else ""
