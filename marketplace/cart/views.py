"""What leaves the slice of carts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from marketplace import pricing
from marketplace.cart.rules import Notice, Priced, QuotedGroup, QuotedLine, Version
from marketplace.cart.states import LineStatus
from marketplace.identity import StoreRef
from marketplace.kernel.ids import CartId, ListingId, ProductId, StoreId
from marketplace.kernel.money import Money
from marketplace.rates import Promise


@dataclass(frozen=True, slots=True)
class QuoteLineView:
    """One line of a quote; a line that nobody offers has no price and no name.

    `sellable` is how many of it could be ordered now: a line that wants more can be brought down to that.
    """

    listing_id: ListingId
    product_id: ProductId | None
    fsin: str | None
    title: str
    title_ar: str
    image: str | None
    asked: int
    quantity: int
    status: LineStatus
    unit_price: Money
    unit_price_paid: Money
    list_price: Money | None
    discount: Money
    line_total: Money
    available: int
    sellable: int
    min_quantity: int
    max_quantity: int | None
    quantity_step: int
    warnings: tuple[Notice, ...]

    @classmethod
    def of(cls, line: QuotedLine, currency: str) -> Self:
        """Show a line; what has no price is shown with none."""
        offered, zero = line.offered, Money.zero(currency)
        terms = offered.terms if offered else None
        return cls(
            listing_id=line.wanted.listing_id,
            product_id=offered.product_id if offered else None,
            fsin=offered.fsin if offered else None,
            title=offered.title if offered else "",
            title_ar=offered.title_ar if offered else "",
            image=offered.image if offered else None,
            asked=line.wanted.quantity,
            quantity=line.quantity,
            status=line.status,
            unit_price=line.price.unit_price if line.price else (terms.price if terms else zero),
            unit_price_paid=line.price.unit_price_paid if line.price else (terms.price if terms else zero),
            list_price=terms.list_price if terms else None,
            discount=line.price.discount if line.price else zero,
            line_total=line.price.line_total if line.price else zero,
            available=max(offered.available, 0) if offered else 0,
            sellable=pricing.sellable(offered.available, terms) if offered and terms and line.price else 0,
            min_quantity=terms.min_quantity if terms else 1,
            max_quantity=terms.max_quantity if terms else None,
            quantity_step=terms.quantity_step if terms else 1,
            warnings=line.notices,
        )


@dataclass(frozen=True, slots=True)
class QuoteGroupView:
    """The lines of one vendor; the days hold where he accepts before `accept_before`."""

    store: StoreRef
    lines: tuple[QuoteLineView, ...]
    subtotal: Money
    discount: Money
    shipping: Money
    free_over: Money | None
    tax: Money
    total: Money
    earliest_on: date | None
    latest_on: date | None
    accept_before: datetime | None
    warnings: tuple[Notice, ...]

    @classmethod
    def of(cls, group: QuotedGroup, promise: Promise | None) -> Self:
        """Show a vendor's part of a quote."""
        vendor = group.vendor
        return cls(
            store=StoreRef(vendor.id, vendor.name, vendor.slug),
            lines=tuple(QuoteLineView.of(line, group.shipping.currency) for line in group.lines),
            subtotal=group.subtotal,
            discount=group.discount,
            shipping=group.shipping,
            free_over=vendor.delivery.free_over,
            tax=group.tax,
            total=group.total,
            earliest_on=promise.earliest_on if promise else None,
            latest_on=promise.latest_on if promise else None,
            accept_before=promise.accept_before if promise else None,
            warnings=group.notices,
        )


@dataclass(frozen=True, slots=True)
class QuoteTotals:
    """What a cart comes to."""

    subtotal: Money
    discount: Money
    shipping: Money
    tax: Money
    total: Money

    @classmethod
    def of(cls, groups: tuple[QuotedGroup, ...], currency: str) -> Self:
        """Add the vendors' parts up."""
        zero = Money.zero(currency)
        return cls(
            subtotal=sum((group.subtotal for group in groups), zero),
            discount=sum((group.discount for group in groups), zero),
            shipping=sum((group.shipping for group in groups), zero),
            tax=sum((group.tax for group in groups), zero),
            total=sum((group.total for group in groups), zero),
        )


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A priced cart: what can be had, at what price, and until when that holds."""

    id: CartId | None
    quote_version: str
    valid_until: datetime
    groups: tuple[QuoteGroupView, ...]
    strays: tuple[QuoteLineView, ...]
    totals: QuoteTotals
    tax_is_inside: bool
    warnings: tuple[Notice, ...] = ()

    @property
    def pieces(self) -> int:
        """How many pieces can be ordered."""
        return sum(line.quantity for group in self.groups for line in group.lines if line.status is LineStatus.OK)

    @property
    def not_counted(self) -> tuple[QuoteLineView, ...]:
        """The lines that cannot be ordered as they are: no sum holds them."""
        return tuple(line for group in self.groups for line in group.lines if line.status is not LineStatus.OK)


def quote_view(
    priced: Priced,
    *,
    cart_id: CartId | None,
    version: Version,
    promises: dict[StoreId, Promise],
    tax_is_inside: bool,
    warnings: tuple[Notice, ...] = (),
) -> QuoteView:
    """Show a priced cart."""
    return QuoteView(
        id=cart_id,
        quote_version=str(version),
        valid_until=version.valid_until,
        groups=tuple(QuoteGroupView.of(group, promises.get(group.vendor.id)) for group in priced.groups),
        strays=tuple(QuoteLineView.of(line, priced.currency) for line in priced.strays),
        totals=QuoteTotals.of(priced.groups, priced.currency),
        tax_is_inside=tax_is_inside,
        warnings=warnings,
    )
