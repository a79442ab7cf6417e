"""Quotes, as the contract prints them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from marketplace import cart
from marketplace.cart import LineStatus, Notice, QuoteGroupView, QuoteLineView, QuoteView
from marketplace.kernel.ids import ListingId
from marketplace.rest.shapes.base import Moment, Money, Shape, Store, Totals, Wished


class Warned(Shape):
    """Something the buyer should know."""

    code: str
    message: str

    @classmethod
    def of(cls, notice: Notice) -> "Warned":
        """Print a notice."""
        return cls(code=notice.code, message=notice.message)


class QuoteLine(Shape):
    """One line of a quote; a line that nobody offers has no number and no title."""

    listing_id: UUID
    fsin: str | None
    title: str
    quantity: int
    status: LineStatus
    unit_price: Money
    unit_price_paid: Money
    list_price: Money | None
    discount: Money
    line_total: Money
    warnings: tuple[Warned, ...]
    available: int
    min_quantity: int
    max_quantity: int | None
    quantity_step: int

    @classmethod
    def of(cls, line: QuoteLineView) -> "QuoteLine":
        """Print a line."""
        return cls(
            listing_id=line.listing_id,
            fsin=line.fsin,
            title=line.title,
            quantity=line.quantity,
            status=line.status,
            unit_price=Money.of(line.unit_price),
            unit_price_paid=Money.of(line.unit_price_paid),
            list_price=Money.maybe(line.list_price),
            discount=Money.of(line.discount),
            line_total=Money.of(line.line_total),
            warnings=tuple(Warned.of(notice) for notice in line.warnings),
            available=line.available,
            min_quantity=line.min_quantity,
            max_quantity=line.max_quantity,
            quantity_step=line.quantity_step,
        )


class QuoteGroup(Shape):
    """The lines of one vendor."""

    store: Store
    lines: tuple[QuoteLine, ...]
    subtotal: Money
    discount: Money
    shipping: Money
    tax: Money
    total: Money
    delivery: "Arrival | None"
    warnings: tuple[Warned, ...]

    @classmethod
    def of(cls, group: QuoteGroupView) -> "QuoteGroup":
        """Print a vendor's part."""
        return cls(
            store=Store.of(group.store),
            lines=tuple(QuoteLine.of(line) for line in group.lines),
            subtotal=Money.of(group.subtotal),
            discount=Money.of(group.discount),
            shipping=Money.of(group.shipping),
            tax=Money.of(group.tax),
            total=Money.of(group.total),
            delivery=Arrival.maybe(group),
            warnings=tuple(Warned.of(notice) for notice in group.warnings),
        )


class Arrival(Shape):
    """The days on which something arrives, where its vendor accepts it before a moment."""

    earliest_on: date
    latest_on: date
    accept_before: Moment

    @classmethod
    def maybe(cls, group: QuoteGroupView) -> "Arrival | None":
        """Print days that may be missing."""
        if group.earliest_on is None or group.latest_on is None or group.accept_before is None:
            return None
        return cls(earliest_on=group.earliest_on, latest_on=group.latest_on, accept_before=group.accept_before)


class Quote(Shape):
    """A priced cart."""

    id: UUID | None
    quote_version: str
    valid_until: Moment
    groups: tuple[QuoteGroup, ...]
    invalid_lines: tuple[QuoteLine, ...]
    totals: Totals
    tax_is_included: bool
    warnings: tuple[Warned, ...]

    @classmethod
    def of(cls, quote: QuoteView) -> "Quote":
        """Print a quote."""
        return cls(
            id=quote.id,
            quote_version=quote.quote_version,
            valid_until=quote.valid_until,
            groups=tuple(QuoteGroup.of(group) for group in quote.groups),
            invalid_lines=tuple(QuoteLine.of(line) for line in quote.strays),
            totals=Totals.of(quote.totals),
            tax_is_included=quote.tax_is_inside,
            warnings=tuple(Warned.of(notice) for notice in quote.warnings),
        )


class Difference(Shape):
    """What has changed of a quote: a price, a quantity or a cost of delivery, before and now."""

    code: str
    listing_id: UUID | None
    store_id: UUID | None
    before: int | None
    now: int | None

    @classmethod
    def of(cls, difference: cart.Difference) -> "Difference":
        """Print a difference."""
        return cls(
            code=difference.code,
            listing_id=difference.listing_id,
            store_id=difference.store_id,
            before=difference.before,
            now=difference.now,
        )


class CartLine(Wished):
    """So many of a listing."""

    listing_id: UUID
    quantity: Annotated[int, Field(ge=1, le=cart.MOST_PIECES, strict=True)]


class CartWish(Wished):
    """What shall be in the cart from now on."""

    lines: Annotated[tuple[CartLine, ...], Field(max_length=cart.MOST_LINES)]
    coupon_codes: Annotated[tuple[Annotated[str, Field(max_length=40)], ...], Field(max_length=10)] = ()

    def wanted(self) -> list[tuple[ListingId, int]]:
        """Read the lines."""
        return [(ListingId(line.listing_id), line.quantity) for line in self.lines]
