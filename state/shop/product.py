"""The page of one product."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Self
from uuid import UUID

import reflex as rx
from pydantic import Field
from reflex.event import EventSpec

from marketplace import bootstrap, cart, media, pricing, search
from marketplace.cart import MOST_PIECES, LineStatus, QuoteView
from marketplace.catalog import Attribute, ListingNotFound
from marketplace.kernel.ids import ListingId
from marketplace.media import PublicImage
from marketplace.pricing import Terms
from marketplace.rest.access import CATALOG
from marketplace.search import OfferView, ProductPage
from state import place
from state.edge import acting, handles, read, transact
from state.forms import Loads
from state.live import watch
from state.reader import Reader
from state.session import SessionState
from state.shop.cards import picture_of
from state.shop.facets import WayRow
from state.shop.offers import BuyRow, OfferRow, TierRow, day_of, tier_rows
from state.shop.tree import name_of, tree
from state.typed import pieces
from state.words import _

Quantity = Annotated[int, pieces(least=1, most=MOST_PIECES)]
Place = Annotated[int, Field(ge=0, le=100)]


@dataclass(frozen=True, slots=True)
class FactRow:
    """One described property."""

    name: str
    value: str

    @classmethod
    def of(cls, attribute: Attribute, reader: Reader) -> Self:
        """Print a property in the reader's language, as far as it is said in it."""
        return cls(*attribute.in_arabic()) if reader.locale == "ar" else cls(attribute.name, attribute.value)


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One picture of the product."""

    place: int
    source: str
    words: str
    label: str

    @classmethod
    def of(cls, place: int, image: PublicImage, title: str) -> Self:
        """Show a picture, and say which it is."""
        source = picture_of(media.media_url(image.sha256, media.WIDTHS[1]))
        return cls(place, source, image.alt or title, _("Picture {number}").format(number=place + 1))


class ProductState(Loads, rx.State):
    """A product, who offers it, and how many of it are wanted."""

    fsin: str = ""
    title: str = ""
    brand: str = ""
    brand_href: str = ""
    way: list[WayRow] = []
    points: list[str] = []
    facts: list[FactRow] = []
    pictures: list[PictureRow] = []
    shown: int = 0
    has_offer: bool = False
    offer: BuyRow = BuyRow()
    tiers: list[TierRow] = []
    offers: list[OfferRow] = []
    why: str = ""
    category_href: str = ""
    quantity: int = 1
    each: str = ""
    comes_to: str = ""
    _terms: Terms | None = None

    @handles(CATALOG)
    async def load(self) -> AsyncIterator[object]:
        """Show the product as it stands; a product that was joined with another leads there."""
        fsin, reader = place.path_of(self).removeprefix("/p/").upper(), Reader.of(self)
        is_new = self.fsin != fsin
        if is_new:
            self.fsin, self.is_loaded, self.trouble, self.shown = fsin, False, "", 0
            yield None
        now = bootstrap.database().now()
        page = await read(search.product_page, acting(), fsin=fsin, at=now)
        if page.product.merged_into is not None:
            yield rx.redirect(reader.address(f"/p/{page.product.merged_into}"), replace=True)
            return
        await self._describe(page, reader)
        self._offer(page, reader)
        self._want(self.offer.least if is_new else self.quantity, reader)
        watch(self)
        yield place.titled(self.title)

    @handles(CATALOG)
    async def show(self, number: Place) -> None:
        """Bring one picture forward."""
        self.shown = min(number, max(len(self.pictures) - 1, 0))

    @handles(CATALOG)
    async def want(self, quantity: Quantity) -> None:
        """Want so many, or as near to it as is sold."""
        self._want(quantity, Reader.of(self))

    @handles(CATALOG)
    async def less(self) -> None:
        """Want one step less."""
        self._want(self.quantity - self.offer.step, Reader.of(self))

    @handles(CATALOG)
    async def more(self) -> None:
        """Want one step more."""
        self._want(self.quantity + self.offer.step, Reader.of(self))

    @handles(CATALOG)
    async def take(self) -> EventSpec:
        """Put so many of the shown offer into the cart, as typed last."""
        return await self._add(self._offered(), self.quantity)

    @handles(CATALOG)
    async def add(self, listing_id: ListingId, quantity: Quantity) -> EventSpec:
        """Put another shop's offer into the cart."""
        return await self._add(listing_id, quantity)

    @handles(CATALOG)
    async def buy(self) -> list[EventSpec]:
        """Put so many of the shown offer into the cart, and go to pay for what is in it."""
        said = await self._add(self._offered(), self.quantity)
        return [said, rx.redirect(Reader.of(self).address("/checkout"))]

    def _offered(self) -> ListingId:
        if not self.offer.listing_id:
            raise ListingNotFound
        return ListingId(UUID(self.offer.listing_id))

    async def _add(self, listing_id: ListingId, quantity: int) -> EventSpec:
        quote = await transact(cart.add, acting(), listing_id=listing_id, quantity=quantity)
        session = await self.get_state(SessionState)
        session.cart_count = sum(len(group.lines) for group in quote.groups)
        return said_of(quote, listing_id, Reader.of(self))

    async def _describe(self, page: ProductPage, reader: Reader) -> None:
        product, is_arabic = page.product, reader.locale == "ar"
        self.title = reader.title(product)
        self.brand = product.brand or ""
        self.brand_href = place.address("/search", "en", {"brand": self.brand})
        told = product.description_ar if is_arabic and product.description_ar else product.description
        self.points = [line.strip("•*- \t") for line in told.splitlines() if line.strip("•*- \t")]
        self.facts = [FactRow.of(one, reader) for one in product.attributes]
        made = [PictureRow.of(place, image, self.title) for place, image in enumerate(page.images)]
        self.pictures = made or [PictureRow(0, page.placeholder, self.title, "")]
        known = await tree()
        self.way = [
            WayRow(name_of(step, reader.locale), f"/c/{step.slug}") for step in known.way_to(product.category.slug)
        ]
        self.category_href = f"/c/{product.category.slug}"

    def _offer(self, page: ProductPage, reader: Reader) -> None:
        today = day_of(bootstrap.database().now(), reader)
        first, self.has_offer = page.featured, page.featured is not None
        self._terms = first.terms if first else None
        self.offer = BuyRow.of(first, reader, today=today) if first else BuyRow()
        every: list[OfferView] = [*([first] if first else []), *page.others]
        self.offers = [OfferRow.of(offer, reader, today=today, is_featured=offer is first) for offer in every]
        self.why = why_no_offer(page.why_no_offer)

    def _want(self, quantity: int, reader: Reader) -> None:
        """Settle on a quantity that is sold and there, and say what it comes to."""
        if self._terms is None:
            self.quantity, self.each, self.comes_to, self.tiers = 1, "", "", []
            return
        sold, _changed = pricing.clamp(min(quantity, self.offer.most), self._terms)
        self.quantity, self.tiers = sold, tier_rows(self._terms, reader, quantity=sold)
        line = pricing.quote_line(self._terms.price, self._terms.tiers, sold)
        self.each = reader.money(line.unit_price_paid)
        self.comes_to = reader.money(line.line_total) if sold > 1 else ""


def why_no_offer(reason: str | None) -> str:
    """Say why a product cannot be bought now."""
    match reason:
        case "out_of_stock":
            return _("Every shop that sells it has run out. Look again in a few days, or see what is like it.")
        case "not_sold":
            return _("No shop sells it at the moment. See what is like it.")
        case _:
            return ""


def said_of(quote: QuoteView, listing_id: ListingId, reader: Reader) -> EventSpec:
    """Say what came of putting something into the cart."""
    lines = {line.listing_id: line for group in quote.groups for line in group.lines} | {
        line.listing_id: line for line in quote.strays
    }
    line = lines[listing_id]
    if line.status is LineStatus.OK and not line.warnings:
        said = _("In your cart: {quantity} of {title}.")
        return rx.toast.success(said.format(quantity=reader.number(line.quantity), title=reader.title(line)))
    words = " ".join(notice.message for notice in line.warnings) or _("This cannot be bought now.")
    return rx.toast.warning(words) if line.status is LineStatus.OK else rx.toast.error(words)
