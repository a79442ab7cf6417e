"""The desk where agents' cash is counted, blind."""

import reflex as rx

from pages.components.banner import empty, problem
from pages.components.button import button, submit
from pages.components.card import row, stack
from pages.components.date import date
from pages.components.dialog import closes, dialog, opens
from pages.components.field import text_field
from pages.components.frame import frame
from pages.components.kinds import Text, text
from pages.components.line import freshness
from pages.components.loading import when_loaded
from pages.components.money import money
from pages.components.navigation import pager, tab, tabs
from pages.components.skeleton import skeleton_rows
from pages.components.status import status
from pages.components.table import Heading, acts, cell, row_head, table
from state.admin.hand_overs import HandOverRow, HandOversState
from state.words import _

DIALOG = "count-cash"


def hand_overs_page() -> rx.Component:
    """What agents brought, and the count of it."""
    return frame(
        _("Hand-overs"),
        choices(),
        when_loaded(HandOversState, hand_overs(), skeleton_rows(8, 5)),
        ask(),
        aside=freshness(),
    )


def choices() -> rx.Component:
    """Not through yet, or all."""
    return tabs(
        _("Hand-overs by state"),
        tab(_("To count"), "/admin/hand-overs", is_current=HandOversState.tab == ""),
        tab(_("All"), "/admin/hand-overs?state=all", is_current=HandOversState.tab == "all"),
    )


def hand_overs() -> rx.Component:
    """The table, or why there is none."""
    title = rx.cond(HandOversState.tab != "", _("Nothing was brought in yet."), _("Nothing to count."))
    nothing = empty(title, _("What agents bring in appears here by itself."))
    pages = pager("", before=HandOversState.first, after=HandOversState.after)
    return rx.cond(HandOversState.rows, stack(listed(), pages, gap="3"), nothing)


def listed() -> rx.Component:
    """Hand-overs as rows."""
    headings = (
        _("Agent"),
        _("State"),
        Heading(_("Orders"), is_number=True),
        _("Brought"),
        Heading(_("Expected"), is_number=True),
        Heading(_("Counted"), is_number=True),
        Heading(_("Difference"), is_number=True),
        Heading(_("What can be done"), is_hidden=True),
    )
    return table(headings, rx.foreach(HandOversState.rows, hand_over), label=_("Hand-overs"))


def hand_over(brought: HandOverRow) -> rx.Component:
    """One hand-over."""
    act = button(
        rx.cond(brought.can_clear, _("Count again"), _("Count")),
        size="small",
        on_click=[HandOversState.choose(brought.id), opens(DIALOG)],
        data_testid="count",
    )
    shown = rx.cond(brought.is_off, rx.el.span(money(brought.variance), class_name="bad"), "–")
    return rx.el.tr(
        row_head(brought.agent, rx.cond(brought.note, rx.el.p(brought.note, class_name="muted t1"))),
        cell(status(brought.state, brought.state_words), place="3"),
        cell(brought.orders, is_number=True),
        cell(date(brought.handed, brought.handed_exact), place="4"),
        cell(amount(brought.expected), is_number=True),
        cell(amount(brought.counted), place="2", is_number=True),
        cell(shown, is_number=True),
        acts(
            rx.cond(brought.can_count | brought.can_clear, act),
            rx.cond(brought.waits_for, rx.el.span(brought.waits_for, class_name="muted t1 tbl__why")),
        ),
        key=brought.id,
        data_testid="hand-over",
    )


def amount(printed: Text) -> rx.Component:
    """An amount, or a dash while nobody may know it."""
    return rx.cond(text(printed) == "–", rx.el.span("–", class_name="muted"), money(printed))


def ask() -> rx.Component:
    """Ask what is in the bag; nothing here says what should be."""
    form = rx.el.form(
        rx.el.input(type="hidden", name="hand_over_id", value=HandOversState.chosen_id),
        stack(
            problem(HandOversState.problem),
            row(
                rx.el.span(HandOversState.chosen_agent, class_name="medium"),
                rx.el.span(_("orders:"), " ", HandOversState.chosen_orders, class_name="muted"),
                look="apart",
            ),
            text_field(
                "counted",
                _("What you counted"),
                hint=_("Count alone. What should be there is shown afterwards."),
                error=HandOversState.errors["counted"],
                input_mode="decimal",
                required=True,
                max_length=20,
                auto_complete="off",
                auto_focus=True,
                data_testid="counted",
            ),
            rx.cond(
                HandOversState.clears,
                text_field("note", _("What was found out"), required=True, max_length=200),
            ),
            row(
                button(_("Not yet"), on_click=closes(DIALOG)),
                submit(_("This is what I counted"), data_testid="confirm-count"),
            ),
            gap="5",
        ),
        on_submit=HandOversState.count,
        key=HandOversState.chosen_id,
    )
    return dialog(DIALOG, _("Count what was brought"), form)
