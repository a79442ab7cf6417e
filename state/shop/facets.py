"""What narrows a list of products, printed: every value leads to the list with it, or without it again."""

from dataclasses import dataclass
from typing import Self

from marketplace.kernel import profile
from marketplace.kernel.money import Money
from marketplace.kernel.text import fold
from marketplace.search import Badge, FacetsView, FacetValue
from state.reader import Reader
from state.shop.asking import Asked
from state.shop.tree import Tree, name_of
from state.words import _


@dataclass(frozen=True, slots=True)
class WayRow:
    """Words that lead to another list: a step of the way here, a filter to take off."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class FacetRow:
    """One value to narrow by, and how many products it leaves."""

    words: str
    count: str
    href: str
    is_on: bool

    @classmethod
    def of(cls, value: FacetValue, href: str, reader: Reader, *, words: str = "", is_on: bool = False) -> Self:
        """Print a value."""
        return cls(words or value.label, reader.number(value.count), href, is_on)


def way_rows(asked: Asked, known: Tree, reader: Reader) -> list[WayRow]:
    """The way down to a category, without the category itself."""
    return [
        WayRow(name_of(category, reader.locale), f"/c/{category.slug}")
        for category in known.way_to(asked.category)[:-1]
    ]


def above_rows(asked: Asked, known: Tree, reader: Reader) -> list[WayRow]:
    """The way back up from the category in which the list is narrowed."""
    if not asked.category:
        return []
    higher = [
        WayRow(name_of(category, reader.locale), asked.within(category.slug).href)
        for category in known.way_to(asked.category)[:-1]
    ]
    return [WayRow(_("All categories"), asked.within("").href), *higher]


def category_rows(asked: Asked, facets: FacetsView, known: Tree, reader: Reader, total: int) -> list[FacetRow]:
    """The categories below the one that was chosen; and that one itself, to leave it."""
    below = [FacetRow.of(value, asked.within(value.value).href, reader) for value in facets.category]
    way = known.way_to(asked.category)
    if not way:
        return below
    parent = way[-2].slug if len(way) > 1 else ""
    own = FacetRow(name_of(way[-1], reader.locale), reader.number(total), asked.within(parent).href, is_on=True)
    return [own, *below]


def brand_rows(asked: Asked, facets: FacetsView, reader: Reader) -> list[FacetRow]:
    """Brands, those that are chosen among them."""
    chosen = {fold(brand) for brand in asked.brands}
    return [
        FacetRow.of(value, asked.with_brand(value.value).href, reader, is_on=fold(value.value) in chosen)
        for value in facets.brand
    ]


def badge_rows(asked: Asked, facets: FacetsView, reader: Reader) -> list[FacetRow]:
    """What speaks for a product."""
    return [
        FacetRow.of(
            value,
            asked.with_badge(Badge(value.value)).href,
            reader,
            words=reader.word(value.value),
            is_on=Badge(value.value) in asked.badges,
        )
        for value in facets.badge
    ]


def chip_rows(asked: Asked, reader: Reader) -> list[WayRow]:
    """Every filter in force, with the list that lacks it."""
    brands = [WayRow(brand, asked.with_brand(brand).href) for brand in asked.brands]
    badges = [WayRow(reader.word(badge), asked.with_badge(badge).href) for badge in asked.badges]
    prices = [WayRow(_between(asked, reader), asked.but(low="", high="").href)] if asked.low or asked.high else []
    return [*prices, *badges, *brands]


def _between(asked: Asked, reader: Reader) -> str:
    low, high = (_printed(figure, reader) for figure in (asked.low, asked.high))
    if low and high:
        return _("{low} to {high}").format(low=low, high=high)
    return _("From {low}").format(low=low) if low else _("Up to {high}").format(high=high)


def _printed(figure: str, reader: Reader) -> str:
    return reader.money(Money.parse(figure, profile.chosen().currency)) if figure else ""
