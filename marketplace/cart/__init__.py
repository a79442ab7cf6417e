"""Carts: what a store, or a visitor, gathers, and what it comes to.

Owns `carts` and `cart_lines`. Reserves nothing and promises nothing but prices, for a few minutes: stock is set aside
when an order is placed. Invariant: an owner fills one cart at a time, and a cart is ordered once or never.
"""

from marketplace.cart.errors import (
    CONSTRAINTS,
    BadQuantity,
    MembersOnly,
    NoBuyer,
    NoCart,
    NoDevice,
    TooManyLines,
)
from marketplace.cart.policy import Owner, owner
from marketplace.cart.queries import Contents, contents, count, offers, price_book, quote, shown
from marketplace.cart.quoting import PriceBook, gate, price
from marketplace.cart.rules import (
    MOST_LINES,
    MOST_PIECES,
    Difference,
    Notice,
    Offered,
    Pinned,
    Priced,
    QuotedGroup,
    QuotedLine,
    Version,
    Wanted,
    differences,
)
from marketplace.cart.service import abandon_idle, add, convert, merge, put_lines, set_quantity
from marketplace.cart.states import CartState, LineStatus, NoticeCode
from marketplace.cart.views import QuoteGroupView, QuoteLineView, QuoteTotals, QuoteView

__all__ = [
    "CONSTRAINTS",
    "MOST_LINES",
    "MOST_PIECES",
    "BadQuantity",
    "CartState",
    "Contents",
    "Difference",
    "LineStatus",
    "MembersOnly",
    "NoBuyer",
    "NoCart",
    "NoDevice",
    "Notice",
    "NoticeCode",
    "Offered",
    "Owner",
    "Pinned",
    "PriceBook",
    "Priced",
    "QuoteGroupView",
    "QuoteLineView",
    "QuoteTotals",
    "QuoteView",
    "QuotedGroup",
    "QuotedLine",
    "TooManyLines",
    "Version",
    "Wanted",
    "abandon_idle",
    "add",
    "contents",
    "convert",
    "count",
    "differences",
    "gate",
    "merge",
    "offers",
    "owner",
    "price",
    "price_book",
    "put_lines",
    "quote",
    "set_quantity",
    "shown",
]
