"""Money: figures aligned, the currency said once and small."""

from typing import Any

import reflex as rx

from pages.building import building
from pages.components import kinds
from pages.components.kinds import Text, classes

BETWEEN = "\u00a0"
MINUS = "\u2212"


def money(text: Text, **attributes: Any) -> rx.Component:
    """Print an amount that the reader's formatter has written: currency and figure, or figure and currency."""
    written = kinds.text(text)
    first, second = written.split(BETWEEN)[0], written.split(BETWEEN)[1]
    look = classes("money", attributes.pop("class_name", ""))
    if building().locale == "ar":
        # A minus has no direction of its own: among Arabic it would stand behind its figure.
        figure = rx.el.bdi(first, dir="ltr")
        return rx.el.span(figure, rx.el.span(second, class_name="money__cur"), class_name=look, **attributes)
    minus = rx.cond(written.startswith(MINUS), MINUS, "")
    currency = rx.el.span(first.replace(MINUS, ""), class_name="money__cur")
    return rx.el.span(minus, currency, second, class_name=look, **attributes)
