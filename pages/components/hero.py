"""The hero of a front page: words on one side, a drawn shelf on the other."""

import reflex as rx

from pages.building import building
from pages.components.kinds import Content, Text


def hero(eyebrow: Text, title: Text, lead: Text, *acts: Content, art: str, label: Text) -> rx.Component:
    """Say in one sentence what can be had here, and lead to it.

    `art` is the address of a drawing without its ending: there is one for each direction, for it runs out of the page.
    """
    words = rx.el.div(
        rx.el.p(eyebrow, class_name="medium"),
        rx.el.h1(title, class_name="hero__title"),
        rx.el.p(lead, class_name="t3 hero__lead"),
        rx.el.div(*acts, class_name="row row--wrap"),
        class_name="hero__text",
    )
    source = f"{art}-rtl.svg" if building().direction == "rtl" else f"{art}.svg"
    drawn = rx.el.img(src=source, alt="", width="900", height="420", custom_attrs={"fetchpriority": "high"})
    return rx.el.section(words, rx.el.div(drawn, class_name="hero__pic"), class_name="hero", aria_label=label)


def round_links(*items: Content) -> rx.Component:
    """Set places side by side as small round pictures: `round_link`s, or a `foreach` of them."""
    return rx.el.ul(*items, class_name="catrow")


def promises(label: Text, *items: Content) -> rx.Component:
    """Say under a front page what holds for everything above it."""
    return rx.el.section(*items, class_name="promise", aria_label=label)
