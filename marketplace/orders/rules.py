"""Arithmetic and decisions of orders: no session, no clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from random import Random
from typing import Any, Final, Self
from uuid import UUID

from marketplace.kernel.ids import ListingId
from marketplace.kernel.money import Money
from marketplace.kernel.words import _
from marketplace.orders.states import DROPPED, STOPPED, LineState, OrderState, PaidState

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXY"
"""Crockford's letters, which a tired eye takes for no digit, less Z: 31 is prime, so the check finds every swap."""


@dataclass(frozen=True, slots=True)
class Milestones:
    """What happened to an order as a whole, which its lines cannot tell."""

    is_confirmed: bool = False
    payment_failed: bool = False
    attempt_failed: bool = False
    is_turned_back: bool = False
    is_closed: bool = False


_PROGRESS: Final = (
    LineState.PENDING,
    LineState.ACCEPTED,
    LineState.READY,
    LineState.IN_TRANSIT,
    LineState.DELIVERED,
    LineState.RETURNED,
)

_STANDING: Final[Mapping[LineState, OrderState]] = {
    LineState.PENDING: OrderState.PLACED,
    LineState.ACCEPTED: OrderState.ACCEPTED,
    LineState.READY: OrderState.READY,
    LineState.IN_TRANSIT: OrderState.IN_TRANSIT,
    LineState.DELIVERED: OrderState.DELIVERED,
    LineState.RETURNED: OrderState.RETURNED,
}


def standing(lines: Collection[LineState], milestones: Milestones) -> OrderState:
    """Derive where an order stands from its lines, the least advanced speaking for all, and from its milestones."""
    live = set(lines) - DROPPED
    if milestones.payment_failed:
        return OrderState.PAYMENT_FAILED
    if not live:
        return _end(lines)
    if not milestones.is_confirmed:
        return OrderState.PLACING
    if milestones.is_closed:
        return OrderState.CLOSED
    return _underway(min(live, key=_PROGRESS.index), lines, milestones)


def _end(lines: Collection[LineState]) -> OrderState:
    if LineState.CANCELED in lines:
        return OrderState.CANCELED
    if LineState.EXPIRED in lines:
        return OrderState.EXPIRED
    return OrderState.REJECTED


def _underway(least: LineState, lines: Collection[LineState], milestones: Milestones) -> OrderState:
    if least is LineState.ACCEPTED and LineState.REJECTED in lines:
        return OrderState.PARTIALLY_ACCEPTED
    if least is LineState.IN_TRANSIT and milestones.is_turned_back:
        return OrderState.RETURNING
    if least is LineState.IN_TRANSIT and milestones.attempt_failed:
        return OrderState.DELIVERY_FAILED
    return _STANDING[least]


def paid_state(state: OrderState, *, is_captured: bool, is_handed_over: bool, is_paid_out: bool) -> PaidState:
    """Derive how far the money of an order has come."""
    if is_paid_out:
        return PaidState.PAID
    if is_captured:
        return PaidState.SETTLED if is_handed_over else PaidState.CAPTURED
    return PaidState.CANCELED if state in STOPPED else PaidState.UNPAID


@dataclass(frozen=True, slots=True)
class LineSums:
    """The figures of one line, as they were frozen when it was placed."""

    gross: Money
    discount: Money
    tax: Money
    fee: Money
    fee_vat: Money


@dataclass(frozen=True, slots=True)
class Shipping:
    """What sending an order costs its buyer."""

    amount: Money
    tax: Money


@dataclass(frozen=True, slots=True)
class Sums:
    """What an order comes to, and what of it is the house's."""

    subtotal: Money
    discount: Money
    shipping: Money
    tax: Money
    total: Money
    fee: Money
    fee_vat: Money

    @property
    def payable(self) -> Money:
        """What the vendor gets in the end."""
        return self.total - self.fee - self.fee_vat


def sums(lines: Sequence[LineSums], shipping: Shipping, *, tax_is_inside: bool) -> Sums:
    """Add up the lines that will be sent; an order of none costs nothing, not even its shipping."""
    nothing = Money.zero(shipping.amount.currency)
    sent = shipping if lines else Shipping(nothing, nothing)
    subtotal = _sum(nothing, (line.gross for line in lines))
    discount = _sum(nothing, (line.discount for line in lines))
    tax = _sum(sent.tax, (line.tax for line in lines))
    goods = subtotal - discount + sent.amount
    return Sums(
        subtotal=subtotal,
        discount=discount,
        shipping=sent.amount,
        tax=tax,
        total=goods if tax_is_inside else goods + tax,
        fee=_sum(nothing, (line.fee for line in lines)),
        fee_vat=_sum(nothing, (line.fee_vat for line in lines)),
    )


@dataclass(frozen=True, slots=True)
class FrozenFee:
    """By which rule the house takes its part of a line, and how much: as it was when the order was placed."""

    version: int
    bps: int
    least: Money | None
    most: Money | None
    amount: Money


def fees_by_rule(fees: Iterable[FrozenFee]) -> tuple[FrozenFee, ...]:
    """Add up what was taken by the same rule, the rules in the order of their first lines."""
    added: dict[tuple[object, ...], FrozenFee] = {}
    for fee in fees:
        rule = (fee.version, fee.bps, fee.least, fee.most)
        before = added.get(rule)
        added[rule] = fee if before is None else replace(fee, amount=before.amount + fee.amount)
    return tuple(added.values())


def spread(amount: Money, weights: Sequence[Money]) -> list[Money]:
    """Share an amount out over lines by what they cost; equally where all are free."""
    minor = [weight.minor for weight in weights]
    return amount.split(minor if any(minor) else [1] * len(minor))


def draw_number(day: date, random: Random, *, length: int = 4) -> str:
    """Draw a number that people can read out: the day, random letters, and a check character."""
    stem = f"{day:%y-%m%d}-{''.join(random.choices(ALPHABET, k=length))}"
    return f"{stem}-{check_character(stem)}"


def check_character(stem: str) -> str:
    """Compute the character that gives a mistyped or swapped one away."""
    weighed = (place * ALPHABET.index(letter) for place, letter in enumerate(stem.replace("-", ""), start=1))
    return ALPHABET[sum(weighed) % len(ALPHABET)]


def _sum(start: Money, amounts: Iterable[Money]) -> Money:
    result = start
    for amount in amounts:
        result += amount
    return result


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line that was not ordered, and why: a code, and a sentence of the translation catalog with its facts.

    It has no title where nobody knows any more what it was.
    """

    listing_id: ListingId
    code: str
    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    title_ar: str = ""

    @property
    def message(self) -> str:
        """The sentence, in the language that is spoken now."""
        template = _(self.template)
        return template.format_map(self.facts) if self.facts else template

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """Read it as it was kept; the oldest were kept with the sentence alone."""
        said = {"template": document["message"]} if "message" in document else document
        named = {name: said[name] for name in ("template", "facts", "title", "title_ar") if name in said}
        return cls(ListingId(UUID(document["listing_id"])), document["code"], **named)

    def document(self) -> dict[str, Any]:
        """Write it down for the group."""
        return {**asdict(self), "listing_id": str(self.listing_id)}
