"""The side navs of the people who work here: what is there and open to them, and what waits."""

from dataclasses import dataclass
from typing import Any, Final

import reflex as rx

from pages.building import building
from pages.components.door import any_open, is_open
from pages.components.icon import Icon, icon
from pages.components.link import area_link
from state.account.notifications import NotificationsState
from state.admin.desks import DESKS
from state.delivery.cash import CashState
from state.delivery.stops import StopsState
from state.session import SessionState
from state.vendor.home import VendorHomeState
from state.vendor.importing import ImportState
from state.vendor.listings import ListingsState
from state.vendor.orders import OrdersState
from state.vendor.stock import StockState
from state.vendor.store import StoreState
from state.words import _, mark


@dataclass(frozen=True, slots=True)
class Item:
    """One place: `load` fills its page and so says to whom it is open, `waits` names what its count is of."""

    sign: Icon
    words: str
    path: str
    load: Any
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
            Item("home", mark("Home"), "/vendor", VendorHomeState.load),
            Item("box", mark("Orders"), "/vendor/orders", OrdersState.load, waits="orders"),
        ),
    ),
    Group(
        mark("Sell"),
        (
            Item("tag", mark("Listings"), "/vendor/listings", ListingsState.load),
            Item("layers", mark("Stock"), "/vendor/stock", StockState.load, waits="stock"),
            Item("upload", mark("Import"), "/vendor/import", ImportState.load),
        ),
    ),
    Group(
        mark("Your shop"),
        (
            Item("bell", mark("Notifications"), "/vendor/notifications", NotificationsState.load, waits="bell"),
            Item("store", mark("Your shop"), "/vendor/store", StoreState.load),
        ),
    ),
)


def _desk(sign: Icon, words: str, path: str, waits: str = "") -> Item:
    return Item(sign, words, path, DESKS[path], waits)


ADMIN: Final = (
    Group(
        "",
        (
            _desk("truck", mark("Dispatch"), "/admin/dispatch", waits="dispatch"),
            _desk("cash", mark("Hand-overs"), "/admin/hand-overs", waits="hand-overs"),
            _desk("box", mark("Orders"), "/admin/orders"),
        ),
    ),
    Group(
        mark("Money"),
        (
            _desk("wallet", mark("Payouts"), "/admin/payouts", waits="payouts"),
            _desk("book", mark("Ledger"), "/admin/ledger"),
        ),
    ),
    Group(
        mark("Trust"),
        (_desk("store", mark("Stores"), "/admin/stores", waits="stores"),),
    ),
    Group(
        mark("System"),
        (_desk("history", mark("Events"), "/admin/events", waits="dead"),),
    ),
)

AGENT: Final = (
    Item("list", mark("Stops"), "/agent", StopsState.load, waits="stops"),
    Item("wallet", mark("Cash"), "/agent/cash", CashState.load),
)


def side_items(groups: tuple[Group, ...]) -> rx.Component:
    """Draw the places of a side nav."""
    return rx.fragment(*(part for group in groups for part in _group(group)))


def tab_items(items: tuple[Item, ...]) -> rx.Component:
    """Draw the places of a phone's bar."""
    return rx.fragment(*(_tab(item) for item in items))


def _group(group: Group) -> list[rx.Component]:
    loads = [item.load for item in group.items]
    head = [rx.cond(any_open(loads), rx.el.p(_(group.words), class_name="side__group"))] if group.words else []
    return [*head, *(rx.cond(is_open(item.load), _side(item)) for item in group.items)]


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
