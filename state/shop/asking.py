"""What a list of products is asked for: read from the page's address, and written into the addresses that change it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Self, TypeVar

import reflex as rx

from marketplace.kernel import profile
from marketplace.kernel.ids import StoreId
from marketplace.kernel.money import Money
from marketplace.kernel.text import fold, tidy_line
from marketplace.search import Badge, Language, Query, Sort
from state import place

V = TypeVar("V", bound=StrEnum)

BETWEEN_BRANDS: Final = "|"
BETWEEN_MARKS: Final = "."
LONGEST_TRAIL: Final = 30
PER_PAGE: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A list as its address asks for it. What nobody could have meant is left out, not refused."""

    path: str
    words: str = ""
    category: str = ""
    brands: tuple[str, ...] = ()
    badges: tuple[Badge, ...] = ()
    low: str = ""
    high: str = ""
    sort: Sort | None = None
    trail: tuple[str, ...] = ()
    """The marks of the pages that were turned to get here: keys only lead forward, so the way back is remembered."""

    @classmethod
    def of(cls, state: rx.State) -> Self:
        """Read the address of a page: a search, a category, or the front of a shop."""
        path, query = place.path_of(state), place.query_of(state)
        in_category = path.removeprefix("/c/") if path.startswith("/c/") else str(tidy_line(query.get("category", "")))
        return cls(
            path=path,
            words=str(tidy_line(query.get("q", ""))),
            category=in_category,
            brands=_parts(query.get("brand", ""), BETWEEN_BRANDS),
            badges=tuple(
                _known(Badge, name) for name in _parts(query.get("badge", ""), BETWEEN_BRANDS) if name in _BADGES
            ),
            low=_figure(query.get("min", "")),
            high=_figure(query.get("max", "")),
            sort=_known(Sort, query["sort"]) if query.get("sort") in _SORTS else None,
            trail=_parts(query.get("after", ""), BETWEEN_MARKS),
        )

    @property
    def href(self) -> str:
        """The address of this list, without its language."""
        category = "" if self.path.startswith("/c/") else self.category
        query: dict[str, Any] = {
            "q": self.words,
            "category": category,
            "brand": BETWEEN_BRANDS.join(self.brands),
            "badge": BETWEEN_BRANDS.join(self.badges),
            "min": self.low,
            "max": self.high,
            "sort": self.sort or "",
            "after": BETWEEN_MARKS.join(self.trail[-LONGEST_TRAIL:]),
        }
        return place.address(self.path, "en", query)

    @property
    def narrows(self) -> bool:
        """Whether anything but words and category is asked for."""
        return bool(self.brands or self.badges or self.low or self.high)

    def but(self, **changes: Any) -> Self:  # noqa: ANN401 (whatever field is changed)
        """The same list asked for otherwise, from its first page."""
        return replace(self, **{"trail": (), **changes})

    def within(self, category: str) -> Self:
        """The same list in another category: a category's own page leads to the page of the other."""
        if self.path.startswith("/c/"):
            return self.but(path=f"/c/{category}" if category else "/search", category=category)
        return self.but(category=category)

    def between(self, low: str, high: str) -> Self:
        """The same list with prices between two figures; the lower one is the lowest, whichever way they were typed."""
        figures = [_figure(low), _figure(high)]
        if all(figures):
            figures.sort(key=Decimal)
        return self.but(low=figures[0], high=figures[1])

    def with_brand(self, brand: str) -> Self:
        """The same list with a brand chosen, or no longer."""
        chosen = tuple(one for one in self.brands if fold(one) != fold(brand))
        return self.but(brands=chosen if len(chosen) < len(self.brands) else (*self.brands, brand))

    def with_badge(self, badge: Badge) -> Self:
        """The same list with a badge asked for, or no longer."""
        chosen = tuple(one for one in self.badges if one is not badge)
        return self.but(badges=chosen if len(chosen) < len(self.badges) else (*self.badges, badge))

    def query(self, *, language: Language, store_id: StoreId | None = None) -> Query:
        """The question to the catalog."""
        return Query(
            words=self.words,
            category=self.category or None,
            brands=self.brands,
            badges=self.badges,
            min_price=_minor(self.low),
            max_price=_minor(self.high),
            store_id=store_id,
            sort=self.sort,
            cursor=self.trail[-1] if self.trail else None,
            limit=PER_PAGE,
            language=language,
        )


_BADGES: Final = frozenset(badge.value for badge in Badge)
_SORTS: Final = frozenset(sort.value for sort in Sort)


def _known(kind: type[V], value: str) -> V:
    return kind(value)


def _parts(text: str, between: str) -> tuple[str, ...]:
    return tuple(part for part in (str(tidy_line(part)) for part in text.split(between)) if part)


def _figure(text: str) -> str:
    """A figure as somebody typed it, in Western digits; what is none is nothing."""
    typed = fold(text).replace("٫", ".").replace(",", "")
    return typed if _minor(typed) is not None else ""


def _minor(figure: str) -> int | None:
    try:
        amount = Money.parse(figure, profile.chosen().currency)
    except ValueError:
        return None
    return amount.minor if amount.minor >= 0 else None
