"""The home page: what to look at first."""

import asyncio
from dataclasses import dataclass
from typing import Final, Self

import reflex as rx

from marketplace import search
from marketplace.catalog import CategoryView
from marketplace.flows import searching
from marketplace.kernel.actor import Actor
from marketplace.rest.access import PUBLIC
from marketplace.search import Badge, CardView, Query, ShopView, Sort
from state.edge import acting, follow, handles, read
from state.forms import Loads
from state.reader import Reader
from state.shop.cards import CardRow, cards_of, picture_of
from state.shop.frame import language_of
from state.shop.tree import name_of, tree

MOST_CATEGORIES: Final = 8
MOST_CARDS: Final = 10
MOST_SHOPS: Final = 3
PICTURES_OF_A_SHOP: Final = 3


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category with its drawing."""

    name: str
    href: str
    image: str

    @classmethod
    def of(cls, category: CategoryView, reader: Reader) -> Self:
        """Print a category."""
        return cls(name_of(category, reader.locale), f"/c/{category.slug}", search.placeholder(category.slug))


@dataclass(frozen=True, slots=True)
class ShopRow:
    """A shop with its best things."""

    name: str
    href: str
    place: str
    products: str
    images: tuple[str, ...]

    @classmethod
    def of(cls, shop: ShopView, reader: Reader) -> Self:
        """Print a shop."""
        images = tuple(picture_of(card.image_url) for card in shop.best)
        return cls(
            name=shop.name,
            href=f"/v/{shop.slug}",
            place=shop.city,
            products=reader.count("{count} product", "{count} products", shop.product_count),
            images=(images * PICTURES_OF_A_SHOP)[:PICTURES_OF_A_SHOP],
        )


class HomeState(Loads, rx.State):
    """What stands on the home page; where only members see products, a visitor sees none."""

    is_open: bool = True
    categories: list[CategoryRow] = []
    reduced: list[CardRow] = []
    fresh: list[CardRow] = []
    shops: list[ShopRow] = []

    @handles(PUBLIC)
    async def load(self) -> None:
        """Fill the page."""
        actor, reader = acting(), Reader.of(self)
        self.is_open = search.can_look(actor)
        if not self.is_open:
            self.categories, self.reduced, self.fresh, self.shops = [], [], [], []
            return
        language = language_of(reader)
        known, reduced, fresh, shops = await asyncio.gather(
            tree(),
            _cards(actor, Query(badges=(Badge.REDUCED,), limit=MOST_CARDS, language=language)),
            _cards(actor, Query(sort=Sort.NEWEST, limit=MOST_CARDS, language=language)),
            read(search.shops, actor, limit=MOST_SHOPS, language=language),
        )
        self.categories = [CategoryRow.of(category, reader) for category in known.top[:MOST_CATEGORIES]]
        self.reduced, self.fresh = cards_of(reduced, reader), cards_of(fresh, reader)
        self.shops = [ShopRow.of(shop, reader) for shop in shops]


class ShopsState(Loads, rx.State):
    """Every shop."""

    rows: list[ShopRow] = []

    @handles(PUBLIC)
    async def load(self) -> None:
        """Fill the page."""
        reader = Reader.of(self)
        shops = await read(search.shops, acting(), language=language_of(reader))
        self.rows = [ShopRow.of(shop, reader) for shop in shops]


async def _cards(actor: Actor, query: Query) -> tuple[CardView, ...]:
    found = await follow(searching.find, actor, query=query)
    return found.cards
