"""What all frames share: the language they are written in, the way to the content, the state of the line."""

from typing import Any

import reflex as rx
from reflex.style import set_color_mode

from pages.building import Building, building, localized
from pages.components.banner import banner
from pages.components.icon import Icon, drawing, icon
from pages.components.kinds import Content
from pages.components.line import is_down, offline
from pages.components.link import area_link, outside_link
from pages.components.menu import menu, menu_item, opens_menu
from state.session import SessionState
from state.words import Locale, _

LANGUAGES: dict[Locale, str] = {"en": "English", "ar": "العربية"}


def around(*content: Content, class_name: str = "") -> rx.Component:
    """Begin a page: its language and direction, the keyboard's way past the frame, and whether the line is up."""
    page = building()
    return rx.el.div(
        outside_link(_("Skip to content"), "#main", class_name="skip"),
        rx.cond(SessionState.moved_clock, moved_clock()),
        rx.cond(is_down, offline()),
        newer(),
        *content,
        ready(),
        lang=page.locale,
        dir=page.direction,
        class_name=class_name,
    )


def newer() -> rx.Component:
    """Lead to the newer version of a page; the style sheet shows it where the framework would lay its own bar."""
    act = outside_link(_("Load the page again"), "", class_name="btn")
    return rx.el.div(banner(_("There is a newer version of this page."), act=act, is_flush=True), class_name="newer")


def moved_clock() -> rx.Component:
    """Say that the clock of this installation was moved: what looks late may not be."""
    return banner(_("The clock of this installation was moved"), SessionState.moved_clock, is_flush=True)


def ready() -> rx.Component:
    """Mark for tests that the page has met its state."""
    return rx.el.span(data_testid="ready", data_hydrated=rx.cond(rx.State.is_hydrated, "1", "0"), hidden=True)


def logo(*, words: bool = True, **attributes: Any) -> rx.Component:
    """Lead home."""
    name = rx.el.span(_("Marketplace")) if words else rx.fragment()
    label = {} if words else {"aria_label": _("Marketplace")}
    return area_link(drawing("mark", "0 0 32 32"), name, href="/", class_name="logo", **label, **attributes)


def language_link(*, sign: Icon | None = None, **attributes: Any) -> rx.Component:
    """Lead to this page in the other language; it is loaded anew, so that all of it changes."""
    other = other_locale(building())
    name = LANGUAGES[other]
    return outside_link(
        rx.fragment(icon(sign), name) if sign else name,
        rx.cond(SessionState.is_loaded, SessionState.other_language, localized("/", other)),
        lang=other,
        href_lang=other,
        **attributes,
    )


def other_locale(page: Building) -> Locale:
    """Name the language that the page is not in."""
    return "en" if page.locale == "ar" else "ar"


def theme_menu(name: str) -> rx.Component:
    """Choose light, dark, or what the device says."""
    look = "row row--2 link--tap"
    trigger = rx.el.button(icon("moon"), _("Theme"), type="button", class_name=look, **opens_menu(name))
    return menu(name, trigger, *theme_items(), label=_("Theme"))


def theme_items() -> tuple[rx.Component, ...]:
    """Offer the three themes within a menu."""
    return (
        menu_item(_("Light"), sign="sun", on_click=set_color_mode("light")),
        menu_item(_("Dark"), sign="moon", on_click=set_color_mode("dark")),
        menu_item(_("As the device"), sign="settings", on_click=set_color_mode("system")),
    )
