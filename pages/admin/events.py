"""The desk of what did not go through."""

import reflex as rx

from pages.components.banner import empty
from pages.components.button import button
from pages.components.card import card, row, stack
from pages.components.date import date
from pages.components.frame import frame
from pages.components.given import given
from pages.components.line import freshness
from pages.components.loading import when_loaded
from pages.components.navigation import pager
from pages.components.skeleton import skeleton_rows
from pages.components.stat import stat, stats
from pages.components.status import code
from state.admin.events import EventsState, LetterRow
from state.words import _


def events_page() -> rx.Component:
    """Whether facts reach who should hear of them, and what became of those that did not."""
    return frame(
        _("Events"),
        when_loaded(EventsState, stack(figures(), letters(), gap="5"), skeleton_rows(6, 4)),
        aside=freshness(),
    )


def figures() -> rx.Component:
    """How far behind delivery is."""
    return stats(
        _("Delivery of facts"),
        stat(_("Waiting"), EventsState.pending),
        stat(_("Oldest waiting"), EventsState.oldest),
        stat(_("Not relayed yet"), EventsState.unrelayed),
        stat(_("Given up"), EventsState.dead),
    )


def letters() -> rx.Component:
    """The dead letters, or that there are none."""
    nothing = empty(
        _("Nothing was given up."), _("A fact that a consumer cannot take in appears here with its reason.")
    )
    listed = stack(rx.foreach(EventsState.rows, letter), pages(), gap="3")
    return rx.cond(EventsState.rows, listed, nothing)


def letter(one: LetterRow) -> rx.Component:
    """One fact that died: what, for whom, why, and the way to try it again."""
    details = rx.el.details(
        rx.el.summary(_("What it carried, and the whole reason")),
        rx.el.pre(one.body, class_name="code"),
        rx.el.pre(one.trace, class_name="code"),
    )
    replay = button(_("Try again"), size="small", on_click=EventsState.replay(one.id), data_testid="replay")
    named = rx.el.span(
        code(one.topic), given(one.consumer, class_name="muted t2"), class_name="row row--2 row--wrap row--base"
    )
    how = row(
        code(one.about), rx.el.bdi(one.tries), date(one.made, one.made_exact), look="2 wrap", class_name="muted t1"
    )
    return card(
        stack(given(one.reason, class_name="bad block"), how, details, gap="2"),
        title=named,
        end=replay,
        key=one.key,
    )


def pages() -> rx.Component:
    """The way on."""
    return pager("", before=EventsState.first, after=EventsState.after)
