"""What the footer leads to: help, terms, privacy, and how to reach us."""

from dataclasses import dataclass
from typing import Final

import reflex as rx

from pages.components.banner import empty, note
from pages.components.button import button
from pages.components.card import stack
from pages.components.frame import frame
from pages.components.link import link, outside_link
from state.shop.contact import ContactState
from state.words import _, mark


@dataclass(frozen=True, slots=True)
class Part:
    """One question or clause, and what is said to it."""

    title: str
    paragraphs: tuple[str, ...]


PAYING: Final = Part(
    mark("How do I pay?"),
    (
        mark("In cash, when the parcel is handed to you. Have the exact amount ready: agents carry no change."),
        mark("Nothing is charged before. If a shop sends only part of what you ordered, you pay only for that part."),
    ),
)
CODE: Final = Part(
    mark("What is the code on my order?"),
    (
        mark("Six digits that prove the parcel reached you. Tell them to the agent at the door, and to nobody before."),
        mark("After five wrong tries the code is locked, and we call you."),
    ),
)
PARCELS: Final = Part(
    mark("Why does one checkout become several orders?"),
    (
        mark("Each shop packs and sends its own parcel, so you get one order for each shop and follow each by itself."),
        mark("With “all or nothing” at checkout nothing is ordered unless every shop has everything."),
    ),
)
CANCELING: Final = Part(
    mark("Can I cancel?"),
    (
        mark("Yes, from the order's page, for as long as the button stands there. The shop sees it at once."),
        mark("After that, refuse the parcel at the door: it goes back, and you pay nothing."),
    ),
)
SILENT: Final = Part(
    mark("The shop does not answer. What now?"),
    (
        mark("Remind it from the order's page, once a day. After five days we remind it too."),
        mark("After ten days without an answer the order ends by itself, and you pay nothing."),
        mark("An order that ended can be placed again with one press, at the prices of the day."),
    ),
)
FAILED: Final = Part(
    mark("I missed the agent"),
    (mark("The agent comes again. After the third try in vain the parcel goes back to the shop and the order ends."),),
)
SELLING: Final = Part(
    mark("How do I sell here?"),
    (
        mark("Open an account to sell, list your products one by one or from a file, and set prices and delivery."),
        mark("We keep a part of each delivered order, shown before you list and on every order, and pay you the rest."),
    ),
)
HELP: Final = (PAYING, CODE, PARCELS, CANCELING, SILENT, FAILED, SELLING)

TERMS: Final = (
    Part(
        mark("Who sells"),
        (
            mark("Each offer is made by the shop it names. You buy from that shop."),
            mark("We run the place, bring the parcel and take the cash for it."),
        ),
    ),
    Part(
        mark("When you have bought"),
        (
            mark(
                "Placing an order sets the goods aside for you. The shop then accepts all of it, part of it, or none."
            ),
            mark("What it accepts is bought at the prices you saw at checkout; what it does not is canceled."),
        ),
    ),
    Part(
        mark("Prices and delivery"),
        (
            mark("Prices are those of the page at the moment of checkout; if one has changed, you are asked first."),
            mark("Delivery is charged by shop, and shown before you order. Days given are working days of the shop."),
        ),
    ),
    Part(
        mark("Paying at the door"),
        (
            mark("You pay the exact amount in cash against the code of your order."),
            mark("Whoever gives away the code of an order has received it."),
        ),
    ),
    Part(
        mark("Your account"),
        (
            mark("One person, one account; a store may have several people. What they do they do for the store."),
            mark("Keep your password to yourself. We stop accounts that harm others, and say why."),
        ),
    ),
    Part(
        mark("For those who sell"),
        (
            mark("Sell what is yours to sell, describe it truly, and send it by the day you promised."),
            mark("Our fee is fixed when the order is placed, and does not change with it afterwards."),
            mark(
                "Your part is paid out once the order is delivered, the cash is counted, and the waiting time is over."
            ),
        ),
    ),
)

PRIVACY: Final = (
    Part(
        mark("What we keep"),
        (
            mark("Your name, email and telephone, the addresses you give, what you order, and what was done with it."),
            mark("Your password only as a fingerprint from which nobody can read it."),
        ),
    ),
    Part(
        mark("Who sees it"),
        (
            mark("A shop sees the orders placed with it and where they go."),
            mark("The agent who brings a parcel sees its address and telephone, from the assignment to the delivery."),
            mark("Nobody else, unless the law demands it. We sell nothing of it and show no advertising by it."),
        ),
    ),
    Part(
        mark("Cookies"),
        (
            mark("Two that stay: one keeps you signed in, one names your browser so that your cart is found again."),
            mark("When a form comes back to you, a third keeps what you typed for a minute, but never a password."),
            mark("None follows you to other sites, and there are no others: there is nothing to agree to."),
        ),
    ),
    Part(
        mark("How long"),
        (
            mark("Orders and payments for as long as tax law wants them kept. A cart that nobody touches is given up."),
            mark("Every change to an order or a payment is written down with who made it, and cannot be erased."),
        ),
    ),
    Part(
        mark("What you can ask for"),
        (mark("A copy of what we keep of you, its correction, and the end of your account: write to us."),),
    ),
)


def help_page() -> rx.Component:
    """What people ask."""
    return told(_("Help"), HELP)


def terms_page() -> rx.Component:
    """What one agrees to."""
    return told(_("Terms"), TERMS)


def privacy_page() -> rx.Component:
    """What is kept of somebody."""
    return told(_("Privacy"), PRIVACY)


def contact_page() -> rx.Component:
    """How to reach us."""
    mail = rx.el.p(
        _("Or write to us:"), " ", outside_link(ContactState.email, ContactState.mail_to), class_name="t3 read"
    )
    ways = stack(
        rx.el.p(
            _("About an order, its own page is the shortest way: it shows what happens now and what you can do."),
            " ",
            link(_("Your orders"), "/orders"),
            class_name="t3 read",
        ),
        rx.el.p(_("Many questions are answered already."), " ", link(_("Help"), "/help"), class_name="t3 read"),
        rx.cond(ContactState.email, mail),
        note(_("At the door, the agent can reach us at once."), sign="phone"),
    )
    return frame(_("Contact"), ways)


def offline_page() -> rx.Component:
    """What a phone shows of a page that it has never had, while it has no line."""
    again = button(
        _("Try again"),
        kind="primary",
        on_click=rx.call_script("history.length > 1 ? history.back() : location.replace('/')"),
    )
    words = empty(
        _("You have no line"),
        _("This page was never opened here, so it needs a line. Those you opened still open."),
        act=again,
    )
    return frame(_("No connection"), words)


def told(title: str, parts: tuple[Part, ...]) -> rx.Component:
    """A text of several parts, read from top to bottom."""
    return frame(title, stack(*(part(one) for one in parts), gap="7"))


def part(one: Part) -> rx.Component:
    """One part of it."""
    said = (rx.el.p(_(words), class_name="t3 read") for words in one.paragraphs)
    return rx.el.section(rx.el.h2(_(one.title), class_name="t4"), *said, class_name="stack stack--2")
