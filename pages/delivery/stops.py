"""The agent's stops of today."""

import reflex as rx

from pages.components.agent_frame import agent_frame, how_far
from pages.components.banner import banner, empty
from pages.components.card import stack
from pages.components.icon import icon
from pages.components.loading import when_loaded
from pages.components.road import cash_bar, stop_card, stop_foot, stop_head
from pages.components.skeleton import skeleton_rows
from pages.components.status import code
from state.delivery.stops import StopRow, StopsState
from state.words import _


def stops_page() -> rx.Component:
    """What is to be done, the soonest promised first."""
    return agent_frame(
        rx.cond(StopsState.title, StopsState.title, _("Stops of today")),
        rx.cond(StopsState.cash_warning, banner(StopsState.cash_warning, tone="warn")),
        when_loaded(StopsState, round_(), skeleton_rows(6, 2)),
        text=StopsState.done,
        done=how_far(StopsState.done_percent, StopsState.done),
    )


def round_() -> rx.Component:
    """Cash in hand, then the stops, or that there are none."""
    cash = cash_bar(
        StopsState.cash,
        StopsState.cash_limit,
        StopsState.cash_percent,
        StopsState.cash_words,
        tone=StopsState.cash_tone,
        href="/agent/cash",
    )
    nothing = empty(_("No stops yet."), _("Dispatch gives you orders; they appear here by themselves."))
    listed = rx.cond(StopsState.rows, rx.foreach(StopsState.rows, stop), nothing)
    return stack(cash, rx.el.h2(_("Stops"), class_name="sr"), listed, gap="3")


def stop(row: StopRow) -> rx.Component:
    """One stop."""
    return stop_card(
        rx.cond(row.at == "done", icon("check"), row.place),
        stop_head(row.time, row.badge, row.tone),
        rx.el.span(row.name, class_name="t3 medium clip"),
        rx.el.span(row.address, class_name="muted clip2"),
        rx.el.span(code(row.number), class_name="muted t1"),
        stop_foot(row.doing, row.cash),
        at=row.at,
        href=row.href,
        key=row.id,
        data_testid="stop",
    )
