"""Links: the next page, without loading the shell again."""

from typing import Any, Literal

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML
from reflex_components_core.react_router.dom import ReactRouterLink

from pages.building import to
from pages.components.icon import icon
from pages.components.kinds import Content, Text, classes

Look = Literal["link", "quiet", "tap", "plain"]

LOOKS: dict[Look, str] = {
    "link": "link",
    "quiet": "link link--quiet",
    "tap": "link link--tap",
    "plain": "",
}


class Anchor(BaseHTML):
    """The browser's own link: the framework makes every other one a step within the application."""

    tag = "a"

    href: rx.Var[str]
    href_lang: rx.Var[str]


def link(content: Content, href: Text, *, look: Look = "link", **attributes: Any) -> rx.Component:
    """Lead to one of our pages, in the language of this one; `tap` is as high as a finger."""
    extra = attributes.pop("class_name", "")
    return ReactRouterLink.create(content, to=to(href), class_name=classes(LOOKS[look], extra), **attributes)


def area_link(*content: Content, href: Text, **attributes: Any) -> rx.Component:
    """Make a whole row or card lead to one of our pages."""
    return ReactRouterLink.create(*content, to=to(href), **attributes)


def more_link(words: Text, href: Text) -> rx.Component:
    """Lead from the head of a section to all of what it shows."""
    return ReactRouterLink.create(
        words, icon("forward"), to=to(href), class_name="link link--quiet link--tap row row--2"
    )


def outside_link(content: Content, href: Text, **attributes: Any) -> rx.Component:
    """Lead by the browser itself: to a file, a map, a telephone, another language, a place on this page."""
    return Anchor.create(content, href=href, **{"class_name": "link", **attributes})
