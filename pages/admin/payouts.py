"""The page on which finance pays vendors."""

import reflex as rx

from pages.components.banner import empty, note, problem
from pages.components.button import button, submit
from pages.components.card import row, stack
from pages.components.date import date
from pages.components.dialog import closes, dialog, opens
from pages.components.field import text_field
from pages.components.frame import frame
from pages.components.given import given
from pages.components.line import freshness
from pages.components.loading import unless_empty, when_loaded
from pages.components.money import money
from pages.components.navigation import pager, tab, tabs
from pages.components.sheet import sheet_link
from pages.components.skeleton import skeleton_rows
from pages.components.status import status
from pages.components.table import Heading, acts, cell, row_head, table
from pages.components.whole import whole
from state.admin.payouts import PayoutRow, PayoutsState
from state.words import _

DIALOG = "confirm-payout"


def payouts_page() -> rx.Component:
    """What vendors are to be paid, and what they were."""
    return frame(
        _("Payouts"),
        choices(),
        when_loaded(PayoutsState, payouts(), skeleton_rows(8, 5)),
        ask(),
        acts=[unless_empty(PayoutsState, PayoutsState.rows, sheet_link(PayoutsState.sheet))],
        aside=freshness(),
    )


def choices() -> rx.Component:
    """To be sent, waiting for a second person, paid, all."""
    known = (
        ("proposed", _("To send")),
        ("confirmed", _("For a second person")),
        ("paid", _("Paid")),
        ("all", _("All")),
    )
    return tabs(
        _("Payouts by state"),
        *(tab(words, f"/admin/payouts?state={state}", is_current=PayoutsState.tab == state) for state, words in known),
    )


def payouts() -> rx.Component:
    """The table, or why there is none."""
    nothing = empty(_("No payouts here."), _("They are proposed once a day, from money that has matured."))
    return rx.cond(PayoutsState.rows, stack(payout_table(), pages(), gap="3"), nothing)


def payout_table() -> rx.Component:
    """Payouts as rows."""
    headings = (
        _("Vendor"),
        _("State"),
        _("Orders"),
        _("Delivered"),
        _("Proposed"),
        Heading(_("Amount"), is_number=True),
        _("Reference"),
        Heading(_("What can be done"), is_hidden=True),
    )
    return table(headings, rx.foreach(PayoutsState.rows, payout_row), label=_("Payouts"))


def payout_row(payout: PayoutRow) -> rx.Component:
    """One payout."""
    send = button(
        _("Confirm"),
        size="small",
        on_click=[PayoutsState.choose(payout.id), opens(DIALOG)],
        data_testid="confirm-payout",
    )
    return rx.el.tr(
        row_head(payout.store),
        cell(status(payout.state, payout.state_words), place="3"),
        cell(whole(payout.orders), fills=True),
        cell(payout.delivered),
        cell(date(payout.proposed, payout.proposed_exact), place="4"),
        cell(money(payout.amount), place="2", is_number=True),
        cell(
            rx.cond(
                payout.reference,
                given(payout.reference, class_name="block clip tbl__short", title=payout.reference),
                "–",
            )
        ),
        acts(
            rx.cond(payout.can_confirm, send),
            rx.cond(payout.waits_for, rx.el.span(payout.waits_for, class_name="muted t1 tbl__why")),
        ),
        key=payout.id,
        data_testid="payout",
    )


def pages() -> rx.Component:
    """The way on."""
    return pager("", before=PayoutsState.first, after=PayoutsState.after)


def ask() -> rx.Component:
    """Ask for the bank's reference, naming who is paid and how much."""
    form = rx.el.form(
        rx.el.input(type="hidden", name="payout_id", value=PayoutsState.chosen_id),
        stack(
            problem(PayoutsState.problem),
            row(
                rx.el.span(PayoutsState.chosen_store, class_name="medium"),
                money(PayoutsState.chosen_amount),
                look="apart",
            ),
            rx.cond(PayoutsState.chosen_words, note(PayoutsState.chosen_words)),
            text_field(
                "reference",
                _("The bank's reference"),
                hint=_("As it stands on the transfer. The vendor sees it."),
                error=PayoutsState.errors["reference"],
                required=True,
                max_length=80,
                auto_complete="off",
                auto_focus=True,
                default_value=PayoutsState.chosen_reference,
                key=PayoutsState.chosen_id + PayoutsState.chosen_reference,
            ),
            row(button(_("Not yet"), on_click=closes(DIALOG), type="button"), submit(_("The transfer is made"))),
            gap="5",
        ),
        on_submit=PayoutsState.confirm,
    )
    return dialog(DIALOG, _("Confirm a payout"), form)
