"""The desk that gives packed orders to agents."""

import reflex as rx

from pages.components.banner import empty
from pages.components.button import button
from pages.components.card import card, columns, row, rows, stack
from pages.components.date import date
from pages.components.frame import frame
from pages.components.given import given
from pages.components.kinds import joined
from pages.components.line import freshness
from pages.components.loading import when_loaded
from pages.components.money import money
from pages.components.road import agent_line, agent_lines
from pages.components.skeleton import skeleton_rows
from pages.components.stat import stat, stats
from pages.components.status import badge, code, count
from pages.components.table import Heading, acts, cell, row_head, table
from state.admin.dispatch import AgentRow, DispatchState, QuestionRow, QueueRow
from state.words import _

WHO = "who-takes-it"
TO_THE_AGENTS = f"document.getElementById('{WHO}')?.scrollIntoView({{ block: 'nearest', behavior: 'smooth' }})"


def dispatch_page() -> rx.Component:
    """What waits, who could take it, and what agents ask."""
    desk = columns(stack(questions(), queue()), who(), kind="panel")
    return frame(
        _("Dispatch"),
        when_loaded(DispatchState, stack(figures(), desk), skeleton_rows(8, 6)),
        aside=freshness(),
    )


def figures() -> rx.Component:
    """How the road stands."""
    return stats(
        _("Now"),
        stat(_("Without an agent"), DispatchState.waiting),
        stat(_("Late"), DispatchState.late),
        stat(_("With agents"), DispatchState.carried),
        stat(_("Cash on the road"), money(DispatchState.cash)),
    )


def questions() -> rx.Component:
    """Sums that differ from what was due; they stand first, for somebody waits at a door."""
    shown = card(rows(rx.foreach(DispatchState.questions, question)), title=_("Agents at the door ask"), pads=False)
    return rx.cond(DispatchState.questions, shown)


def question(asked: QuestionRow) -> rx.Component:
    """One question about cash."""
    answers = row(
        button(_("Exact sum only"), size="small", on_click=DispatchState.decide(asked.id, False)),  # noqa: FBT003
        button(
            _("Take it"),
            size="small",
            kind="primary",
            on_click=DispatchState.decide(asked.id, True),  # noqa: FBT003 (an argument of an event)
            data_testid="accept-sum",
        ),
        look="2",
    )
    said = rx.el.div(
        rx.el.p(money(asked.offered), " ", _("instead of"), " ", money(asked.due), class_name="medium"),
        rx.el.p(
            code(asked.number), " · ", asked.agent, " · ", date(asked.raised, asked.raised_exact), class_name="muted t1"
        ),
    )
    return row(said, answers, look="wrap apart")


def queue() -> rx.Component:
    """Packed orders, the soonest promised first."""
    nothing = empty(_("Nothing waits for an agent."), _("Orders appear here when a shop has packed them."))
    headings = (
        _("Order"),
        _("From and to"),
        Heading(_("Promise"), is_number=True),
        Heading(_("Cash due"), is_number=True),
        _("Agent"),
        Heading(_("What can be done"), is_hidden=True),
    )
    listed = table(
        headings, rx.foreach(DispatchState.rows, order), label=_("Orders that wait for an agent"), is_dense=True
    )
    title = rx.el.span(_("Packed and not picked up"), count(DispatchState.queued), class_name="row row--2")
    return rx.cond(DispatchState.rows, card(listed, title=title, pads=False), nothing)


def order(waits: QueueRow) -> rx.Component:
    """One order that waits."""
    words = rx.cond(waits.agent, _("Change"), _("Choose"))
    choose = button(
        words,
        size="small",
        on_click=[DispatchState.choose(waits.number), rx.call_script(TO_THE_AGENTS)],
        data_testid="choose",
    )
    return rx.el.tr(
        row_head(code(waits.number)),
        cell(
            given(waits.store, class_name="not-phone block clip"),
            given(waits.town, class_name="muted block clip"),
            place="3",
            fills=True,
        ),
        cell(rx.el.span(waits.promise, class_name=waits.tone), place="2", is_number=True),
        cell(rx.cond(waits.cash, money(waits.cash), rx.el.span("–", class_name="muted")), is_number=True),
        cell(
            rx.cond(
                waits.agent,
                badge(waits.agent, tone="info"),
                rx.cond(waits.cash, rx.el.span(money(waits.cash), class_name="only-phone")),
            ),
            place="4",
        ),
        acts(choose),
        key=waits.number,
        aria_current=rx.cond(waits.number == DispatchState.chosen, "true", "false"),
        data_testid="waiting-order",
        custom_attrs={"data-number": waits.number},
    )


def who() -> rx.Component:
    """The agents, beside the order that is to be given."""
    asked = rx.el.span(_("Who takes"), " ", code(DispatchState.chosen), class_name="row row--2")
    title = rx.cond(DispatchState.chosen, asked, _("Agents"))
    nobody = empty(_("Nobody works the road."), _("Give somebody the role of an agent."))
    listed = agent_lines(rx.foreach(DispatchState.agents, agent))
    return card(
        rx.cond(DispatchState.agents, listed, nobody),
        title=title,
        end=rx.el.span(DispatchState.chosen_words, class_name="muted t1"),
        pads=False,
        id=WHO,
    )


def agent(one: AgentRow) -> rx.Component:
    """One agent, and the way to give him the order."""
    give = button(
        _("Assign"),
        size="small",
        disabled=~one.has_room,
        on_click=DispatchState.assign(one.id),
        data_testid="assign",
    )
    act = rx.cond(one.has_it, badge(_("Has it"), tone="good"), rx.cond(DispatchState.chosen, give))
    return agent_line(
        one.name,
        one.letters,
        act,
        (_("Parcels"), one.parcels, one.parcels_percent, ""),
        (_("Cash"), one.cash, one.cash_percent, one.cash_tone),
        rx.el.p(one.says, class_name=joined("t1 ", one.says_tone)),
        key=one.id,
    )
