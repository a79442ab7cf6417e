"""The page on which the house looks after stores."""

import reflex as rx

from pages.components.banner import empty, problem
from pages.components.button import button, submit
from pages.components.card import row, stack
from pages.components.dialog import closes, dialog, opens
from pages.components.door import is_open
from pages.components.field import text_field
from pages.components.frame import frame
from pages.components.line import freshness
from pages.components.link import link
from pages.components.loading import when_loaded
from pages.components.navigation import pager, tab, tabs
from pages.components.skeleton import skeleton_rows
from pages.components.status import status
from pages.components.table import Heading, acts, cell, row_head, table
from state.admin.stores import StoreRow, StoresState
from state.words import _

DIALOG = "suspend-store"


def stores_page() -> rx.Component:
    """Every store, and who of them may trade."""
    return frame(
        _("Stores"),
        choices(),
        when_loaded(StoresState, stores(), skeleton_rows(8, 5)),
        ask(),
        aside=freshness(),
    )


def choices() -> rx.Component:
    """All, waiting, live, suspended."""
    known = (
        ("", _("All")),
        ("awaiting_approval", _("To approve")),
        ("live", _("Trading")),
        ("suspended", _("Suspended")),
    )
    return tabs(
        _("Stores by state"),
        *(tab(words, f"/admin/stores?state={state}", is_current=StoresState.tab == state) for state, words in known),
    )


def stores() -> rx.Component:
    """The table, or why there is none."""
    nothing = empty(_("No stores here."), _("New ones appear by themselves."))
    pages = pager("", before=StoresState.first, after=StoresState.after)
    return rx.cond(StoresState.rows, stack(store_table(), pages, gap="3"), nothing)


def store_table() -> rx.Component:
    """Stores as rows."""
    headings = (
        _("Store"),
        _("Kind"),
        _("City"),
        _("Standing"),
        _("Why"),
        Heading(_("What can be done"), is_hidden=True),
    )
    return table(headings, rx.foreach(StoresState.rows, store_row), label=_("Stores"))


def store_row(store: StoreRow) -> rx.Component:
    """One store, with what may be done."""
    words = rx.cond(store.is_stopped, _("Let it trade again"), _("Approve"))
    approve = button(words, size="small", on_click=StoresState.approve(store.id), data_testid="approve-store")
    suspend = button(
        _("Suspend"),
        size="small",
        kind="quiet",
        on_click=[StoresState.choose(store.id, store.name), opens(DIALOG)],
        data_testid="suspend-store",
    )
    return rx.el.tr(
        row_head(rx.cond(store.href, link(store.name, store.href, look="quiet"), store.name)),
        cell(store.kind, place="3"),
        cell(store.city, place="4"),
        cell(status(store.state, store.state_words), place="2"),
        cell(rx.cond(store.reasons, store.reasons, rx.el.span("–", class_name="muted"))),
        acts(
            rx.cond(is_open(StoresState.approve) & store.can_approve, approve),
            rx.cond(is_open(StoresState.suspend) & store.can_suspend, suspend),
        ),
        key=store.id,
    )


def ask() -> rx.Component:
    """Ask why, naming the store."""
    form = rx.el.form(
        rx.el.input(type="hidden", name="store_id", value=StoresState.chosen_id),
        stack(
            problem(StoresState.problem),
            rx.el.p(
                rx.el.span(StoresState.chosen_name, class_name="medium"),
                " ",
                _("leaves search and carts at once. Orders that are open go on."),
            ),
            text_field(
                "why",
                _("Why"),
                hint=_("The store's people read it."),
                error=StoresState.errors["why"],
                required=True,
                max_length=200,
            ),
            row(
                button(_("Keep it live"), on_click=closes(DIALOG), type="button"),
                submit(_("Suspend the store"), kind="danger-fill"),
            ),
            gap="5",
        ),
        on_submit=StoresState.suspend,
    )
    return dialog(DIALOG, _("Suspend a store"), form)
