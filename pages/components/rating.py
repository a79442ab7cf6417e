"""Ratings: stars as a width, the words beside them carry the figure."""

import reflex as rx

from pages.components.icon import icon
from pages.components.kinds import Number, Text, classes, text
from state.words import _


def rating(average: Text, ratings: Text, *, is_short: bool = False, is_large: bool = False) -> rx.Component:
    """Say how well something is liked, and by how many; short on cards, with all five stars on its page."""
    counted = rx.el.span("(", ratings, ")", class_name="rating__n")
    if is_short:
        figure = rx.el.span(average, rx.el.span(" ", _("out of 5"), class_name="sr"))
        return rx.el.span(icon("star"), figure, counted, class_name="rating rating--short")
    return rx.el.span(
        stars(average, is_large=is_large), rx.el.span(average, class_name="medium"), counted, class_name="rating"
    )


def stars(average: Text | Number, *, is_large: bool = False) -> rx.Component:
    """Draw the stars alone."""
    said = text(average) + " " + _("out of 5")
    look = classes("stars", "stars--l" if is_large else "")
    return rx.el.span(class_name=look, style={"--v": rx.Var.create(average)}, role="img", aria_label=said)
