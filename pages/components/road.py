"""Parts of the road: large, few, and within the thumb's reach."""

from typing import Any, Final

import reflex as rx

from pages.components.field import described
from pages.components.icon import Icon, icon
from pages.components.kinds import Content, Number, Text, joined
from pages.components.link import area_link, outside_link
from pages.components.money import money
from pages.components.progress import bar
from pages.components.sending import sender
from pages.components.status import avatar, toned_badge
from state.words import _

SEND_PHOTO: Final = """(async () => {
  const chooser = document.getElementById('NAME'), file = chooser?.files?.[0], send = SENDER;
  if (!file) return { id: null, trouble: '' };
  chooser.parentElement.setAttribute('aria-busy', 'true');
  const sent = await send(file, 'delivery_photo');
  chooser.parentElement.removeAttribute('aria-busy');
  chooser.value = '';
  return sent;
})()"""
"""Sends the photo that was taken; gives its id, or why there is none."""


def stop_card(place: Content, *lines: Content, at: Text, href: Text, **attributes: Any) -> rx.Component:
    """Show one stop of a round; the whole card leads to it."""
    return area_link(
        rx.el.span(place, class_name="stop__n"),
        rx.el.span(*lines, class_name="stop__main"),
        href=href,
        class_name="stop",
        custom_attrs={"data-at": at},
        **attributes,
    )


def stop_head(time: Text, badge: Text, tone: Text) -> rx.Component:
    """Say when a stop is due, and what is special about it."""
    special = rx.cond(badge, toned_badge(badge, tone))
    return rx.el.span(rx.el.b(time, class_name="stop__time"), special, class_name="row row--apart")


def stop_foot(doing: Text, cash: Text) -> rx.Component:
    """Say what is to be done at a stop, and the cash to take."""
    due = rx.cond(cash, rx.el.span(icon("cash"), money(cash), class_name="stop__cash"))
    return rx.el.span(
        rx.el.span(icon("box"), doing, class_name="row row--2"), due, class_name="row row--apart stop__foot"
    )


def cash_bar(total: Text, limit: Text, percent: Number, words: Text, *, tone: Text, href: Text) -> rx.Component:
    """Show the cash in hand against what may be carried; leads to all of it."""
    held = rx.el.span(
        icon("wallet", large=True),
        rx.el.span(rx.el.b(money(total), class_name="strong"), " ", _("in hand")),
        class_name="row row--2",
    )
    most = rx.el.span(_("limit"), " ", money(limit), class_name="t1 muted")
    return area_link(held, most, filling(percent, words, tone=tone), href=href, class_name="cashbar")


def filling(percent: Number, words: Text, *, tone: Text) -> rx.Component:
    """Show how full something is, in a tone that comes with it."""
    return rx.match(
        tone,
        ("bad", bar(percent, words, tone="bad", is_large=True)),
        ("warn", bar(percent, words, tone="warn", is_large=True)),
        bar(percent, words, is_large=True),
    )


def ways(*links: Content) -> rx.Component:
    """Set large ways out side by side: drive, call, write."""
    return rx.el.div(*links, class_name="big3")


def way(words: Text, href: Text, sign: Icon) -> rx.Component:
    """Lead out of the application with one thumb."""
    return outside_link(rx.fragment(icon(sign, large=True), words), href, class_name="bigbtn")


def drive_way(place: Text) -> rx.Component:
    """Lead to an address on the map that the phone knows."""
    return way(_("Drive"), joined("https://www.google.com/maps/dir/?api=1&destination=", place), "navigate")


def code_field(name: str, label: Text, *, error: Text = "", **attributes: Any) -> rx.Component:
    """Ask for the figures that the buyer says: one large line, typed with the number keys."""
    control = rx.el.input(
        **{
            **described(name, error),
            "type": "text",
            "input_mode": "numeric",
            "auto_complete": "one-time-code",
            "max_length": 12,
            **attributes,
        }
    )
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="t3"),
        rx.el.div(control, class_name="otp otp--one"),
        rx.cond(error, rx.el.p(icon("warning"), error, id=f"{name}-error", class_name="field__error", role="alert")),
        class_name="field",
    )


def camera_button(name: str, words: Text, *, on_sent: Any) -> rx.Component:
    """Take a photo and send it past our server; the handler is told its id, or why there is none."""
    script = SEND_PHOTO.replace("NAME", name).replace("SENDER", sender())
    chooser = rx.el.input(
        type="file",
        id=name,
        accept="image/jpeg,image/png,image/webp",
        aria_label=words,
        class_name="sr",
        on_change=rx.call_script(script, callback=on_sent),
        custom_attrs={"capture": "environment"},
    )
    return rx.el.label(icon("camera", large=True), words, chooser, class_name="bigbtn")


def cash_card(title: Text, *content: Content, end: Content) -> rx.Component:
    """Hold the sum to be taken, in the heaviest frame of the road."""
    head = rx.el.div(rx.el.h2(title, class_name="t3 strong"), end, class_name="row row--apart")
    return rx.el.section(
        rx.el.div(head, *content, class_name="pad stack stack--3"), class_name="card cashcard", aria_label=title
    )


def cash_sum(amount: Text) -> rx.Component:
    """Say the sum so that it is read at arm's length."""
    return rx.el.p(money(amount), class_name="t6 cashsum")


Filling = tuple[Text, Text, Number, Text]
"""What is filled, how far in words, how far of a hundred, and its tone."""


def agent_lines(*lines: Content) -> rx.Component:
    """List agents under one another."""
    return rx.el.ul(*lines, class_name="arows")


def agent_line(
    name: Text, letters: Text, act: Content, parcels: Filling, cash: Filling, said: Content, **attributes: Any
) -> rx.Component:
    """Show an agent, how much more he can take, and the act."""
    head = rx.el.div(avatar(letters), rx.el.p(name, class_name="medium clip grow"), act, class_name="row")
    bars = rx.el.div(_filling(parcels), _filling(cash), class_name="arow__bars")
    return rx.el.li(head, bars, said, class_name="arow", data_testid="agent", **attributes)


def _filling(fill: Filling) -> rx.Component:
    name, words, percent, tone = fill
    line = rx.el.p(rx.el.span(name, class_name="muted"), rx.el.span(words), class_name="row row--apart t1")
    shown = rx.match(
        tone,
        ("bad", bar(percent, words, tone="bad")),
        ("warn", bar(percent, words, tone="warn")),
        bar(percent, words, tone="calm"),
    )
    return rx.el.div(line, shown)
