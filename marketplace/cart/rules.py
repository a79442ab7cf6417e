"""What a cart is priced by and comes to: plain values, and the sums over them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final, Self
from uuid import UUID

import orjson

from marketplace.cart.states import LineStatus, NoticeCode
from marketplace.kernel.ids import ListingId, ProductId, StoreId
from marketplace.kernel.money import Money, total
from marketplace.kernel.words import _
from marketplace.pricing import LinePrice, Terms
from marketplace.rates import DeliveryTerms
from marketplace.taxes import TaxSnapshot

MOST_LINES: Final = 100
MOST_PIECES: Final = 100_000
DIGEST_LENGTH: Final = 24


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many of a listing the buyer asks for, and the unit price he last saw."""

    listing_id: ListingId
    quantity: int
    seen_minor: int | None = None


def together(own: Sequence[Wanted], gathered: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """Join the lines of two carts, of two quantities the larger: the first ones, where one cart cannot hold all."""
    joined = {one.listing_id: one for one in own}
    for one in gathered:
        known = joined.get(one.listing_id)
        joined[one.listing_id] = one if known is None else replace(known, quantity=max(known.quantity, one.quantity))
    return tuple(joined.values())[:MOST_LINES]


@dataclass(frozen=True, slots=True)
class Vendor:
    """Who offers something, and how he sends it."""

    id: StoreId
    name: str
    slug: str
    time_zone: str
    is_live: bool
    delivery: DeliveryTerms


@dataclass(frozen=True, slots=True)
class Offered:
    """A listing as it is offered now."""

    listing_id: ListingId
    product_id: ProductId
    fsin: str
    title: str
    title_ar: str
    sku: str
    image: str | None
    category: str
    vendor: Vendor
    is_live: bool
    terms: Terms | None
    available: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a buyer should know: a code, and a sentence of the translation catalog with its facts."""

    code: NoticeCode
    template: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence, in the language that is spoken now."""
        template = _(self.template)
        return template.format_map(self.facts) if self.facts else template


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """One line with its price, and whether it can be ordered."""

    wanted: Wanted
    offered: Offered | None
    quantity: int
    status: LineStatus
    notices: tuple[Notice, ...] = ()
    price: LinePrice | None = None
    tax: TaxSnapshot | None = None

    @property
    def sold(self) -> tuple[LinePrice, TaxSnapshot] | None:
        """What it costs, when it counts."""
        if self.status is LineStatus.OK and self.price is not None and self.tax is not None:
            return self.price, self.tax
        return None


@dataclass(frozen=True, slots=True)
class QuotedGroup:
    """The lines of one vendor, and what he sends them for."""

    vendor: Vendor
    lines: tuple[QuotedLine, ...]
    shipping: Money
    shipping_tax: TaxSnapshot
    notices: tuple[Notice, ...] = ()

    @property
    def sold(self) -> tuple[tuple[LinePrice, TaxSnapshot], ...]:
        """The lines that count."""
        return tuple(line.sold for line in self.lines if line.sold is not None)

    @property
    def subtotal(self) -> Money:
        """The goods, before quantity prices."""
        return self._sum([price.line_total + price.discount for price, _ in self.sold])

    @property
    def discount(self) -> Money:
        """What quantity prices take off."""
        return self._sum([price.discount for price, _ in self.sold])

    @property
    def tax(self) -> Money:
        """The tax on goods and shipping."""
        currency = self.shipping.currency
        return self._sum([Money(tax.tax_minor, currency) for _, tax in self.sold]) + Money(
            self.shipping_tax.tax_minor, currency
        )

    @property
    def total(self) -> Money:
        """What the buyer pays this vendor."""
        goods = self.subtotal - self.discount + self.shipping
        return goods if self.shipping_tax.is_inclusive else goods + self.tax

    def _sum(self, amounts: Sequence[Money]) -> Money:
        return total(amounts, self.shipping.currency)


@dataclass(frozen=True, slots=True)
class Priced:
    """A cart with its prices; strays are lines of listings that nobody offers."""

    groups: tuple[QuotedGroup, ...]
    strays: tuple[QuotedLine, ...]
    currency: str

    @property
    def lines(self) -> tuple[QuotedLine, ...]:
        """Every line, vendor by vendor."""
        return (*(line for group in self.groups for line in group.lines), *self.strays)

    @property
    def digest(self) -> str:
        """A name for what is priced: equal content, equal name."""
        return hashlib.sha256(orjson.dumps(self.content())).hexdigest()[:DIGEST_LENGTH]

    def content(self) -> dict[str, Any]:
        """What is priced, as the cart remembers it: so many of each listing, at what price, and what sending costs."""
        lines = {
            str(line.wanted.listing_id): [line.quantity, price.unit_price.minor, price.discount.minor, tax.tax_minor]
            for line in self.lines
            if line.sold is not None
            for price, tax in (line.sold,)
        }
        shipping = {str(group.vendor.id): group.shipping.minor for group in self.groups if group.sold}
        return {"lines": lines, "shipping": shipping, "currency": self.currency}

    def stored(self) -> dict[str, Any]:
        """The content under its name."""
        return {"digest": self.digest, **self.content()}


@dataclass(frozen=True, slots=True)
class Pinned:
    """What the buyer was told could be had: so many of each listing. Only the stock itself may say otherwise later."""

    digest: str
    quantities: Mapping[ListingId, int]

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """Read it back from the cart."""
        quantities = {ListingId(UUID(key)): figures[0] for key, figures in stored["lines"].items()}
        return cls(stored["digest"], quantities)


@dataclass(frozen=True, slots=True)
class Version:
    """The name of a quote: what was priced, and until when it holds."""

    digest: str
    valid_until: datetime

    def __str__(self) -> str:
        return f"{self.digest}-{int(self.valid_until.timestamp()):x}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read it back; None where it is none of ours."""
        digest, _dash, seconds = text.partition("-")
        try:
            valid_until = datetime.fromtimestamp(int(seconds, 16), tz=UTC)
        except (ValueError, OverflowError, OSError):
            return None
        return cls(digest, valid_until)


@dataclass(frozen=True, slots=True)
class Difference:
    """What has changed of a quote since the buyer saw it."""

    code: str
    listing_id: ListingId | None
    store_id: StoreId | None
    before: int | None
    now: int | None


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Compare what was quoted with what would be quoted now."""
    found: list[Difference] = []
    for key in dict.fromkeys([*before["lines"], *now["lines"]]):
        found += _line_differences(ListingId(UUID(key)), before["lines"].get(key), now["lines"].get(key))
    for key in dict.fromkeys([*before["shipping"], *now["shipping"]]):
        old, new = before["shipping"].get(key), now["shipping"].get(key)
        if old != new and old is not None and new is not None:
            found.append(Difference("shipping_changed", None, StoreId(UUID(key)), old, new))
    return tuple(found)


def _line_differences(listing_id: ListingId, old: Sequence[int] | None, new: Sequence[int] | None) -> list[Difference]:
    if old is None or new is None:
        code = "not_available" if new is None else "available_again"
        return [Difference(code, listing_id, None, old[0] if old else None, new[0] if new else None)]
    names = ("quantity_changed", "price_changed", "discount_changed", "tax_changed")
    return [
        Difference(name, listing_id, None, was, is_now)
        for name, was, is_now in zip(names, old, new, strict=True)
        if was != is_now
    ]
