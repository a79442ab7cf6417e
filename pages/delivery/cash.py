"""The cash an agent carries."""

import reflex as rx

from pages.components.agent_frame import agent_frame
from pages.components.banner import banner, empty, problem
from pages.components.button import button, submit
from pages.components.card import card, row, row_line, rows, stack
from pages.components.date import date
from pages.components.dialog import closes, dialog, opens
from pages.components.field import text_field
from pages.components.loading import when_loaded
from pages.components.money import money
from pages.components.road import cash_card, cash_sum, filling
from pages.components.skeleton import skeleton_rows
from pages.components.status import code, status
from state.delivery.cash import CashState, TakenRow
from state.words import _

DIALOG = "bring-in"

brought = CashState.brought


def cash_page() -> rx.Component:
    """What is in hand, what was brought in, and the way to bring it in."""
    return agent_frame(
        _("Cash in hand"),
        when_loaded(CashState, stack(in_hand(), at_the_cashier(), taken()), skeleton_rows(6, 2)),
        bring_in(),
    )


def in_hand() -> rx.Component:
    """The sum against the limit, and the act."""
    most = rx.el.p(_("limit"), " ", money(CashState.limit), class_name="muted")
    act = button(
        _("Hand over"),
        kind="primary",
        size="thumb",
        is_wide=True,
        sign="wallet",
        on_click=opens(DIALOG),
        data_testid="hand-over",
    )
    return stack(
        rx.cond(CashState.warning, banner(CashState.warning, tone="warn")),
        cash_card(
            _("With you"),
            cash_sum(CashState.total),
            filling(CashState.percent, CashState.percent_words, tone=CashState.tone),
            most,
            rx.cond(CashState.rows, act),
            end=rx.el.span(CashState.since, class_name="muted t1"),
        ),
    )


def at_the_cashier() -> rx.Component:
    """What was brought and is not through yet."""
    words = rx.el.p(money(brought.declared), " · ", brought.orders, class_name="medium")
    when = rx.el.p(date(brought.handed, brought.handed_exact), class_name="muted t1")
    shown = card(
        rows(row_line(words, when, end=status(brought.state, brought.state_words))),
        title=_("With the cashier"),
        pads=False,
    )
    return rx.cond(CashState.has_brought, shown)


def taken() -> rx.Component:
    """Order by order, or that there is nothing."""
    nothing = empty(_("You carry no cash."), _("What buyers pay you at the door is listed here."))
    listed = card(rows(rx.foreach(CashState.rows, one)), title=_("By order"), pads=False)
    return rx.cond(CashState.rows, listed, rx.cond(CashState.has_brought, rx.fragment(), nothing))


def one(line: TakenRow) -> rx.Component:
    """What one buyer gave."""
    return row_line(
        rx.el.p(code(line.number), class_name="medium"),
        rx.el.p(date(line.taken, line.taken_exact), class_name="muted t1"),
        end=money(line.amount),
    )


def bring_in() -> rx.Component:
    """Ask what the agent counted; all of it is brought at once."""
    form = rx.el.form(
        stack(
            problem(CashState.problem),
            text_field(
                "counted",
                _("What you counted"),
                hint=_("All of it is handed over at once. Count before you press."),
                error=CashState.errors["counted"],
                input_mode="decimal",
                required=True,
                max_length=20,
                auto_complete="off",
                data_testid="counted",
            ),
            text_field("note", _("Note"), aside=_("if something is different"), max_length=200),
            row(
                button(_("Not yet"), on_click=closes(DIALOG), size="large"),
                submit(_("Hand over"), size="large", data_testid="confirm-hand-over"),
            ),
            gap="5",
        ),
        on_submit=CashState.hand_over,
    )
    return dialog(DIALOG, _("Hand over all of your cash"), form, is_sheet=True)
