"""What stands over every page of the shop: the categories, and what was last looked for."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from marketplace.kernel.text import tidy_line
from marketplace.rest.access import CATALOG, PUBLIC
from state import place
from state.edge import handles
from state.reader import Reader


@dataclass(frozen=True, slots=True)
class CategoryLink:
    """One category in the header."""

    name: str
    href: str


class ShopFrameState(rx.State):
    """The header of the shop."""

    categories: list[CategoryLink] = []
    query: str = ""

    @handles(PUBLIC)
    async def load(self) -> None:
        """Fill the header."""
        self.query = place.query_of(self).get("q", "") if place.path_of(self) == "/search" else ""

    @handles(CATALOG)
    async def search(self, form: dict[str, Any]) -> EventSpec:
        """Go to what was looked for."""
        return rx.redirect(Reader.of(self).address("/search", q=tidy_line(str(form.get("q", "")))))
