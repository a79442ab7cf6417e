"""The frame of the road: read in sunlight, worked with one thumb, the one act at the bottom."""

from typing import Final

import reflex as rx

from pages.building import to
from pages.components.around import around, language_link, theme_items
from pages.components.button import icon_link
from pages.components.kinds import Content, Number, Text
from pages.components.menu import account_menu, menu_line
from pages.components.nav import AGENT, tab_items
from pages.components.progress import bar as progress_bar
from pages.components.shop_frame import sign_out
from state.words import _

KEEP_SHELL: Final = "navigator.serviceWorker?.register('/sw.js', { scope: 'SCOPE' }).then(() => undefined)"


def agent_frame(
    title: Text,
    *content: Content,
    text: Content = "",
    back: Text = "",
    tools: Content | None = None,
    act: Content | None = None,
    done: Content | None = None,
) -> rx.Component:
    """Put a page on the phone.

    A page with a way `back` has a thin head; its one `act` is fixed at the bottom, where the places otherwise are.
    `done` is a bar under the head: see `how_far`.
    """
    head = _thin_head(title, text, back, tools) if back else _head(title, text, tools, done)
    below = _act_bar(act) if act is not None else _places()
    return around(
        head,
        rx.el.main(rx.el.div(*content, class_name="agent__cols"), id="main", tab_index=-1, class_name="agent__main"),
        below,
        rx.el.span(on_mount=rx.call_script(KEEP_SHELL.replace("SCOPE", to("/agent"))), hidden=True),
        class_name="agent agent--bar" if act is not None else "agent",
    )


def how_far(percent: Number, words: Text) -> rx.Component:
    """Show how much of the day is done."""
    return progress_bar(percent, words, tone="good", is_large=True)


def account() -> rx.Component:
    """Hold what belongs to the one on the road: the language, the theme, the way out."""
    other = language_link(sign="globe", class_name="menu__item")
    return account_menu(other, *theme_items(), menu_line(), sign_out(), is_large=True)


def _head(title: Text, text: Content, tools: Content | None, done: Content | None) -> rx.Component:
    words = rx.el.div(rx.el.h1(title, class_name="t4"), rx.el.p(text, class_name="muted"), class_name="grow")
    line = rx.el.div(words, *((tools,) if tools is not None else ()), account(), class_name="row")
    return rx.el.header(line, *((done,) if done is not None else ()), class_name="agent__top")


def _thin_head(title: Text, text: Content, back: Text, tools: Content | None) -> rx.Component:
    words = rx.el.div(rx.el.p(title, class_name="medium"), rx.el.p(text, class_name="muted t1"), class_name="grow")
    line = rx.el.div(
        icon_link("back", _("Back"), back, size="large"),
        words,
        *((tools,) if tools is not None else ()),
        class_name="row row--2",
    )
    return rx.el.header(line, class_name="agent__top agent__top--thin")


def _act_bar(act: Content) -> rx.Component:
    inside = rx.el.div(act, class_name="agent__bar")
    return rx.el.section(inside, class_name="actbar actbar--agent", aria_label=_("The next step"))


def _places() -> rx.Component:
    return rx.el.nav(tab_items(AGENT), class_name="tabbar tabbar--always tabbar--agent", aria_label=_("Places"))
