"""What stands over every page of the shop: the categories, what was last looked for, and how a word may go on."""

from dataclasses import dataclass
from typing import Any, Final, Self

import reflex as rx
from reflex.event import EventSpec

from marketplace import search
from marketplace.catalog import CategoryView
from marketplace.kernel.text import Line, tidy_line
from marketplace.rest.access import CATALOG, PUBLIC
from marketplace.search import Language, SuggestionView
from state import place
from state.edge import acting, handles, read
from state.reader import Reader
from state.shop.tree import name_of, tree

ENOUGH_LETTERS: Final = 2


@dataclass(frozen=True, slots=True)
class CategoryLink:
    """One category in the header."""

    slug: str
    name: str
    href: str

    @classmethod
    def of(cls, category: CategoryView, reader: Reader) -> Self:
        """Name a category and lead to it."""
        return cls(category.slug, name_of(category, reader.locale), f"/c/{category.slug}")


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """One way to go on from what was typed."""

    kind: str
    words: str
    href: str

    @classmethod
    def of(cls, suggestion: SuggestionView) -> Self:
        """Lead to what is suggested."""
        match suggestion.kind:
            case "category":
                href = f"/c/{suggestion.slug}"
            case "product":
                href = f"/p/{suggestion.fsin}"
            case _:
                href = place.address("/search", "en", {"q": suggestion.text})
        return cls(suggestion.kind, suggestion.text, href)


class ShopFrameState(rx.State):
    """The header of the shop."""

    categories: list[CategoryLink] = []
    current: str = ""
    query: str = ""
    suggestions: list[SuggestionRow] = []

    @handles(PUBLIC)
    async def load(self) -> None:
        """Fill the header."""
        reader, path = Reader.of(self), place.path_of(self)
        self.query = place.query_of(self).get("q", "") if path == "/search" else ""
        self.suggestions = []
        if not search.can_look(acting()):
            self.categories, self.current = [], ""
            return
        known = await tree()
        self.categories = [CategoryLink.of(category, reader) for category in known.top]
        slug = path.removeprefix("/c/") if path.startswith("/c/") else place.query_of(self).get("category", "")
        self.current = next((category.slug for category in known.way_to(slug)), "")

    @handles(CATALOG)
    async def suggest(self, text: Line) -> None:
        """Say how what was typed may go on."""
        if len(text) < ENOUGH_LETTERS:
            self.suggestions = []
            return
        found = await read(search.suggest, acting(), text=text, language=language_of(Reader.of(self)))
        self.suggestions = [SuggestionRow.of(suggestion) for suggestion in found]

    @handles(CATALOG)
    async def search(self, form: dict[str, Any]) -> EventSpec:
        """Go to what was looked for."""
        return rx.redirect(Reader.of(self).address("/search", q=tidy_line(str(form.get("q", "")))))


def language_of(reader: Reader) -> Language:
    """Say in which words a reader sees products."""
    return Language.ARABIC if reader.locale == "ar" else Language.ENGLISH
