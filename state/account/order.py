"""One order of the buyer's: where it is, the code for the door, and what can still be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

import reflex as rx
from reflex.event import EventSpec

from marketplace import checkout, delivery, orders
from marketplace.kernel.actor import Permission
from marketplace.kernel.text import in_line
from marketplace.orders import DROPPED, CancelReason, LineView, OrderState, OrderView, PaidState
from state import place
from state.account import journey
from state.account.address_form import town_of
from state.account.journey import StepRow
from state.delivery.proof import HANDED_OVER, Proven
from state.edge import acting, handles, once, read
from state.forms import Loads
from state.live import watch
from state.pictures import addresses
from state.reader import Reader
from state.words import _

PATH: Final = "/orders/"


@dataclass(frozen=True, slots=True)
class ThingRow:
    """One line, ready to print."""

    id: str
    title: str
    href: str
    picture: str
    quantity: str
    each: str
    before: str
    saved: str
    total: str
    is_dropped: bool
    told: str

    @classmethod
    def of(cls, line: LineView, reader: Reader, pictures: Mapping[str, str]) -> Self:
        """Print a line: what one piece came to after its quantity price, and why it does not come where it does not."""
        is_dropped = line.state in DROPPED
        return cls(
            id=str(line.id),
            title=reader.title(line),
            href=f"/p/{line.fsin}",
            picture=pictures.get(line.image or "", ""),
            quantity=reader.number(line.quantity),
            each=reader.money(line.unit_price_paid),
            before=reader.money(line.unit_price) if line.discount else "",
            saved=reader.money(line.discount) if line.discount else "",
            total=reader.money(line.line_total),
            is_dropped=is_dropped,
            told=reader.word(line.reject_reason or line.state) if is_dropped else "",
        )


@dataclass(frozen=True, slots=True)
class SiblingRow:
    """Another parcel of the same checkout."""

    number: str
    href: str
    store: str
    state: str
    state_words: str

    @classmethod
    def of(cls, order: OrderView, reader: Reader) -> Self:
        """Print it on one line."""
        state, words = journey.standing(order, reader)
        return cls(order.number, f"/orders/{order.number}", order.store.name, state, words)


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order as its buyer reads it."""

    id: str = ""
    number: str = ""
    version: int = 0
    state: str = ""
    state_words: str = ""
    headline: str = ""
    text: str = ""
    store: str = ""
    store_letter: str = ""
    store_href: str = ""
    placed: str = ""
    placed_exact: str = ""
    paid_by: str = ""
    goods: str = ""
    discount: str = ""
    shipping: str = ""
    is_sent_free: bool = False
    tax: str = ""
    total: str = ""
    agreed: str = ""
    cash_due: str = ""
    is_paid: bool = False
    recipient: str = ""
    goes_to: str = ""
    phone: str = ""
    note: str = ""
    retry_of: str = ""
    retried_as: str = ""
    can_cancel: bool = False
    can_nudge: bool = False
    can_retry: bool = False
    is_handed_over: bool = False

    @classmethod
    def of(cls, order: OrderView, reader: Reader) -> Self:
        """Print an order for its buyer."""
        state, state_words = journey.standing(order, reader)
        headline, text = journey.meaning(order, reader)
        return cls(
            id=str(order.id),
            number=order.number,
            version=order.version,
            state=state,
            state_words=state_words,
            headline=headline,
            text=text,
            store=order.store.name,
            store_letter=order.store.name[:1],
            store_href=f"/v/{order.store.slug}",
            placed=reader.date(order.placed_at),
            placed_exact=reader.exact(order.placed_at),
            paid_by=reader.word(order.payment_method),
            recipient=str(order.address.get("recipient", "")),
            goes_to=_where(order),
            phone=str(order.address.get("phone", "")),
            note=order.note,
            retry_of=order.retry_of or "",
            retried_as=order.retried_as or "",
            can_cancel="cancel" in order.can,
            can_nudge="nudge" in order.can,
            can_retry="retry" in order.can,
            is_handed_over=order.state in HANDED_OVER,
            **_sums(order, reader),
        )


