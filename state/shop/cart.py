"""The cart: what was gathered, by the shops that send it, and what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Self

import reflex as rx

from marketplace import bootstrap, cart
from marketplace.cart import LineStatus, QuoteGroupView, QuoteLineView, QuoteView
from marketplace.kernel.ids import ListingId
from marketplace.rest.access import CATALOG
from state.edge import acting, handles, read, transact
from state.forms import Loads
from state.pictures import addresses
from state.reader import Reader
from state.session import SessionState
from state.typed import pieces
from state.words import _

Quantity = Annotated[int, pieces(least=0, most=cart.MOST_PIECES)]


@dataclass(frozen=True, slots=True)
class CartLineRow:
    """One line, ready to print."""

    id: str
    title: str
    href: str
    picture: str
    each: str
    before: str
    saved: str
    quantity: int
    least: int
    most: int
    less: int
    more: int
    total: str
    notices: list[str]
    can_be_had: bool
    left: int
    take_left: str

    @classmethod
    def of(cls, line: QuoteLineView, reader: Reader, pictures: Mapping[str, str]) -> Self:
        """Print a line: what one piece costs after its volume discount, and what to know about it."""
        titled = reader.title(line)
        step, most = line.quantity_step, min(line.max_quantity or line.available, line.available)
        pieces, is_had = max(line.quantity, 1), line.status is LineStatus.OK
        return cls(
            id=str(line.listing_id),
            title=titled or _("Nobody sells this any more"),
            href=f"/p/{line.fsin}" if line.fsin else "",
            picture=pictures.get(line.image or "", ""),
            each=reader.money(line.unit_price_paid if is_had else line.unit_price),
            before=reader.money(line.unit_price) if is_had and line.discount else "",
            saved=reader.money(line.discount) if is_had and line.discount else "",
            quantity=line.quantity,
            least=line.min_quantity,
            most=max(most, line.quantity),
            less=max(pieces - step, 0),
            more=pieces + step,
            total=reader.money(line.line_total),
            notices=[notice.message for notice in line.warnings],
            can_be_had=is_had,
            left=0 if is_had else line.sellable,
            take_left="" if is_had else _take_left(line, reader),
        )


def _take_left(line: QuoteLineView, reader: Reader) -> str:
    """Offer as many as can be had, in one press; nothing where none can."""
    if not line.sellable:
        return ""
    if line.sellable < line.available:
        return _("Take {count}").format(count=reader.number(line.sellable))
    return reader.count("Take the one that is left", "Take the {count} that are left", line.sellable)


@dataclass(frozen=True, slots=True)
class CartGroupRow:
    """What one shop sends."""

    store: str
    letter: str
    href: str
    arrives: str
    shipping: str
    free_over: str
    total: str
    notices: list[str]
    lines: list[CartLineRow]
    is_sent: bool

    @classmethod
    def of(cls, group: QuoteGroupView, reader: Reader, pictures: Mapping[str, str]) -> Self:
        """Print a shop's part."""
        return cls(
            store=group.store.name,
            letter=group.store.name[:1],
            href=f"/v/{group.store.slug}",
            arrives=_arrives(group, reader),
            shipping=reader.money(group.shipping) if group.shipping else "",
            free_over=reader.money(group.free_over) if group.free_over and group.shipping else "",
            total=reader.money(group.total),
            notices=[notice.message for notice in group.warnings],
            lines=[CartLineRow.of(line, reader, pictures) for line in group.lines],
            is_sent=any(line.status is LineStatus.OK for line in group.lines),
        )


def _arrives(group: QuoteGroupView, reader: Reader) -> str:
    """Promise a day under its condition: the shop is still to accept, and a later yes makes it a later day."""
    return _("Arrives by {day} if the shop accepts before {moment}").format(
        day=reader.day(group.latest_on), moment=reader.date(group.accept_before)
    )


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """What all of it comes to."""

    version: str = ""
    held_until: str = ""
    goods: str = ""
    discount: str = ""
    shipping: str = ""
    tax: str = ""
    total: str = ""
    pieces: int = 0
    not_counted: str = ""
    notices: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, quote: QuoteView, reader: Reader) -> Self:
        """Print the sums."""
        sums = quote.totals
        return cls(
            version=quote.quote_version,
            held_until=reader.time(quote.valid_until),
            goods=reader.money(sums.subtotal),
            discount=reader.money(-sums.discount) if sums.discount else "",
            shipping=reader.money(sums.shipping) if sums.shipping or not quote.pieces else "",
            tax=reader.money(sums.tax) if sums.tax else "",
            total=reader.money(sums.total),
            pieces=quote.pieces,
            not_counted=_not_counted(len(quote.not_counted), reader),
            notices=[notice.message for notice in quote.warnings],
        )


def _not_counted(lines: int, reader: Reader) -> str:
    """Say that the sums leave lines out; nothing where they hold all of them."""
    if not lines:
        return ""
    return reader.count(
        "{count} line is not counted: it cannot be ordered as it is.",
        "{count} lines are not counted: they cannot be ordered as they are.",
        lines,
    )


async def printed(quote: QuoteView, reader: Reader) -> tuple[list[CartGroupRow], TotalsRow]:
    """Print a quote with its pictures; what nobody sells any more is told in its notices."""
    lines = [line for group in quote.groups for line in group.lines]
    pictures = await addresses(line.image for line in lines)
    return [CartGroupRow.of(group, reader, pictures) for group in quote.groups], TotalsRow.of(quote, reader)


class CartState(Loads, rx.State):
    """The cart of the reader's store, or of his device."""

    groups: list[CartGroupRow] = []
    totals: TotalsRow = TotalsRow()

    @handles(CATALOG)
    async def load(self) -> None:
        """Price it anew."""
        await self._show(await read(cart.quote, acting(), now=bootstrap.database().now()))

    @handles(CATALOG)
    async def want(self, listing_id: ListingId, quantity: Quantity) -> None:
        """Want so many of a thing; none takes it out."""
        quote = await transact(cart.set_quantity, acting(), listing_id=listing_id, quantity=quantity)
        await self._show(quote)

    async def _show(self, quote: QuoteView) -> None:
        self.groups, self.totals = await printed(quote, Reader.of(self))
        session = await self.get_state(SessionState)
        session.cart_count = sum(len(group.lines) for group in quote.groups)
