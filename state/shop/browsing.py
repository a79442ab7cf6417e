"""Lists of products: a search, a category, the front of a shop."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any, Self

import reflex as rx
from reflex.event import EventSpec

from marketplace import identity, search
from marketplace.catalog import CategoryNotFound
from marketplace.flows import searching
from marketplace.identity import StoreView
from marketplace.kernel import profile
from marketplace.kernel.money import Money
from marketplace.rest.access import CATALOG
from marketplace.search import CardView, FacetsView, Found, Sort
from state import place
from state.edge import acting, follow, handles, read
from state.forms import Loads
from state.reader import Reader
from state.shop import facets
from state.shop.asking import PER_PAGE, Asked
from state.shop.cards import CardRow, cards_of
from state.shop.facets import FacetRow, WayRow
from state.shop.frame import language_of
from state.shop.tree import Tree, name_of, tree
from state.words import _


@dataclass(frozen=True, slots=True)
class FrontRow:
    """A shop, over what it sells."""

    name: str = ""
    letter: str = ""
    place: str = ""
    since: str = ""
    description: str = ""

    @classmethod
    def of(cls, store: StoreView, reader: Reader) -> Self:
        """Print a shop."""
        return cls(
            name=store.name,
            letter=store.name[:1].upper(),
            place=store.city or "",
            since=_("Here since {day}").format(day=reader.full_day(store.opened_at)),
            description=store.description,
        )


class BrowseState(Loads, rx.State):
    """One page of a list, what it can be narrowed by, and how to get on."""

    heading: str = ""
    summary: str = ""
    corrected: str = ""
    front: FrontRow = FrontRow()
    way: list[WayRow] = []
    rows: list[CardRow] = []
    above: list[WayRow] = []
    categories: list[FacetRow] = []
    brands: list[FacetRow] = []
    badges: list[FacetRow] = []
    chips: list[WayRow] = []
    clear: str = ""
    sort: str = ""
    has_words: bool = False
    low: str = ""
    high: str = ""
    lowest: str = ""
    highest: str = ""
    currency: str = ""
    pages: str = ""
    before: str = ""
    after: str = ""
    _stands_at: str = ""

    @handles(CATALOG)
    async def load(self) -> AsyncIterator[object]:
        """Find what the address asks for."""
        asked, reader = Asked.of(self), Reader.of(self)
        if self._stands_at != asked.path:
            self._stands_at, self.is_loaded, self.trouble = asked.path, False, ""
            yield None
        known = await tree()
        if asked.category and asked.category not in known.by_slug:
            raise CategoryNotFound
        store = await _store_of(asked)
        query = asked.query(language=language_of(reader), store_id=store.id if store else None)
        found = await follow(searching.find, acting(), query=query)
        cards = await read(search.as_sold_by, acting(), store=store, cards=found.cards) if store else found.cards
        self.front = FrontRow.of(store, reader) if store else FrontRow()
        self._print_head(asked, found, reader, known)
        self._print_list(asked, found, cards, reader)
        self._print_facets(asked, found, reader, known)

    @handles(CATALOG)
    async def sort_by(self, sort: Sort) -> EventSpec:
        """Show the list in another order, from its beginning."""
        return _to(self, Asked.of(self).but(sort=sort))

    @handles(CATALOG)
    async def price_between(self, form: dict[str, Any]) -> EventSpec:
        """Narrow the list to prices; the lower one is the lowest, whichever way round they were typed."""
        return _to(self, Asked.of(self).between(str(form.get("low", "")), str(form.get("high", ""))))

    def _print_head(self, asked: Asked, found: Found, reader: Reader, known: Tree) -> None:
        way = known.way_to(asked.category)
        own = name_of(way[-1], reader.locale) if way else ""
        self.way = [] if self.front.name else facets.way_rows(asked, known, reader)
        self.heading = self.front.name or asked.words or own or _("All products")
        self.summary = reader.count("{count} product", "{count} products", found.facets.total)
        self.corrected = found.corrected or ""
        self.has_words = bool(asked.words)
        self.sort = asked.sort or (Sort.RELEVANCE if asked.words else Sort.POPULAR)

    def _print_list(self, asked: Asked, found: Found, cards: tuple[CardView, ...], reader: Reader) -> None:
        rows = cards_of(cards, reader)
        self.rows = [replace(row, by="") for row in rows] if self.front.name else rows
        skipped, total = len(asked.trail) * PER_PAGE, reader.number(found.facets.total)
        first, last = reader.number(skipped + 1), reader.number(skipped + len(self.rows))
        self.pages = _("{first} to {last} of {total}").format(first=first, last=last, total=total)
        mark = found.shown.next_cursor
        self.before = asked.but(trail=asked.trail[:-1]).href if asked.trail else ""
        self.after = asked.but(trail=(*asked.trail, mark)).href if mark else ""

    def _print_facets(self, asked: Asked, found: Found, reader: Reader, known: Tree) -> None:
        view = found.facets.view
        self.above = facets.above_rows(asked, known, reader)
        self.categories = facets.category_rows(asked, view, known, reader, found.facets.total)
        self.brands = facets.brand_rows(asked, view, reader)
        self.badges = facets.badge_rows(asked, view, reader)
        self.chips = facets.chip_rows(asked, reader)
        self.clear = asked.but(brands=(), badges=(), low="", high="").href
        self.low, self.high = asked.low, asked.high
        self.lowest, self.highest = _bounds(view)
        currency = profile.chosen().currency
        self.currency = reader.currency(currency)


async def _store_of(asked: Asked) -> StoreView | None:
    if not asked.path.startswith("/v/"):
        return None
    return await read(identity.shop_front, acting(), slug=asked.path.removeprefix("/v/"))


def _bounds(view: FacetsView) -> tuple[str, str]:
    """The lowest and the highest price, to whole units around them, as hints for who types others."""

    def whole(amount: Money | None, *, up: bool) -> str:
        if amount is None:
            return ""
        units = int(amount.decimal)
        return str(units + 1 if up and amount.decimal > units else units)

    return whole(view.lowest, up=False), whole(view.highest, up=True)


def _to(page: rx.State, asked: Asked) -> EventSpec:
    return rx.redirect(place.address_in(asked.href, place.locale_of(page)))
