"""What the store sells, and how each of it stands: the page of listings and the page of stock read the same rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

import reflex as rx
from reflex.event import EventSpec

from marketplace.catalog import ListingState
from marketplace.flows.compositions import listing as listings
from marketplace.flows.compositions.listing import VendorListing
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import ListingId
from marketplace.kernel.text import tidy_line
from state import place
from state.edge import acting, handles, read, transact
from state.forms import Loads
from state.live import watch
from state.pictures import addresses
from state.reader import DASH, Reader
from state.words import _

PATH: Final = "/vendor/listings"
TABS: Final[Mapping[str, ListingState]] = {
    "active": ListingState.ACTIVE,
    "paused": ListingState.PAUSED,
    "draft": ListingState.DRAFT,
    "closed": ListingState.CLOSED,
}


@dataclass(frozen=True, slots=True)
class ListingRow:
    """One listing, ready to print."""

    id: str
    href: str
    title: str
    sku: str
    picture: str
    state: str
    state_words: str
    why_not: str
    price: str
    was: str
    on_hand: str
    available: str
    promised: str
    warn_at: str
    version: str
    is_low: bool
    is_paused: bool
    can_turn: bool

    @classmethod
    def of(cls, kept: VendorListing, reader: Reader, pictures: Mapping[str, str]) -> Self:
        """Print a listing with its price and its stock."""
        listing, terms, stock = kept.listing, kept.terms, kept.stock
        is_hidden = listing.state is ListingState.ACTIVE and not listing.is_live
        return cls(
            id=str(listing.id),
            href=f"{PATH}/{listing.id}",
            title=reader.title(listing),
            sku=listing.sku,
            picture=pictures.get(str(listing.image), ""),
            state="hold" if is_hidden else listing.state,
            state_words=_("Hidden") if is_hidden else reader.word(listing.state),
            why_not=reader.series(map(reader.word, listing.reasons)),
            price=reader.money(terms.price if terms else None),
            was=reader.money(terms.list_price) if terms and terms.list_price else "",
            on_hand=str(stock.on_hand) if stock else "0",
            available=reader.number(stock.available) if stock else DASH,
            promised=reader.number(stock.reserved + stock.allocated) if stock else DASH,
            warn_at=reader.number(stock.warn_at) if stock else DASH,
            version=str(stock.version) if stock else "",
            is_low=stock is not None and stock.is_low,
            is_paused=listing.state is ListingState.PAUSED,
            can_turn=listing.state in {ListingState.ACTIVE, ListingState.PAUSED},
        )


async def printed(found: Iterable[VendorListing], reader: Reader) -> list[ListingRow]:
    """Print listings with their pictures."""
    kept = tuple(found)
    pictures = await addresses(str(one.listing.image) for one in kept if one.listing.image)
    return [ListingRow.of(one, reader, pictures) for one in kept]


class ListingsState(Loads, rx.State):
    """The listings of the store, newest first."""

    rows: list[ListingRow] = []
    tab: str = ""
    query: str = ""
    first: str = ""
    after: str = ""

    @handles(Permission.LISTINGS_READ)
    async def load(self) -> None:
        """Fill the table by what the address asks."""
        asked, reader = place.query_of(self), Reader.of(self)
        self.tab, self.query = asked.get("state", ""), asked.get("q", "")
        self.tab, cursor = self.tab if self.tab in TABS else "", asked.get("after")
        states = (TABS[self.tab],) if self.tab else ()
        page = await read(listings.page, acting(), states=states, text=self.query, cursor=cursor)
        self.rows = await printed(page.items, reader)
        here = {"state": self.tab, "q": self.query}
        self.first = place.address(PATH, "en", here) if cursor else ""
        more = page.next_cursor
        self.after = place.address(PATH, "en", {**here, "after": more}) if more else ""
        watch(self, f"stock:store:{acting().store_id}")

    @handles(Permission.LISTINGS_READ)
    async def find(self, form: dict[str, Any]) -> EventSpec:
        """Go to what was looked for."""
        sought = tidy_line(str(form.get("q", "")))
        return rx.redirect(Reader.of(self).address(PATH, state=self.tab, q=sought))

    @handles(Permission.LISTINGS_EDIT)
    async def turn(self, listing_id: ListingId, is_paused: bool) -> EventSpec:  # noqa: FBT001 (sent by the browser)
        """Take a listing out of the shop, or put it back."""
        change = listings.OfferingChange(is_paused=is_paused)
        kept = await transact(listings.change, acting(), listing_id=listing_id, change=change)
        await self.load()
        said = _("{title} is paused.") if is_paused else _("{title} is for sale again.")
        return rx.toast.success(said.format(title=Reader.of(self).title(kept.listing)))
