"""The page on which a listing is written: a new one, or one that is there."""

from dataclasses import dataclass, replace
from typing import Annotated, Final, Self
from uuid import UUID

import reflex as rx
from pydantic import BaseModel, Field
from reflex.event import EventSpec

from marketplace import bootstrap, catalog, identity, pricing, search
from marketplace.catalog import CategoryView, ListingNotFound, ProductView
from marketplace.flows.compositions import listing as listings
from marketplace.flows.compositions.fee_preview import FeePreview, fee_preview
from marketplace.flows.compositions.listing import Counting, OfferingChange, Saying, VendorListing
from marketplace.kernel import profile
from marketplace.kernel.actor import Permission, permit
from marketplace.kernel.errors import Invalid
from marketplace.kernel.ids import AssetId, ListingId, new_uuid
from marketplace.kernel.text import Line
from state import place
from state.edge import acting, handles, once, read, transact
from state.forms import Asks, Loads
from state.pictures import addresses
from state.reader import Reader
from state.typed import sum_of
from state.vendor.asking import TypedListing
from state.vendor.listings import PATH, ListingRow, printed
from state.vendor.sums import fee_words, vat_words
from state.words import _

MOST_PICTURES: Final = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """One category to choose, with the way to it."""

    slug: str
    words: str
    path: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """A row of two fields: a step in the price, or a detail of the product."""

    id: int
    first: str = ""
    second: str = ""
    each: str = ""


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A picture of the product, the cover first."""

    id: str
    source: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the fields when the page opens."""

    key: str = ""
    fsin: str = ""
    title: str = ""
    title_ar: str = ""
    brand: str = ""
    upc: str = ""
    description: str = ""
    description_ar: str = ""
    category: str = ""
    price: str = ""
    list_price: str = ""
    min_quantity: str = "1"
    max_quantity: str = ""
    quantity_step: str = "1"
    sku: str = ""
    on_hand: str = "0"
    warn_at: str = "0"
    revision: int = 0
    price_version: int = 0
    stock_version: int = 0
    is_looked_at: bool = False
    reserved: str = ""
    allocated: str = ""

    @classmethod
    def of(cls, product: ProductView, kept: VendorListing, reader: Reader, *, is_looked_at: bool) -> Self:
        """What is said now."""
        terms, stock = kept.terms, kept.stock
        return cls(
            key=f"{product.revision}:{kept.price.version if kept.price else 0}:{stock.version if stock else 0}",
            fsin=product.fsin,
            title=product.title,
            title_ar=product.title_ar,
            brand=product.brand or "",
            upc=product.upc or "",
            description=product.description,
            description_ar=product.description_ar,
            category=product.category.slug,
            price=str(terms.price.decimal) if terms else "",
            list_price=str(terms.list_price.decimal) if terms and terms.list_price else "",
            min_quantity=str(terms.min_quantity if terms else 1),
            max_quantity=str(terms.max_quantity or "") if terms else "",
            quantity_step=str(terms.quantity_step if terms else 1),
            sku=kept.listing.sku,
            on_hand=str(stock.on_hand) if stock else "0",
            warn_at=str(stock.warn_at) if stock else "0",
            revision=product.revision,
            price_version=kept.price.version if kept.price else 0,
            stock_version=stock.version if stock else 0,
            is_looked_at=is_looked_at,
            reserved=reader.number(stock.reserved) if stock else "",
            allocated=reader.number(stock.allocated) if stock else "",
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left of the price."""

    price: str = ""
    fee_words: str = ""
    fee: str = ""
    vat_words: str = ""
    fee_vat: str = ""
    kept: str = ""
    tax: str = ""

    @classmethod
    def of(cls, preview: FeePreview, reader: Reader) -> Self:
        """Print a price taken apart."""
        return cls(
            price=reader.money(preview.price),
            fee_words=fee_words(reader, bps=preview.fee_bps, least=preview.fee_least, most=preview.fee_most),
            fee=reader.money(-preview.fee),
            vat_words=vat_words(reader, bps=preview.fee_vat_bps),
            fee_vat=reader.money(-preview.fee_vat) if preview.fee_vat else "",
            kept=reader.money(preview.kept),
            tax=reader.money(preview.tax) if preview.tax else "",
        )


class Sent(BaseModel):
    """A picture that the browser has sent, or why it could not."""

    id: AssetId | None = None
    name: Annotated[str, Field(max_length=300)] = ""
    trouble: Annotated[str, Field(max_length=500)] = ""


class EditingState(Loads, Asks, rx.State):
    """A listing that is being written."""

    draft: Draft = Draft()
    shown: list[ListingRow] = []
    categories: list[Choice] = []
    tiers: list[PairRow] = []
    details: list[PairRow] = []
    pictures: list[PictureRow] = []
    kept: Kept = Kept()
    currency: str = ""
    category: str = ""
    typed_price: str = ""
    new_key: str = ""
    next_row: int = 1

    @rx.var
    def wrong_tiers(self) -> list[str]:
        """What is wrong with the steps in the price."""
        return self._wrong("tiers")

    @rx.var
    def wrong_attributes(self) -> list[str]:
        """What is wrong with the details."""
        return sorted({*self._wrong("attributes"), *self._wrong("details")})

    @rx.var
    def wrong_images(self) -> list[str]:
        """What is wrong with the pictures."""
        return self._wrong("images")

    @handles(Permission.LISTINGS_READ)
    async def load(self) -> None:
        """Fill the form with what is said now, or leave it empty for a new listing."""
        self.errors, self.problem, self.currency = {}, "", Reader.of(self).currency(profile.chosen().currency)
        self.categories = _choices(await read(search.categories, acting()), Reader.of(self))
        listing_id = _here(self)
        if listing_id is None:
            permit(acting().has(Permission.LISTINGS_EDIT), "list this product")
            self._begin()
        else:
            await self._open(await read(listings.one, acting(), listing_id=listing_id))

    @handles(Permission.LISTINGS_READ)
    async def say_price(self, typed: Line) -> None:
        """Show what is left of a price as soon as it was typed."""
        self.typed_price = typed
        self.errors = {field: said for field, said in self.errors.items() if field != "price"} | _wrong_price(typed)
        await self._preview()

    @handles(Permission.LISTINGS_READ)
    async def say_category(self, slug: Line) -> None:
        """Show the fee of another category."""
        self.category = slug
        await self._preview()

    @handles(Permission.LISTINGS_EDIT)
    async def add_tier(self) -> None:
        """Ask for one more step in the price."""
        self.tiers, self.next_row = [*self.tiers, PairRow(self.next_row)], self.next_row + 1

    @handles(Permission.LISTINGS_EDIT)
    async def drop_tier(self, row: int) -> None:
        """Take a step away."""
        self.tiers = [tier for tier in self.tiers if tier.id != row]

    @handles(Permission.LISTINGS_EDIT)
    async def say_tier(self, row: int, percent: Line) -> None:
        """Show what one unit costs at a step."""
        each = self._each(percent)
        self.tiers = [replace(tier, each=each) if tier.id == row else tier for tier in self.tiers]

    @handles(Permission.LISTINGS_EDIT)
    async def add_detail(self) -> None:
        """Ask for one more detail."""
        self.details, self.next_row = [*self.details, PairRow(self.next_row)], self.next_row + 1

    @handles(Permission.LISTINGS_EDIT)
    async def drop_detail(self, row: int) -> None:
        """Take a detail away."""
        self.details = [detail for detail in self.details if detail.id != row]

    @handles(Permission.LISTINGS_EDIT)
    async def add_pictures(self, sent: list[Sent]) -> EventSpec | None:
        """Show the pictures that have come, and say which did not."""
        there = [str(one.id) for one in sent if one.id]
        found = await addresses(there)
        room = MOST_PICTURES - len(self.pictures)
        self.pictures = [*self.pictures, *[PictureRow(one, found[one]) for one in there if one in found][:room]]
        lost = [one for one in sent if not one.id]
        said = _("{file} was not taken: {why}")
        why = lost[0].trouble or _("It did not arrive. Send it again.") if lost else ""
        return rx.toast.error(said.format(file=lost[0].name, why=why)) if lost else None

    @handles(Permission.LISTINGS_EDIT)
    async def drop_picture(self, picture_id: str) -> None:
        """Take a picture away."""
        self.pictures = [picture for picture in self.pictures if picture.id != picture_id]

    @handles(Permission.LISTINGS_EDIT)
    async def make_cover(self, picture_id: str) -> None:
        """Show a picture first."""
        self.pictures = sorted(self.pictures, key=lambda picture: picture.id != picture_id)

    @handles(Permission.LISTINGS_EDIT)
    async def save(self, form: TypedListing) -> EventSpec | list[EventSpec]:
        """Save all of it, or nothing."""
        words = form.words([picture.id for picture in self.pictures])
        listing_id = _here(self)
        if listing_id is None:
            return await self._put_up(words, form)
        change = OfferingChange(
            sku=form.sku, terms=form.terms(), expected_version=self.draft.price_version or None, warn_at=form.warn_at
        )
        is_counted = str(form.on_hand) != self.draft.on_hand
        kept = await transact(
            listings.save,
            acting(),
            listing_id=listing_id,
            offering=change,
            saying=Saying(words, self.draft.revision),
            counting=Counting(form.on_hand, self.draft.stock_version) if is_counted else None,
        )
        await self._open(kept)
        self.errors, self.problem = {}, ""
        return rx.toast.success(_("Saved."))

    @handles(Permission.LISTINGS_EDIT)
    async def close(self) -> list[EventSpec]:
        """End the listing for good."""
        listing_id = _here(self)
        if listing_id is None:
            raise ListingNotFound
        kept = await transact(listings.close, acting(), listing_id=listing_id)
        said = rx.toast.success(_("{title} is closed.").format(title=Reader.of(self).title(kept.listing)))
        return [said, rx.redirect(Reader.of(self).address(PATH))]

    async def _put_up(self, words: catalog.ProductWords, form: TypedListing) -> list[EventSpec]:
        offering, me = form.offering(), await read(identity.me, acting())
        made = await once(listings.propose, acting(), self.new_key, words=words, offering=offering)
        self.new_key, self.pictures = "", []
        said = _put_up(sells=me.store is not None and me.store.is_live, on_hand=offering.on_hand)
        there = f"{PATH}/{made.listing.listing.id}" if made is not None and made.listing else PATH
        reader = Reader.of(self)
        return [rx.toast.success(said.format(title=reader.title(words))), rx.redirect(reader.address(there))]

    def _wrong(self, part: str) -> list[str]:
        found = sorted((field.split("."), said) for field, said in self.errors.items())
        return list(dict.fromkeys(_placed(field, said) for field, said in found if field[0] == part))

    def _begin(self) -> None:
        if self.draft.key or not self.new_key:
            self.new_key, self.pictures, self.tiers, self.kept = str(new_uuid()), [], [], Kept()
            self.details, self.typed_price, self.category = [PairRow(0)], "", ""
        self.draft, self.shown = Draft(), []

    async def _open(self, kept: VendorListing) -> None:
        reader = Reader.of(self)
        product = await read(catalog.product_by_fsin, acting(), fsin=kept.listing.fsin)
        is_free = await read(catalog.is_written_freely, acting(), product_id=product.id)
        self.draft, self.shown = (
            Draft.of(product, kept, reader, is_looked_at=not is_free),
            await printed([kept], reader),
        )
        found = await addresses(str(image) for image in product.images)
        self.pictures = [PictureRow(str(one), found.get(str(one), "")) for one in product.images]
        self.typed_price, self.category = self.draft.price, self.draft.category
        named = [PairRow(place, one.name, one.value) for place, one in enumerate(product.attributes)]
        tiers = kept.terms.tiers if kept.terms else ()
        percents = [(str(tier.min_quantity), pricing.print_percent(tier.discount_ppm)) for tier in tiers]
        self.details = named
        self.tiers = [
            PairRow(place, least, percent, self._each(percent)) for place, (least, percent) in enumerate(percents)
        ]
        self.next_row = max(len(named), len(percents)) + 1
        await self._preview()

    async def _preview(self) -> None:
        path = next((one.path for one in self.categories if one.slug == self.category), "")
        self.kept = Kept()
        if not path or not self.typed_price or _wrong_price(self.typed_price):
            return
        price, now = sum_of("price", self.typed_price), bootstrap.database().now()
        preview = await read(fee_preview, acting(), price=price, category=path, at=now)
        self.kept = Kept.of(preview, Reader.of(self))

    def _each(self, percent: str) -> str:
        try:
            price = sum_of("price", self.typed_price)
            return Reader.of(self).money(pricing.tier_price(price, pricing.Tier(1, pricing.read_percent(percent))))
        except (ValueError, Invalid):
            return ""


def _wrong_price(typed: str) -> dict[str, str]:
    """What is wrong with a price that was just typed; the rest of the form is looked at when it is saved."""
    try:
        problems = pricing.problems_with(pricing.Terms(sum_of("price", typed))) if typed else ()
    except Invalid as refusal:
        problems = refusal.fields
    return {problem.field: _(problem.message) for problem in problems}


def _placed(field: list[str], said: str) -> str:
    """What is wrong with a row of fields, and with which."""
    place = field[1] if len(field) > 1 else ""
    return _("Row {number}: {problem}").format(number=int(place) + 1, problem=said) if place.isdecimal() else said


def _put_up(*, sells: bool, on_hand: int) -> str:
    """Say of a listing that it is for sale, or what it waits for."""
    if not sells:
        return _("{title} is kept. It is for sale once your shop sells.")
    return _("{title} is for sale now.") if on_hand else _("{title} is kept. It is for sale once there is stock.")


def _here(page: rx.State) -> ListingId | None:
    """The listing of the address; none for a new one."""
    named = place.path_of(page).removeprefix(PATH).strip("/")
    if named == "new":
        return None
    try:
        return ListingId(UUID(named))
    except ValueError:
        raise ListingNotFound from None


def _choices(tree: tuple[CategoryView, ...], reader: Reader) -> list[Choice]:
    """The categories that hold products: those without any below them, by their way."""
    names = {one.path: (one.name_ar if reader.locale == "ar" else one.name) for one in tree}
    parents = {one.parent_id for one in tree}
    leaves = [one for one in tree if one.id not in parents]
    return sorted(
        (Choice(one.slug, _way(one, names), "/".join(one.path)) for one in leaves), key=lambda choice: choice.words
    )


def _way(category: CategoryView, names: dict[tuple[str, ...], str]) -> str:
    steps = range(1, len(category.path) + 1)
    return " › ".join(names[category.path[:step]] for step in steps if category.path[:step] in names)
