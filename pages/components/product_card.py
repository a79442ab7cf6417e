"""Product cards: picture first, the price directly under it, the whole card leads to the product."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from pages.components.given import given
from pages.components.icon import icon
from pages.components.kinds import Content, Flag, Text
from pages.components.link import link
from pages.components.picture import picture
from pages.components.price import price
from pages.components.rating import rating
from pages.components.status import badge
from state.words import _


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on a card besides picture, title and price; all of it may be empty."""

    was: Text = ""
    by: Text = ""
    comes: Text = ""
    mark: Text = ""
    rating: Text = ""
    ratings: Text = ""
    is_fast: Flag = False
    note: Text = ""
    more: Text = ""


def product_card(
    title: Text, href: Text, image: Text, now: Text, shown: Shown, *, heart: Content | None = None
) -> rx.Component:
    """Show one product where many are browsed."""
    return rx.el.article(
        picture(image),
        rx.cond(
            shown.mark, rx.el.div(badge(given(shown.mark, direction="ltr"), tone="accent"), class_name="pcard__badges")
        ),
        *((heart,) if heart is not None else ()),
        rx.el.h3(link(given(title), href, look="plain"), class_name="pcard__title clip2"),
        price(now, was=shown.was),
        rx.cond(shown.rating, rating(shown.rating, shown.ratings, is_short=True)),
        rx.cond(shown.by, rx.el.p(given(shown.by), class_name="pcard__by")),
        rx.cond(shown.comes, rx.el.p(icon("truck"), rx.el.span(shown.comes), class_name="pcard__foot")),
        rx.cond(shown.is_fast, rx.el.p(icon("bolt"), rx.el.span(_("Fast delivery")), class_name="pcard__foot")),
        rx.cond(shown.note, rx.el.p(shown.note, class_name="pcard__by warn")),
        rx.cond(shown.more, rx.el.p(shown.more, class_name="pcard__by")),
        class_name="pcard",
    )


def card_grid(*cards: Content, columns: int | None = None) -> rx.Component:
    """Set cards out in rows."""
    return rx.el.div(*cards, class_name=f"pgrid pgrid--{columns}" if columns else "pgrid")


def rail(*cards: Content, **attributes: Any) -> rx.Component:
    """Set cards in one row that scrolls on its own."""
    return rx.el.div(*cards, class_name="rail", tab_index=0, role="group", **attributes)