def _where(order: OrderView) -> str:
    said = {part: str(value) for part, value in order.address.items() if value}
    town = town_of(*(said.get(part, "") for part in ("city", "region", "postal_code")))
    return in_line([*(said.get(part) for part in ("line1", "line2", "district")), town])


def _sums(order: OrderView, reader: Reader) -> dict[str, Any]:
    totals = order.totals
    return {
        "goods": reader.money(totals.subtotal),
        "discount": reader.money(-totals.discount) if totals.discount else "",
        "shipping": reader.money(totals.shipping),
        "is_sent_free": bool(order.live_lines) and not totals.shipping,
        "tax": reader.money(totals.tax) if totals.tax else "",
        "total": reader.money(totals.total),
        "agreed": reader.money(order.agreed) if order.agreed != totals.total else "",
        "cash_due": reader.money(order.due) if order.due else "",
        "is_paid": order.paid_state in {PaidState.CAPTURED, PaidState.SETTLED, PaidState.PAID},
    }


class BuyerOrderState(Loads, Proven, rx.State):
    """The order that the address names."""

    order: OrderPage = OrderPage()
    things: list[ThingRow] = []
    track: list[StepRow] = []
    steps: list[StepRow] = []
    siblings: list[SiblingRow] = []
    code: str = ""
    why: str = CancelReason.BUYER_CHANGED_MIND.value

    @handles(Permission.ORDERS_READ)
    async def load(self) -> None:
        """Lay it open; runs again whenever it moves."""
        number = place.path_of(self).removeprefix(PATH).partition("/")[0].upper()
        if self.order.number != number:
            self.order = OrderPage()
        order = await read(orders.by_number, acting(), number=number, side="buyer")
        await self._show(order)
        watch(self, f"order:{order.id}")

    @handles(Permission.ORDERS_CANCEL)
    async def say_why(self, why: CancelReason) -> None:
        """Say why the order is called off."""
        self.why = why.value

    @handles(Permission.ORDERS_CANCEL)
    async def cancel(self) -> EventSpec | None:
        """Call it off."""
        reason, key = CancelReason(self.why), f"{self.order.id}:cancel:{self.order.version}"
        order = await once(orders.cancel, acting(), key, number=self.order.number, reason=reason)
        return await self._changed(order, _("Order {number} is canceled."))

    @handles(Permission.CHECKOUT_PLACE)
    async def nudge(self) -> EventSpec | None:
        """Remind the shop."""
        key = f"{self.order.id}:nudge:{self.order.version}"
        order = await once(orders.nudge, acting(), key, number=self.order.number)
        return await self._changed(order, _("The shop was reminded of {number}."))

    @handles(Permission.CHECKOUT_PLACE)
    async def retry(self) -> EventSpec | None:
        """Order once more what lapsed, and go to the new order."""
        key = f"{self.order.id}:retry:{self.order.version}"
        group = await once(checkout.retry, acting(), key, number=self.order.number)
        if group is None:
            await self._show(await read(orders.by_number, acting(), number=self.order.number, side="buyer"))
            return None
        return rx.redirect(Reader.of(self).address("/orders", placed=group.number))

    @handles(Permission.ORDERS_READ)
    async def see_proof(self) -> EventSpec:
        """Look at how it was handed over."""
        return await self._look(self.order.number, "buyer")

    async def _show(self, order: OrderView) -> None:
        reader = Reader.of(self)
        pictures = await addresses(line.image for line in order.lines)
        self.order = OrderPage.of(order, reader)
        self.things = [ThingRow.of(line, reader, pictures) for line in order.lines]
        self.track, self.steps = journey.track(order, reader), journey.happened(order, reader)
        group = await read(orders.group, acting(), group_id=order.group_id)
        self.siblings = [SiblingRow.of(other, reader) for other in group.orders if other.id != order.id]
        self.code = await _code(order)

    async def _changed(self, order: OrderView | None, words: str) -> EventSpec | None:
        if order is None:
            return None
        await self._show(order)
        return rx.toast.success(words.format(number=order.number))


async def _code(order: OrderView) -> str:
    """Give the code for the door while the parcel is on its way."""
    if order.state is not OrderState.IN_TRANSIT:
        return ""
    known = await read(delivery.code_for_buyer, acting(), number=order.number)
    return known.code if known else ""
