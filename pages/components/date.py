"""Dates: words for people, the exact instant on hover."""

import reflex as rx

from pages.components.kinds import Text


def date(words: Text, exact: Text, instant: Text = "") -> rx.Component:
    """Say when, in the reader's words and zone; `exact` names the second and the zone, `instant` is for machines."""
    return rx.el.time(words, class_name="date", title=exact, date_time=instant)
