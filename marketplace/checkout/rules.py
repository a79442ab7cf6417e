"""From a quote to what is placed: pure arithmetic."""

from collections.abc import Mapping
from datetime import datetime

from marketplace import cart, rates
from marketplace.cart import (
    Contents,
    LineStatus,
    NoticeCode,
    Offered,
    PriceBook,
    Priced,
    QuotedGroup,
    QuotedLine,
    Version,
)
from marketplace.identity import StoreRef
from marketplace.inventory import InsufficientStock
from marketplace.kernel.ids import StoreId
from marketplace.kernel.money import Money
from marketplace.kernel.words import mark
from marketplace.orders import PlacingLine, PlacingParcel, RejectedLine
from marketplace.pricing import LinePrice
from marketplace.rates import Calendar
from marketplace.taxes import TaxSnapshot


def agreed(version: Version | None, contents: Contents, book: PriceBook, *, now: datetime) -> Priced | None:
    """Find the priced cart that this version names, if it is what holds now; None where it is not.

    A line that was to be had when the buyer was told, and is not any more, leaves the agreement as it was: that is for
    the stock to say, line by line. A price that changed does not.
    """
    if version is None or version.valid_until < now:
        return None
    fresh = cart.price(contents.wanted, book)
    if fresh.digest == version.digest:
        return fresh
    if contents.quoted is None or contents.quoted["digest"] != version.digest:
        return None
    told = cart.price(contents.wanted, book, pinned=cart.Pinned.read(contents.quoted))
    return told if told.digest == version.digest else None


def parcels(priced: Priced, *, buyer: StoreId, now: datetime, calendar: Calendar) -> tuple[PlacingParcel, ...]:
    """Make one parcel of each vendor's lines that were quoted as to be had."""
    return tuple(_parcel(group, buyer=buyer, now=now, calendar=calendar) for group in priced.groups if group.sold)


def left_out(priced: Priced, *, buyer: StoreId) -> tuple[RejectedLine, ...]:
    """Name the lines that were quoted as not to be had, and why."""
    return tuple(_refused(line, buyer=buyer) for line in priced.lines if line.status is not LineStatus.OK)


def sold_otherwise(priced: Priced) -> tuple[RejectedLine, ...]:
    """Name the lines that are to be had, but only in another quantity than was asked for."""
    template = mark("This is not sold in that quantity any more: look at what is offered now.")
    return tuple(
        RejectedLine(
            line.wanted.listing_id,
            "cart.quantity_changed",
            template,
            title=line.offered.title,
            title_ar=line.offered.title_ar,
        )
        for line in priced.lines
        if line.offered is not None and line.quantity != line.wanted.quantity
    )


def _parcel(group: QuotedGroup, *, buyer: StoreId, now: datetime, calendar: Calendar) -> PlacingParcel:
    vendor = group.vendor
    promise = rates.promise_days(vendor.delivery, at=now, time_zone=vendor.time_zone, calendar=calendar)
    lines = [
        _line(line, line.offered, line.sold, buyer=buyer)
        for line in group.lines
        if line.offered is not None and line.sold is not None
    ]
    return PlacingParcel(
        store=StoreRef(vendor.id, vendor.name, vendor.slug),
        time_zone=vendor.time_zone,
        shipping=group.shipping,
        shipping_tax=Money(group.shipping_tax.tax_minor, group.shipping.currency),
        earliest_on=promise.earliest_on,
        latest_on=promise.latest_on,
        ship_by=promise.ship_by,
        lines=tuple(lines),
    )


def _line(line: QuotedLine, offered: Offered, sold: tuple[LinePrice, TaxSnapshot], *, buyer: StoreId) -> PlacingLine:
    price, tax = sold
    closed = cart.gate(offered, buyer=buyer)
    return PlacingLine(
        listing_id=offered.listing_id,
        product_id=offered.product_id,
        fsin=offered.fsin,
        title=offered.title,
        title_ar=offered.title_ar,
        sku=offered.sku,
        image=offered.image,
        category=offered.category,
        quantity=line.quantity,
        unit_price=price.unit_price,
        discount=price.discount,
        line_total=price.line_total,
        tax_rate_bps=tax.rate_bps,
        tax=Money(tax.tax_minor, price.line_total.currency),
        refused=_refused(line, buyer=buyer) if closed is not None else None,
    )


def _refused(line: QuotedLine, *, buyer: StoreId) -> RejectedLine:
    listing_id = line.wanted.listing_id
    if line.offered is None:
        return RejectedLine(listing_id, f"cart.{NoticeCode.UNKNOWN_LISTING}", line.notices[0].template)
    title, title_ar = line.offered.title, line.offered.title_ar
    closed = cart.gate(line.offered, buyer=buyer)
    if closed is not None:
        return RejectedLine(listing_id, f"cart.{closed.code}", closed.template, closed.facts, title, title_ar)
    short = InsufficientStock(available=max(line.offered.available, 0))
    return RejectedLine(listing_id, short.reason, short.template, short.facts, title, title_ar)


def content(contents: Contents) -> Mapping[str, object]:
    """What the buyer was last told, to compare with; nothing where he was told nothing."""
    return contents.quoted or {"lines": {}, "shipping": {}}
