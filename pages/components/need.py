"""What waits for somebody: a sign in the color of its urgency, what it is, and the way to do it."""

import reflex as rx

from pages.components.icon import icon
from pages.components.kinds import Text, joined
from pages.components.link import area_link
from pages.components.whole import kept_whole


def need(words: Text, text: Text, act: Text, href: Text, *, sign: rx.Var[str], tone: Text) -> rx.Component:
    """Show one thing to be done; the whole line leads there."""
    main = rx.el.span(
        rx.el.span(kept_whole(words), class_name="medium"),
        rx.el.br(),
        rx.el.span(kept_whole(text), class_name="muted"),
        class_name="rows__main",
    )
    end = rx.el.span(
        rx.el.span(act, class_name="not-phone btn btn--s"),
        rx.el.span(icon("forward"), class_name="only-phone muted"),
        class_name="rows__end row row--2",
    )
    return area_link(
        rx.el.span(icon(sign), class_name=joined("needico needico--", tone)), main, end, href=href, key=href
    )
