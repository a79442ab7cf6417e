"""The side navs of the people who work here: what is there, and what waits."""

from dataclasses import dataclass
from typing import Final

import reflex as rx

from pages.building import building
from pages.components.icon import Icon, icon
from pages.components.link import area_link
from state.session import SessionState
from state.words import _, mark


@dataclass(frozen=True, slots=True)
class Item:
    """One place: `waits` names what its count is of."""

    sign: Icon
    words: str
    path: str
    waits: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Places that belong together, under a word or none."""

    words: str
    items: tuple[Item, ...]


VENDOR: Final = (
    Group(
        "",
        (
            Item("home", mark("Home"), "/vendor"),
            Item("box", mark("Orders"), "/vendor/orders", waits="orders"),
        ),
    ),
    Group(
        mark("Sell"),
        (
            Item("tag", mark("Listings"), "/vendor/listings"),
            Item("layers", mark("Stock"), "/vendor/stock", waits="stock"),
            Item("upload", mark("Import"), "/vendor/import"),
        ),
    ),
    Group(
        mark("Your shop"),
        (
            Item("bell", mark("Notifications"), "/vendor/notifications", waits="bell"),
            Item("store", mark("Your shop"), "/vendor/store"),
        ),
    ),
)

ADMIN: Final = (
    Group(
        "",
        (
            Item("truck", mark("Dispatch"), "/admin/dispatch", waits="dispatch"),
            Item("cash", mark("Hand-overs"), "/admin/hand-overs", waits="hand-overs"),
            Item("box", mark("Orders"), "/admin/orders"),
        ),
    ),
    Group(
        mark("Money"),
        (
            Item("wallet", mark("Payouts"), "/admin/payouts", waits="payouts"),
            Item("book", mark("Ledger"), "/admin/ledger"),
        ),
    ),
    Group(
        mark("Trust"),
        (Item("store", mark("Stores"), "/admin/stores", waits="stores"),),
    ),
    Group(
        mark("System"),
        (Item("history", mark("Events"), "/admin/events", waits="dead"),),
    ),
)

AGENT: Final = (
    Item("list", mark("Stops"), "/agent", waits="stops"),
    Item("wallet", mark("Cash"), "/agent/cash"),
)


def side_items(groups: tuple[Group, ...]) -> rx.Component:
    """Draw the places of a side nav."""
    return rx.fragment(*(part for group in groups for part in _group(group)))


def tab_items(items: tuple[Item, ...]) -> rx.Component:
    """Draw the places of a phone's bar."""
    return rx.fragment(*(_tab(item) for item in items))


def _group(group: Group) -> list[rx.Component]:
    head = [rx.el.p(_(group.words), class_name="side__group")] if group.words else []
    return [*head, *(_side(item) for item in group.items)]


def _side(item: Item) -> rx.Component:
    return area_link(
        icon(item.sign), _(item.words), *_waiting(item, "count"), href=item.path, class_name="side__item", **_here(item)
    )


def _tab(item: Item) -> rx.Component:
    return area_link(icon(item.sign), _(item.words), *_waiting(item, "count count--hot"), href=item.path, **_here(item))


def _waiting(item: Item, look: str) -> tuple[rx.Component, ...]:
    if not item.waits:
        return ()
    number = SessionState.waiting[item.waits]
    said = rx.el.span(_("waiting:"), " ", class_name="sr")
    return (rx.cond(number, rx.el.span(said, number, class_name=look)),)


def _here(item: Item) -> dict[str, str]:
    path = building().path
    is_root = item.path.count("/") == 1
    is_here = path == item.path or (not is_root and path.startswith(f"{item.path}/"))
    return {"aria_current": "page"} if is_here else {}
