"""Of what people are told, in which words, and how often a letter is tried.

A notice keeps the name of its rule and its facts; the words are chosen when somebody reads it, in his language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from marketplace.kernel.money import Money
from marketplace.kernel.printing import printed
from marketplace.kernel.words import Locale, mark, translated
from marketplace.notifications.states import NoticeKind

KEPT_FOR: Final = timedelta(days=30)
KEPT_LONGER: Final = (NoticeKind.MONEY, NoticeKind.SECURITY)

MOST_TRIES: Final = 10
FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(hours=1)
LEASE: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that people are told of: its words, where it leads, and whether a letter goes out too."""

    kind: NoticeKind
    title: str
    body: str
    link: str
    by_mail: bool = False
    is_urgent: bool = False


def _order(title: str, body: str, *, by_mail: bool = False) -> Rule:
    return Rule(NoticeKind.ORDER, title, body, "/orders/{number}", by_mail=by_mail)


def _sale(title: str, body: str, *, by_mail: bool = False, is_urgent: bool = False) -> Rule:
    return Rule(NoticeKind.ORDER, title, body, "/vendor/orders/{number}", by_mail=by_mail, is_urgent=is_urgent)


def _road(title: str, body: str, link: str, *, is_urgent: bool = False) -> Rule:
    return Rule(NoticeKind.DELIVERY, title, body, link, is_urgent=is_urgent)


