"""How a cart is priced, line by line and vendor by vendor: pure arithmetic over what is offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marketplace import pricing, rates
from marketplace.cart.rules import Notice, Offered, Pinned, Priced, QuotedGroup, QuotedLine, Vendor, Wanted
from marketplace.cart.states import LineStatus, NoticeCode
from marketplace.kernel.ids import ListingId, StoreId
from marketplace.kernel.money import Money
from marketplace.kernel.words import mark
from marketplace.pricing import QuantityWarning, Terms
from marketplace.taxes import TaxBook

_CLAMPS = {
    QuantityWarning.CLAMPED_TO_MOQ: (
        NoticeCode.CLAMPED_TO_MOQ,
        mark("Sold from {now} on: we changed {asked} to {now}."),
    ),
    QuantityWarning.CLAMPED_TO_MAX: (
        NoticeCode.CLAMPED_TO_MAX,
        mark("At most {now} a buyer: we changed {asked} to {now}."),
    ),
    QuantityWarning.CLAMPED_TO_STEP: (
        NoticeCode.CLAMPED_TO_STEP,
        mark("Sold in lots of {step}: we changed {asked} to {now}."),
    ),
}


@dataclass(frozen=True, slots=True)
class PriceBook:
    """By what carts are priced: the offers, the taxes and the currency of the house, and who buys."""

    offers: Mapping[ListingId, Offered]
    taxes: TaxBook
    currency: str
    buyer: StoreId | None


def price(wanted: Sequence[Wanted], book: PriceBook, *, pinned: Pinned | None = None) -> Priced:
    """Price what is wanted by what is offered.

    With `pinned`, quantities and availability are those that the buyer was told, so that a shortage since then is
    found when the stock is reserved, and is a shortage, not a new quote. A quantity that is not sold any more is one.
    """
    lines = [_line(one, book, pinned) for one in wanted]
    vendors = {line.offered.vendor.id: line.offered.vendor for line in lines if line.offered is not None}
    return Priced(
        groups=tuple(
            _group(vendor, [line for line in lines if _is_of(line, vendor)], book) for vendor in vendors.values()
        ),
        strays=tuple(line for line in lines if line.offered is None),
        currency=book.currency,
    )


def gate(offered: Offered, *, buyer: StoreId | None) -> Notice | None:
    """Say what keeps a listing from being bought by this store now, whatever its stock."""
    if offered.vendor.id == buyer:
        return Notice(NoticeCode.OWN_LISTING, mark("This is your own listing: a store cannot buy from itself."))
    if not offered.vendor.is_live:
        return Notice(NoticeCode.VENDOR_SUSPENDED, mark("This shop does not sell at the moment."))
    if not offered.is_live or offered.terms is None:
        return Notice(NoticeCode.NOT_AVAILABLE, mark("This is not sold any more."))
    return None


def coupon_notices(count: int) -> tuple[Notice, ...]:
    """Say that codes were entered that mean nothing here: there are no promotions yet."""
    if not count:
        return ()
    return (Notice(NoticeCode.INVALID_PROMO, mark("That code is not valid: check how it is written.")),)


def _is_of(line: QuotedLine, vendor: Vendor) -> bool:
    return line.offered is not None and line.offered.vendor.id == vendor.id


def _line(wanted: Wanted, book: PriceBook, pinned: Pinned | None) -> QuotedLine:
    offered = book.offers.get(wanted.listing_id)
    if offered is None:
        unknown = Notice(NoticeCode.UNKNOWN_LISTING, mark("Nobody offers this any more: take it out of the cart."))
        return QuotedLine(wanted, None, wanted.quantity, LineStatus.INVALID, (unknown,))
    if pinned is not None:
        return _pinned_line(wanted, offered, book, pinned)
    closed = gate(offered, buyer=book.buyer)
    if closed is not None or offered.terms is None:
        status = LineStatus.INVALID if offered.vendor.id == book.buyer else LineStatus.NOT_AVAILABLE
        return QuotedLine(wanted, offered, wanted.quantity, status, (closed,) if closed else ())
    return _open_line(wanted, offered, offered.terms, book)


def _open_line(wanted: Wanted, offered: Offered, terms: Terms, book: PriceBook) -> QuotedLine:
    quantity, clamps = pricing.clamp(wanted.quantity, terms)
    notices = [_clamped(clamp, wanted.quantity, quantity, terms) for clamp in clamps]
    if wanted.seen_minor not in {None, terms.price.minor}:
        notices.append(_price_changed(Money(wanted.seen_minor or 0, terms.price.currency), terms.price))
    if offered.available < quantity:
        return _priced(wanted, offered, terms, quantity, book, LineStatus.NOT_AVAILABLE, (*notices, _shortage(offered)))
    return _priced(wanted, offered, terms, quantity, book, LineStatus.OK, tuple(notices))


def _pinned_line(wanted: Wanted, offered: Offered, book: PriceBook, pinned: Pinned) -> QuotedLine:
    quantity = pinned.quantities.get(wanted.listing_id)
    if quantity is None or offered.terms is None or pricing.clamp(quantity, offered.terms) != (quantity, ()):
        return QuotedLine(wanted, offered, wanted.quantity, LineStatus.NOT_AVAILABLE, (_shortage(offered),))
    return _priced(wanted, offered, offered.terms, quantity, book, LineStatus.OK, ())


def _priced(
    wanted: Wanted,
    offered: Offered,
    terms: Terms,
    quantity: int,
    book: PriceBook,
    status: LineStatus,
    notices: tuple[Notice, ...],
) -> QuotedLine:
    cost = pricing.quote_line(terms.price, terms.tiers, quantity)
    tax = book.taxes.assess(cost.line_total, category=offered.category)
    return QuotedLine(wanted, offered, quantity, status, notices, cost, tax)


def _group(vendor: Vendor, lines: Sequence[QuotedLine], book: PriceBook) -> QuotedGroup:
    goods = Money(sum(cost.line_total.minor for line in lines if line.sold for cost, _ in (line.sold,)), book.currency)
    sends = any(line.sold for line in lines)
    shipping = rates.shipping(vendor.delivery, goods) if sends else Money.zero(book.currency)
    suspended = Notice(NoticeCode.VENDOR_SUSPENDED, mark("This shop does not sell at the moment."))
    return QuotedGroup(
        vendor=vendor,
        lines=tuple(lines),
        shipping=shipping,
        shipping_tax=book.taxes.assess(shipping, category=""),
        notices=() if vendor.is_live else (suspended,),
    )


def _clamped(warning: QuantityWarning, asked: int, now: int, terms: Terms) -> Notice:
    code, template = _CLAMPS[warning]
    return Notice(code, template, {"asked": asked, "now": now, "step": terms.quantity_step})


def _price_changed(before: Money, now: Money) -> Notice:
    template = (
        mark("The price fell from {before} to {now}.")
        if now < before
        else mark("The price rose from {before} to {now}.")
    )
    return Notice(NoticeCode.PRICE_CHANGED, template, {"before": _figure(before), "now": _figure(now)})


def _shortage(offered: Offered) -> Notice:
    if offered.available <= 0:
        return Notice(NoticeCode.NOT_AVAILABLE, mark("Sold out since you added it."))
    facts = {"available": offered.available}
    if offered.terms is not None and not pricing.sellable(offered.available, offered.terms):
        template = mark("Only {available} left, and it is sold from {least} on: take it out of the cart.")
        return Notice(NoticeCode.NOT_AVAILABLE, template, {**facts, "least": offered.terms.min_quantity})
    if offered.available == 1:
        return Notice(NoticeCode.NOT_AVAILABLE, mark("Only one is left: take that one."))
    return Notice(NoticeCode.NOT_AVAILABLE, mark("Only {available} are left: take fewer."), facts)


def _figure(amount: Money) -> str:
    return f"{amount.currency} {amount.decimal:,}"
