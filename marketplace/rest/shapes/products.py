"""Products as the world sees them."""

from datetime import date
from typing import Final
from uuid import UUID

from marketplace import catalog, media, pricing
from marketplace.catalog import CategoryView
from marketplace.rest.shapes.base import Money, Shape, Store
from marketplace.search import OfferView, ProductPage, SuggestionView

WIDEST: Final = max(media.WIDTHS)


class Tier(Shape):
    """What one unit costs from so many on."""

    min_quantity: int
    unit_price: Money


class DeliveryDates(Shape):
    """The days on which the goods can be there, ordered now."""

    earliest_on: date
    latest_on: date


class Offer(Shape):
    """What one store sells a product for."""

    listing_id: UUID
    store: Store
    price: Money
    list_price: Money | None
    condition: str
    fulfillment: str
    tiers: tuple[Tier, ...]
    min_quantity: int
    max_quantity: int | None
    quantity_step: int
    available: int
    delivery: DeliveryDates | None

    @classmethod
    def of(cls, offer: OfferView) -> "Offer":
        """Print an offer."""
        terms = offer.terms
        return cls(
            listing_id=offer.listing_id,
            store=Store(id=offer.store_id, name=offer.store_name, slug=offer.store_slug),
            price=Money.of(terms.price),
            list_price=Money.maybe(terms.list_price),
            condition=offer.condition.value,
            fulfillment=offer.fulfillment.value,
            tiers=tuple(_tier(terms, tier.min_quantity) for tier in terms.tiers),
            min_quantity=terms.min_quantity,
            max_quantity=terms.max_quantity,
            quantity_step=terms.quantity_step,
            available=max(0, offer.available),
            delivery=DeliveryDates(earliest_on=offer.promise.earliest_on, latest_on=offer.promise.latest_on),
        )

    @classmethod
    def maybe(cls, offer: OfferView | None) -> "Offer | None":
        """Print an offer that may be missing."""
        return None if offer is None else cls.of(offer)


class Attribute(Shape):
    """One described property."""

    name: str
    value: str
    name_ar: str | None
    value_ar: str | None

    @classmethod
    def of(cls, attribute: catalog.Attribute) -> "Attribute":
        """Print a property, as its vendor wrote it."""
        return cls(
            name=attribute.name,
            value=attribute.value,
            name_ar=attribute.name_ar,
            value_ar=attribute.value_ar,
        )


class Image(Shape):
    """A picture."""

    url: str
    alt: str


class Place(Shape):
    """Where a product stands in the tree."""

    slug: str
    path: tuple[str, ...]


class Product(Shape):
    """A product with its offers."""

    fsin: str
    title: str
    title_ar: str | None
    brand: str | None
    category: Place
    description: str
    description_ar: str | None
    attributes: tuple[Attribute, ...]
    images: tuple[Image, ...]
    featured_offer: Offer | None
    why_no_offer: str | None
    other_offers: tuple[Offer, ...]
    rating: float | None = None
    review_count: int = 0

    @classmethod
    def of(cls, page: ProductPage) -> "Product":
        """Print the page of a product."""
        product = page.product
        return cls(
            fsin=product.fsin,
            title=product.title,
            title_ar=product.title_ar or None,
            brand=product.brand,
            category=Place(slug=product.category.slug, path=product.category.path),
            description=product.description,
            description_ar=product.description_ar or None,
            attributes=tuple(Attribute.of(one) for one in product.attributes),
            images=_images(page),
            featured_offer=Offer.maybe(page.featured),
            why_no_offer=page.why_no_offer,
            other_offers=tuple(Offer.of(offer) for offer in page.others),
        )


class Card(Shape):
    """A product in a list."""

    fsin: str
    title: str
    brand: str | None
    category: str
    image_url: str
    price: Money | None
    list_price: Money | None
    listing_id: UUID | None
    store: Store | None
    offer_count: int
    rating: float | None
    review_count: int
    badges: tuple[str, ...]
    availability: str


class FacetValue(Shape):
    """One value to narrow by, and how many products it leaves."""

    value: str
    label: str
    count: int


class PriceRange(Shape):
    """The lowest and the highest price in a list."""

    min: Money
    max: Money


class Facets(Shape):
    """What a list can be narrowed by."""

    category: tuple[FacetValue, ...]
    brand: tuple[FacetValue, ...]
    price: PriceRange | None
    rating: tuple[FacetValue, ...]
    badge: tuple[FacetValue, ...]


class Products(Shape):
    """A page of a list of products. The database writes it; this says what it looks like."""

    items: tuple[Card, ...]
    next_cursor: str | None
    total_estimate: int
    facets: Facets
    corrected_query: str | None


class Category(Shape):
    """A place in the tree, and those below it."""

    slug: str
    name: str
    name_ar: str | None
    path: tuple[str, ...]
    children: tuple["Category", ...]


class Categories(Shape):
    """The tree."""

    items: tuple[Category, ...]

    @classmethod
    def of(cls, categories: tuple[CategoryView, ...]) -> "Categories":
        """Print the tree: children under their parents, in the order they are shown."""
        below: dict[object, list[CategoryView]] = {}
        for category in categories:
            below.setdefault(category.parent_id, []).append(category)
        return cls(items=_branches(below, None))


class Suggestion(Shape):
    """Something to finish a half-typed question with: a whole question, a category, or a product."""

    kind: str
    text: str
    slug: str | None
    fsin: str | None


class Suggestions(Shape):
    """What a half-typed question may become."""

    items: tuple[Suggestion, ...]

    @classmethod
    def of(cls, suggestions: tuple[SuggestionView, ...]) -> "Suggestions":
        """Print suggestions."""
        return cls(
            items=tuple(Suggestion(kind=one.kind, text=one.text, slug=one.slug, fsin=one.fsin) for one in suggestions)
        )


def _images(page: ProductPage) -> tuple[Image, ...]:
    made = tuple(
        Image(url=media.media_url(image.sha256, WIDEST), alt=image.alt or page.product.title) for image in page.images
    )
    return made or (Image(url=page.placeholder, alt=page.product.title),)


def _tier(terms: pricing.Terms, quantity: int) -> Tier:
    unit_price = terms.price - pricing.discount_at(terms.price, terms.tiers, quantity)
    return Tier(min_quantity=quantity, unit_price=Money.of(unit_price))


def _branches(below: dict[object, list[CategoryView]], parent: object) -> tuple[Category, ...]:
    return tuple(
        Category(
            slug=category.slug,
            name=category.name,
            name_ar=category.name_ar or None,
            path=category.path,
            children=_branches(below, category.id),
        )
        for category in below.get(parent, ())
    )
