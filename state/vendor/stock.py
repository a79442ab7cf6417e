"""What lies on the shelf, and counting it."""

from typing import Any, Final

import reflex as rx
from pydantic import BaseModel
from reflex.event import EventSpec

from marketplace import inventory
from marketplace.flows.compositions import listing as listings
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import FieldProblem, Invalid
from marketplace.kernel.ids import ListingId
from marketplace.kernel.text import Line, tidy_line
from state import place
from state.edge import acting, handles, once, read
from state.forms import Asks, Loads
from state.live import watch
from state.reader import Reader
from state.typed import read_whole
from state.vendor.asking import NO_COUNT
from state.vendor.listings import ListingRow, printed
from state.words import _

PATH: Final = "/vendor/stock"


class Counted(BaseModel):
    """How many of a listing were counted, over the version that was read."""

    listing_id: ListingId
    version: int
    on_hand: Line = ""


class StockState(Loads, Asks, rx.State):
    """The stock of the store's listings: all of it, or what is nearly sold out."""

    rows: list[ListingRow] = []
    low: int = 0
    tab: str = ""
    query: str = ""
    wrong_row: str = ""
    first: str = ""
    after: str = ""

    @handles(Permission.LISTINGS_READ)
    async def load(self) -> None:
        """Fill the table; runs again whenever stock of the store changes."""
        asked, actor = place.query_of(self), acting()
        self.tab, self.query, cursor = asked.get("show", ""), asked.get("q", ""), asked.get("after")
        self.low = await read(inventory.count_running_low, actor)
        if self.tab == "low":
            page = await read(listings.running_low, actor, cursor=cursor)
        else:
            page = await read(listings.page, actor, text=self.query, cursor=cursor)
        self.rows = await printed(page.items, Reader.of(self))
        here, more = {"show": self.tab, "q": self.query}, page.next_cursor
        self.first = place.address(PATH, "en", here) if cursor else ""
        self.after = place.address(PATH, "en", {**here, "after": more}) if more else ""
        watch(self, f"stock:store:{actor.store_id}")

    @handles(Permission.LISTINGS_READ)
    async def find(self, form: dict[str, Any]) -> EventSpec:
        """Go to what was looked for."""
        return rx.redirect(Reader.of(self).address(PATH, q=tidy_line(str(form.get("q", "")))))

    @handles(Permission.LISTINGS_EDIT)
    async def count(self, form: Counted) -> EventSpec:
        """Put what was counted in place of what was thought; what is wrong is said in the row of the listing."""
        counted = self._read(form)
        key = f"{form.listing_id}:count:{form.version}:{counted}"
        await once(
            inventory.set_on_hand,
            acting(),
            key,
            listing_id=form.listing_id,
            on_hand=counted,
            expected_version=form.version,
        )
        self.wrong_row, self.errors, self.problem = "", {}, ""
        await self.load()
        said = Reader.of(self).count("{count} is there now.", "{count} are there now.", counted)
        return rx.toast.success(said if counted else _("None is there now."))

    def _read(self, form: Counted) -> int:
        """Read how many were counted, and keep of which; how many there can be is for inventory to say."""
        self.wrong_row, counted = str(form.listing_id), read_whole(form.on_hand)
        if counted is None:
            raise Invalid(NO_COUNT, fields=(FieldProblem("on_hand", "field.count", NO_COUNT),))
        return counted
