"""What leaves search."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from marketplace.catalog import Condition, Fulfillment, ProductView
from marketplace.kernel.ids import ListingId, StoreId
from marketplace.kernel.money import Money
from marketplace.kernel.pages import JsonRows
from marketplace.media import PublicImage
from marketplace.pricing import Terms
from marketplace.rates import Promise
from marketplace.search.rules import Query, placeholder


@dataclass(frozen=True, slots=True)
class CardView:
    """A product in a list."""

    fsin: str
    title: str
    brand: str | None
    category: str
    image_url: str
    price: Money | None
    list_price: Money | None
    listing_id: ListingId | None
    store_name: str | None
    store_slug: str | None
    offer_count: int
    badges: tuple[str, ...]
    availability: str

    @classmethod
    def of(cls, card: dict[str, Any]) -> "CardView":
        """Read a card back from its JSON."""
        store = card["store"] or {}
        return cls(
            fsin=card["fsin"],
            title=card["title"],
            brand=card["brand"],
            category=card["category"],
            image_url=card["image_url"],
            price=_money(card["price"]),
            list_price=_money(card["list_price"]),
            listing_id=ListingId(UUID(card["listing_id"])) if card["listing_id"] else None,
            store_name=store.get("name"),
            store_slug=store.get("slug"),
            offer_count=card["offer_count"],
            badges=tuple(card["badges"]),
            availability=card["availability"],
        )


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value to narrow by, and how many products it would leave."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetsView:
    """What a list can be narrowed by."""

    category: tuple[FacetValue, ...]
    brand: tuple[FacetValue, ...]
    badge: tuple[FacetValue, ...]
    lowest: Money | None
    highest: Money | None


@dataclass(frozen=True, slots=True)
class Understood:
    """What the words of a question come to: the products that match, best first, with their ranks."""

    words: tuple[str, ...]
    corrected: str | None
    product_ids: str
    """As an array in PostgreSQL's writing: it goes back there, and is looked at nowhere else."""
    ranks: str
    total: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The cards of one page, whose they are, and where the next page begins."""

    cards: JsonRows
    product_ids: tuple[str, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """The products of a list, counted by what they could be narrowed by: JSON as the database wrote it."""

    category: bytes
    brand: bytes
    price: bytes
    badge: bytes
    total: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What a list can be narrowed by, as JSON, and how many products it holds."""

    rows: JsonRows
    total: int

    @classmethod
    def counted(cls, query: Query, count: Callable[[Query], Counts]) -> "Facets":
        """Put together what is counted of a list and of those beside it: each facet as if nothing were chosen of it."""
        whole = count(query)
        brand, price, badge = (
            whole if one is query else count(one) for one in (query.any_brand, query.any_price, query.any_badge)
        )
        parts = (whole.category, brand.brand, price.price, badge.badge)
        # Nothing has been rated yet: there is no rating to narrow by.
        return cls(JsonRows(b'{"category":%b,"brand":%b,"price":%b,"rating":[],"badge":%b}' % parts), whole.total)

    @property
    def view(self) -> FacetsView:
        """The same, to be read by us."""
        read = orjson.loads(self.rows.body)
        price = read["price"] or {}
        return FacetsView(
            category=_values(read["category"]),
            brand=_values(read["brand"]),
            badge=_values(read["badge"]),
            lowest=_money(price.get("min")),
            highest=_money(price.get("max")),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """One page of an answer."""

    shown: Shown
    facets: Facets
    corrected: str | None

    @property
    def cards(self) -> tuple[CardView, ...]:
        """The products of this page."""
        return tuple(CardView.of(card) for card in orjson.loads(self.shown.cards.body))

    @property
    def json(self) -> JsonRows:
        """The whole answer in REST's shape, put together from what the database wrote."""
        return JsonRows(
            b'{"items":%b,"next_cursor":%b,"total_estimate":%d,"facets":%b,"corrected_query":%b}'
            % (
                self.shown.cards.body,
                orjson.dumps(self.shown.next_cursor),
                self.facets.total,
                self.facets.rows.body,
                orjson.dumps(self.corrected),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """What one store sells a product for, and when it could be there."""

    listing_id: ListingId
    store_id: StoreId
    store_name: str
    store_slug: str
    condition: Condition
    fulfillment: Fulfillment
    terms: Terms
    available: int
    shipping: Money
    """What delivery of one costs."""
    free_over: Money | None
    promise: Promise

    @property
    def together(self) -> Money:
        """What one costs with delivery: what offers are compared by."""
        return self.terms.price + self.shipping

    @property
    def can_be_bought(self) -> bool:
        """Whether the smallest quantity that is sold is there."""
        return self.available >= self.terms.min_quantity


@dataclass(frozen=True, slots=True)
class ProductPage:
    """A product, the offer shown first, and the others."""

    product: ProductView
    featured: OfferView | None
    others: tuple[OfferView, ...]
    why_no_offer: str | None
    images: tuple[PublicImage, ...] = ()

    @property
    def placeholder(self) -> str:
        """What is shown where there is no picture: a drawing of the category."""
        return placeholder(self.product.category.slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopView:
    """A store that sells, as whoever looks around sees it."""

    store_id: StoreId
    name: str
    slug: str
    city: str
    product_count: int
    best: tuple[CardView, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What was written since a reader last looked, and where to look from next."""

    names: frozenset[str]
    seen_to: int
    is_all: bool


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """Something to finish a half-typed question with."""

    kind: str
    text: str
    slug: str | None = None
    fsin: str | None = None


def card_in(text: str) -> dict[str, Any]:
    """Read a card as the database wrote it."""
    card: dict[str, Any] = orjson.loads(text)
    return card


def _values(read: list[dict[str, Any]]) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(value["value"], value["label"], value["count"]) for value in read)


def _money(read: dict[str, Any] | None) -> Money | None:
    return None if read is None else Money(read["minor"], read["currency"])
