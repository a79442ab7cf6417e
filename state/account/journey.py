"""The journey of an order as its buyer reads it: where it stands, what that means, and what comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from marketplace import bootstrap
from marketplace.orders import MoveView, OrderState, OrderView
from state.reader import Reader
from state.words import _, mark

WAITING: Final = "waiting_for_shop"

HEADLINES: Final[Mapping[OrderState, tuple[str, str]]] = {
    OrderState.PLACING: (mark("Your order is being placed"), ""),
    OrderState.PAYMENT_FAILED: (mark("The payment did not go through"), mark("Nothing was taken.")),
    OrderState.PLACED: (
        mark("The shop has until {decide_by} to answer"),
        mark(
            "It arrives by {day} if the shop accepts before {accept_before}. "
            "If it does not answer at all, the order lapses by itself, and you pay nothing."
        ),
    ),
    OrderState.ACCEPTED: (mark("Arrives by {day}"), mark("The shop is packing it.")),
    OrderState.PARTIALLY_ACCEPTED: (
        mark("Arrives by {day}"),
        mark("The shop cannot supply everything: the rest is packed, and the sum is lower."),
    ),
    OrderState.READY: (mark("Arrives by {day}"), mark("It is packed, and waits for the driver.")),
    OrderState.IN_TRANSIT: (mark("Arrives by {day}"), mark("The driver has your parcel.")),
    OrderState.DELIVERY_FAILED: (mark("The driver could not hand it over"), mark("He will try again, or call you.")),
    OrderState.RETURNING: (mark("It goes back to the shop"), mark("You pay nothing.")),
    OrderState.RETURNED: (mark("It went back to the shop"), mark("You pay nothing.")),
    OrderState.DELIVERED: (mark("Delivered {delivered}"), ""),
    OrderState.CLOSED: (mark("Delivered {delivered}"), ""),
    OrderState.CANCELED: (mark("This order was canceled"), mark("You pay nothing.")),
    OrderState.REJECTED: (mark("The shop cannot supply this"), mark("You pay nothing.")),
    OrderState.EXPIRED: (
        mark("The shop did not answer in time"),
        mark("You pay nothing. You may order it again at today's price."),
    ),
}
"""What each state means for the buyer, in one line and a second."""

LATE: Final = mark(
    "The day of arrival is set when the shop accepts. "
    "If it does not answer at all, the order lapses by itself, and you pay nothing."
)
"""The second line of an order that was not accepted in time for the day that was promised with it."""

MILESTONES: Final = (
    ("placed_at", mark("Placed")),
    ("decided_at", mark("Accepted")),
    ("ready_at", mark("Packed")),
    ("picked_up_at", mark("On the way")),
    ("delivered_at", mark("Delivered")),
)
"""The way of an order that nothing stops."""

REACHED: Final[Mapping[OrderState, int]] = {
    OrderState.PLACED: 1,
    OrderState.ACCEPTED: 2,
    OrderState.PARTIALLY_ACCEPTED: 2,
    OrderState.READY: 3,
    OrderState.IN_TRANSIT: 4,
    OrderState.DELIVERY_FAILED: 4,
    OrderState.DELIVERED: 5,
    OrderState.CLOSED: 5,
}
"""How many milestones lie behind an order; states that are not here have left the way."""

STOPS: Final = frozenset(
    {
        OrderState.PAYMENT_FAILED,
        OrderState.CANCELED,
        OrderState.EXPIRED,
        OrderState.REJECTED,
        OrderState.DELIVERY_FAILED,
    }
)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the way, or of what happened."""

    title: str
    time: str
    exact: str
    at: str
    text: str = ""

    @classmethod
    def of(cls, move: MoveView, reader: Reader, *, is_last: bool) -> Self:
        """Print what happened."""
        return cls(
            title=step(move, reader),
            time=reader.date(move.at),
            exact=reader.exact(move.at),
            at=_place(move.went_to, is_last=is_last),
            text=reader.reasons(move.reason) if move.reason else "",
        )


def step(move: MoveView, reader: Reader) -> str:
    """Name a step as what was done: it began by being placed, whoever reads of it and whatever he was to do then."""
    return reader.word("order_placed" if move.went_to is OrderState.PLACED else move.went_to)


def _place(state: OrderState, *, is_last: bool) -> str:
    if state in STOPS:
        return "stop"
    is_over = state in {OrderState.DELIVERED, OrderState.CLOSED, OrderState.RETURNED}
    return "now" if is_last and not is_over else "done"


def happened(order: OrderView, reader: Reader) -> list[StepRow]:
    """Tell what happened, the newest first."""
    last = len(order.moves) - 1
    steps = [StepRow.of(move, reader, is_last=index == last) for index, move in enumerate(order.moves)]
    return steps[::-1]


def track(order: OrderView, reader: Reader) -> list[StepRow]:
    """Lay the way out: what is behind, where it is, what comes; nothing where the order has left it."""
    reached = REACHED.get(order.state, 0)
    return [
        _milestone(words, getattr(order, name), reader, behind=reached - index)
        for index, (name, words) in enumerate(MILESTONES if reached else ())
    ]


def _milestone(words: str, at: datetime | None, reader: Reader, *, behind: int) -> StepRow:
    is_reached = behind > 0
    place = "next" if not is_reached else "now" if behind == 1 and words != MILESTONES[-1][1] else "done"
    return StepRow(
        title=_(words),
        time=reader.date(at) if is_reached and at else "",
        exact=reader.exact(at) if is_reached else "",
        at=place,
    )


def standing(order: OrderView, reader: Reader) -> tuple[str, str]:
    """Name where an order stands for its buyer: the code that the dial knows, and the words."""
    if order.is_held:
        return "hold", reader.word("hold")
    words = WAITING if order.state is OrderState.PLACED else order.state
    return order.state, reader.word(words)


def meaning(order: OrderView, reader: Reader) -> tuple[str, str]:
    """Say what that means for the buyer, in one line and a second."""
    if order.is_held:
        return _("This order is on hold"), _("We are looking into it. You need not do anything.")
    headline, text = HEADLINES[order.state]
    if order.state is OrderState.PLACED and order.accept_before <= bootstrap.database().now():
        text = LATE
    facts = {
        "day": reader.day(order.latest_on),
        "decide_by": reader.date(order.decide_by),
        "accept_before": reader.date(order.accept_before),
        "delivered": reader.date(order.delivered_at),
    }
    return _(headline).format(**facts), _(text).format(**facts) if text else ""