RULES: Final[Mapping[str, Rule]] = {
    # The buyer.
    "order_received": _order(
        mark("We have your order {number}"),
        mark("{store} will confirm it soon. You pay {amount} in cash when it arrives."),
        by_mail=True,
    ),
    "order_accepted": _order(mark("{store} accepted order {number}"), mark("It is being packed."), by_mail=True),
    "order_partly_accepted": _order(
        mark("{store} accepted a part of order {number}"),
        mark("See what is coming. The new total is {amount}."),
        by_mail=True,
    ),
    "order_rejected": _order(
        mark("{store} cannot deliver order {number}"), mark("You pay nothing. Other vendors may have it."), by_mail=True
    ),
    "order_expired": _order(
        mark("{store} did not answer order {number} in time"),
        mark("You pay nothing. You can order again at today's prices."),
        by_mail=True,
    ),
    "order_canceled": _order(mark("Order {number} was canceled"), mark("You pay nothing."), by_mail=True),
    "order_held": _order(mark("Order {number} is on hold"), mark("We will tell you when it goes on.")),
    "order_resumed": _order(mark("Order {number} goes on"), mark("The hold was lifted.")),
    "order_on_its_way": _order(
        mark("Order {number} is on its way"), mark("Have the delivery code on your order page ready.")
    ),
    "order_code_renewed": _order(
        mark("Order {number} has a new delivery code"),
        mark("The one you had is no longer valid. At the door, say the one that your order page shows."),
    ),
    "order_delivered": _order(mark("Order {number} was delivered"), mark("Enjoy it."), by_mail=True),
    "order_missed": _order(
        mark("We could not hand over order {number}"), mark("We will try again. Check your address and telephone.")
    ),
    "order_going_back": _order(
        mark("Order {number} goes back to {store}"), mark("We could not hand it over. You pay nothing."), by_mail=True
    ),
    # The vendor.
    "sale_placed": _sale(
        mark("New order {number}"), mark("{amount}. Accept or decline it."), by_mail=True, is_urgent=True
    ),
    "sale_nudged": _sale(
        mark("Order {number} is waiting for you"),
        mark("Accept or decline it before it expires."),
        by_mail=True,
        is_urgent=True,
    ),
    "sale_expired": _sale(mark("Order {number} expired"), mark("It was not answered in time."), by_mail=True),
    "sale_canceled": _sale(
        mark("Order {number} was canceled"), mark("Do not send it. Its stock is free again."), is_urgent=True
    ),
    "sale_held": _sale(mark("Order {number} is on hold"), mark("Do not hand it over until the hold is lifted.")),
    "sale_resumed": _sale(mark("Order {number} goes on"), mark("The hold was lifted.")),
    "sale_delivered": _sale(mark("Order {number} was delivered"), mark("It counts towards your next payout.")),
    "sale_going_back": _sale(
        mark("Order {number} is coming back to you"), mark("It could not be handed over. Confirm when you have it.")
    ),
    # The people on the road, and those who send them.
    "parcel_ready": _road(
        mark("Order {number} is ready at {store}"), mark("Give it to an agent."), "/admin/dispatch", is_urgent=True
    ),
    "parcel_missed": _road(
        mark("Order {number} could not be handed over"), mark("Plan the next attempt."), "/admin/dispatch"
    ),
    "parcel_assigned": _road(
        mark("Order {number} is on your round"), mark("Pick it up at {store}."), "/agent", is_urgent=True
    ),
    "parcel_taken_over": _road(mark("Order {number} left your round"), mark("You need not pick it up."), "/agent"),
    "cash_differs": _road(
        mark("A buyer offers another sum for order {number}"),
        mark("Due: {due}. Offered: {offered}."),
        "/admin/dispatch",
        is_urgent=True,
    ),
    "cash_accepted": _road(mark("Take the sum offered for order {number}"), mark("It was agreed to."), "/agent"),
    "cash_refused": _road(mark("Do not take another sum for order {number}"), mark("It was not agreed to."), "/agent"),
    # Money.
    "cash_overdue": Rule(
        NoticeKind.MONEY,
        mark("Bring your cash to the cashier"),
        mark("You have carried {amount} for too long."),
        "/agent/cash",
        is_urgent=True,
    ),
    "cash_not_brought": Rule(
        NoticeKind.MONEY,
        mark("{agent} has carried cash for too long"),
        mark("Ask for it to be brought in."),
        "/admin/hand-overs",
        is_urgent=True,
    ),
    "hand_over_brought": Rule(
        NoticeKind.MONEY, mark("{agent} brings cash"), mark("Count it."), "/admin/hand-overs", is_urgent=True
    ),
    "hand_over_accepted": Rule(
        NoticeKind.MONEY, mark("Your cash was counted"), mark("{amount} went into the safe."), "/agent/cash"
    ),
    "hand_over_disputed": Rule(
        NoticeKind.MONEY,
        mark("The count of a hand-over differs by too much"),
        mark("It has to be looked into before more cash is collected."),
        "/admin/hand-overs",
        is_urgent=True,
    ),
    "hand_over_differs": Rule(
        NoticeKind.MONEY,
        mark("The count of your hand-over differs by {amount}"),
        mark("Speak to the cashier before you collect more cash."),
        "/agent/cash",
        is_urgent=True,
    ),
    "payout_proposed": Rule(
        NoticeKind.MONEY, mark("A payout of {amount} to {store} waits"), mark("Check and confirm it."), "/admin/payouts"
    ),
    "payout_needs_second": Rule(
        NoticeKind.MONEY,
        mark("A payout of {amount} to {store} needs a second person"),
        mark("Somebody else has to confirm it too."),
        "/admin/payouts",
    ),
    "payout_paid": Rule(
        NoticeKind.MONEY,
        mark("{amount} is on its way to your bank"),
        mark("Payout {reference} was sent."),
        "/vendor",
        by_mail=True,
    ),
    # Stores and people.
    "store_to_approve": Rule(
        NoticeKind.STORE, mark("{store} wants to sell"), mark("Check it and approve it."), "/admin/stores"
    ),
    "store_live": Rule(
        NoticeKind.STORE, mark("{store} is live"), mark("Buyers see your listings now."), "/vendor", by_mail=True
    ),
    "store_stopped": Rule(
        NoticeKind.STORE,
        mark("{store} is not live"),
        mark("Buyers do not see your listings. See why on your store page."),
        "/vendor/store",
        by_mail=True,
        is_urgent=True,
    ),
    "session_copied": Rule(
        NoticeKind.SECURITY,
        mark("We signed you out for your safety"),
        mark("Somebody may have copied a session of yours. Change your password if that was not you."),
        "/sign-in",
        by_mail=True,
        is_urgent=True,
    ),
}
"""Everything that people are told of."""


def said(template: str, about: Mapping[str, Any], locale: Locale) -> str:
    """Say a sentence about these facts in a language."""
    return translated(template, locale).format_map({name: _printed(fact, locale) for name, fact in about.items()})


def amount(money: Money) -> dict[str, Any]:
    """An amount, as the facts of a notice keep it."""
    return {"minor": money.minor, "currency": money.currency}


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after this many failed tries of a letter; None where it is given up."""
    if tries >= MOST_TRIES:
        return None
    doublings: int = 2 ** (tries - 1)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)


def _printed(fact: Any, locale: Locale) -> str:  # noqa: ANN401 (a fact is text, a number or an amount)
    if isinstance(fact, dict):
        return printed(Money(fact["minor"], fact["currency"]), locale)
    return str(fact)
