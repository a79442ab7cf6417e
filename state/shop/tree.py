"""The tree of categories, as headers, crumbs and filters name it; read again after a minute."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from marketplace import bootstrap, search
from marketplace.catalog import CategoryView
from marketplace.kernel.words import Locale
from marketplace.ports import House
from state.edge import acting, read

KEPT_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Tree:
    """All categories, parents before children, and each by its address."""

    every: tuple[CategoryView, ...]
    by_slug: Mapping[str, CategoryView]

    @property
    def top(self) -> tuple[CategoryView, ...]:
        """Those under which all others stand."""
        return tuple(category for category in self.every if category.parent_id is None)

    def way_to(self, slug: str) -> tuple[CategoryView, ...]:
        """The category and those above it, the highest first; nothing for one that there is not."""
        found = self.by_slug.get(slug)
        return tuple(self.by_slug[step] for step in found.path) if found else ()


def name_of(category: CategoryView, locale: Locale) -> str:
    """Name a category in a language, where it has a name in it."""
    return category.name_ar if locale == "ar" and category.name_ar else category.name


async def tree() -> Tree:
    """Give the tree as it was at most a minute ago: it changes a few times a year. For those who may see products."""
    house = bootstrap.house()
    if not (_kept and _kept[0].is_good(house)):
        every = await read(search.categories, acting())
        _kept[:] = [_Kept(house, time.monotonic(), Tree(every, {category.slug: category for category in every}))]
    return _kept[0].tree


@dataclass(frozen=True, slots=True)
class _Kept:
    house: House
    read_at: float
    tree: Tree

    def is_good(self, house: House) -> bool:
        return self.house is house and time.monotonic() - self.read_at < KEPT_SECONDS


_kept: Final[list[_Kept]] = []
