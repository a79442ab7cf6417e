"""What floats, states, tables, ways around."""

import reflex as rx

from pages.components.banner import banner, empty, note
from pages.components.button import button, icon_button
from pages.components.card import card, columns
from pages.components.dialog import confirmation, dialog, opens
from pages.components.menu import menu, menu_item, menu_line, opens_menu
from pages.components.money import money
from pages.components.navigation import crumbs, pager, tab, tabs
from pages.components.progress import timeline, timeline_step, track, track_step
from pages.components.skeleton import skeleton_rows
from pages.components.status import avatar, badge, code, count, live, status
from pages.components.table import Heading, acts, bulk_bar, cell, group_row, row_head, row_tick, table
from pages.styleguide.sample import chapter, sample
from state.wording import words_of
from state.words import _

ORDER_STATES = (
    "placed", "accepted", "partially_accepted", "ready", "in_transit", "delivered", "closed", "hold", "rejected",
    "canceled", "expired", "delivery_failed", "returning", "returned",
)  # fmt: skip


def floats() -> rx.Component:
    """What speaks over the page."""
    trigger = button(_("Menu"), **opens_menu("sg-menu"))
    return chapter(
        _("What floats, what speaks"),
        sample(
            _("Dialogs, menu, toast"),
            button(_("Cancel the order"), on_click=opens("sg-confirm")),
            button(_("Why not delivered?"), on_click=opens("sg-sheet")),
            menu("sg-menu", trigger, *menu_items(), label=_("Menu")),
            button(_("Toast"), on_click=rx.toast.success(_("Price saved"))),
            button(_("Bad toast"), on_click=rx.toast.error(_("Not saved: someone changed it"))),
        ),
        confirmation(
            "sg-confirm",
            _("Cancel 25-1201-7G4K-2?"),
            _("The shop is told at once. You pay nothing for this parcel."),
            act=_("Cancel the parcel"),
            on_confirm=rx.noop(),
        ),
        dialog(
            "sg-sheet", _("Why not delivered?"), button(_("Nobody home"), size="large", is_wide=True), is_sheet=True
        ),
        columns(
            banner(_("Selling pauses in 14 days"), _("The commercial register lapses on 15 Dec.")),
            banner(_("Balanced to the halala"), tone="good"),
            banner(_("Three things changed"), _("Each is marked on its line."), tone="warn"),
            banner(_("The card was refused"), _("Nothing was ordered."), tone="bad", act=button(_("Try again"))),
            kind="2",
        ),
        note(_("The buyer is told at once.")),
    )


def menu_items() -> tuple[rx.Component, ...]:
    """The acts of the sample menu."""
    return (
        menu_item(_("Edit"), sign="edit"),
        menu_item(_("Put on hold"), sign="pause"),
        menu_line(),
        menu_item(_("Reject the order"), sign="close", is_dangerous=True),
    )


def states() -> rx.Component:
    """What is."""
    return chapter(
        _("States"),
        sample(_("Order"), *(status(state, _(words_of(state))) for state in ORDER_STATES)),
        sample(
            _("Badges"),
            badge(_("Neutral")),
            badge(_("Featured"), tone="accent"),
            badge(_("Good"), tone="good", sign="check"),
            badge(_("At risk"), tone="warn"),
            badge(_("Suppressed"), tone="bad"),
            badge(_("Verified"), tone="info", sign="shield"),
            count(7),
            count(11, is_hot=True),
        ),
        sample(
            _("Avatars, live"),
            avatar("NH", tint="b"),
            avatar("Q", tint="c", is_store=True, size="l"),
            live(is_on=True, words=_("Live")),
            live(is_on=False, words=_("Reconnecting")),
        ),
    )


def tables() -> rx.Component:
    """Rows."""
    headings = (
        Heading(_("Pick"), is_hidden=True),
        Heading(_("Order"), sort="/styleguide?sort=order", order="ascending"),
        _("State"),
        _("Buyer"),
        Heading(_("Total"), is_number=True, sort="/styleguide?sort=total"),
        Heading(_("Acts"), is_hidden=True),
    )
    return chapter(
        _("Tables"),
        card(
            bulk_bar(_("2 selected"), button(_("Accept"), size="small")),
            table(headings, [group_row(_("To decide"), 6, number=2), *map(sample_row, range(1, 4))]),
            pads=False,
        ),
        columns(
            card(skeleton_rows(3), pads=False),
            card(empty(_("No orders to decide"), _("New ones appear here by themselves."))),
            kind="2",
        ),
        pager(
            _("24 of 318 shown"), before=rx.Var.create("").to(str), after=rx.Var.create("/styleguide?after=x").to(str)
        ),
    )


def sample_row(number: int) -> rx.Component:
    """One order."""
    name = f"25-1201-7G4K-{number}"
    return rx.el.tr(
        row_tick(name),
        row_head(code(name)),
        cell(status("placed", _("To decide"), is_silent=True), place="4"),
        cell("Nora Al Harbi", fills=True, place="3"),
        cell(money("SAR\u00a0819.35"), is_number=True, place="2"),
        acts(icon_button("print", _("Print"), size="small")),
    )


def ways() -> rx.Component:
    """Ways around, and how far things are on theirs."""
    return chapter(
        _("Navigation"),
        crumbs((_("Home"), "/"), (_("Kitchen"), "/styleguide"), here=_("Kettles")),
        tabs(
            _("Orders"),
            tab(_("Open"), "/styleguide", is_current=True, number=46),
            tab(_("Done"), "/styleguide?tab=done", is_current=False),
        ),
        timeline(
            timeline_step(_("Delivered"), "21:00", at="next"),
            timeline_step(_("On the way"), "15:48", _("Parcel 1 of 1 scanned"), at="now"),
            timeline_step(_("Packed"), "17:05", at="done"),
        ),
        track(
            _("Progress"),
            track_step(_("Placed"), "14:26", at="done"),
            track_step(_("On the way"), "15:48", at="now"),
            track_step(_("Delivered"), "21:00", at="next"),
        ),
    )
