"""The page on which the house looks after stores."""

from dataclasses import dataclass
from typing import Annotated, Final, Self

import reflex as rx
from pydantic import BaseModel, Field
from reflex.event import EventSpec

from marketplace import identity
from marketplace.identity import StoreView
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import StoreId
from marketplace.kernel.text import FullLine
from state import place
from state.edge import acting, handles, read, transact
from state.forms import Asks, Loads
from state.live import watch
from state.reader import Reader
from state.words import _

PATH: Final = "/admin/stores"
TABS: Final = ("awaiting_approval", "live", "suspended")


@dataclass(frozen=True, slots=True)
class StoreRow:
    """One store, ready to print."""

    id: str
    name: str
    href: str
    kind: str
    city: str
    state: str
    state_words: str
    reasons: str
    can_approve: bool
    is_stopped: bool
    can_suspend: bool

    @classmethod
    def of(cls, store: StoreView, reader: Reader) -> Self:
        """Print a store."""
        awaits, is_stopped = "awaiting_approval" in store.reasons, "suspended" in store.reasons
        return cls(
            id=str(store.id),
            name=store.name,
            href=f"/v/{store.slug}" if store.can_sell else "",
            kind=reader.word(store.kind),
            city=store.city or "–",
            state="delivered" if store.is_live else "hold",
            state_words=_("Trading") if store.is_live else _("Not trading"),
            reasons=reader.series(map(reader.word, store.reasons)),
            can_approve=awaits or is_stopped,
            is_stopped=is_stopped,
            can_suspend=not awaits and not is_stopped,
        )


class Suspension(BaseModel):
    """Why a store may not trade any more."""

    store_id: StoreId
    why: Annotated[FullLine, Field(max_length=200)]


class StoresState(Loads, Asks, rx.State):
    """Stores, newest first."""

    rows: list[StoreRow] = []
    tab: str = ""
    first: str = ""
    after: str = ""
    chosen_id: str = ""
    chosen_name: str = ""

    @handles(Permission.STORES_READ)
    async def load(self) -> None:
        """Fill the table; runs again when a store joined or its standing changed."""
        asked, reader = place.query_of(self), Reader.of(self)
        self.tab, cursor = asked.get("state", ""), asked.get("after")
        self.tab = self.tab if self.tab in TABS else ""
        page = await read(identity.stores, acting(), state=self.tab or None, cursor=cursor)
        self.rows = [StoreRow.of(store, reader) for store in page.items]
        self.first = place.address(PATH, "en", {"state": self.tab}) if cursor else ""
        more = page.next_cursor
        self.after = place.address(PATH, "en", {"state": self.tab, "after": more}) if more else ""
        watch(self, "stores")

    @handles(Permission.STORES_APPROVE)
    async def approve(self, store_id: StoreId) -> EventSpec:
        """Let a store trade."""
        store = await transact(identity.approve, acting(), store_id=store_id)
        return rx.toast.success(_("{store} may trade now.").format(store=store.name))

    @handles(Permission.STORES_APPROVE)
    async def choose(self, store_id: StoreId, name: str) -> None:
        """Put a store into the dialog that asks why."""
        self.chosen_id, self.chosen_name, self.errors, self.problem = str(store_id), name, {}, ""

    @handles(Permission.STORES_APPROVE)
    async def suspend(self, form: Suspension) -> list[EventSpec]:
        """Take a store out of trade."""
        store = await transact(identity.suspend, acting(), store_id=form.store_id, why=form.why)
        said = _("{store} is suspended.").format(store=store.name)
        return [rx.call_script("document.getElementById('suspend-store').close()"), rx.toast.success(said)]
