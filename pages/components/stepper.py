"""Steppers: a quantity, stepped or typed."""

from typing import Any

import reflex as rx

from pages.components.icon import icon
from pages.components.kinds import Flag, Number, Text, classes, text
from state.words import _


def stepper(
    value: Number,
    *,
    on_change: Any,
    on_less: Any,
    on_more: Any,
    label: Text = "",
    least: Number = 1,
    most: Number = 999_999,
    is_large: bool = False,
    **attributes: Any,
) -> rx.Component:
    """Change a quantity: by one step, or to what was typed once the field is left; attributes go to the field.

    The field is one for text, for a browser's field for numbers swallows digits of Arabic script.
    """
    said = label or _("Quantity")
    return rx.el.div(
        _step("minus", _("One less"), on_less, is_off=_at(value, least)),
        rx.el.input(
            type="text",
            input_mode="numeric",
            auto_complete="off",
            max_length=12,
            default_value=value,
            key=text(value),
            aria_label=said,
            on_blur=on_change,
            **attributes,
        ),
        _step("plus", _("One more"), on_more, is_off=_at(value, most)),
        class_name=classes("steps", "steps--l" if is_large else ""),
        role="group",
        aria_label=said,
    )


def _at(value: Number, end: Number) -> Flag:
    return rx.Var.create(value).to(int) == rx.Var.create(end).to(int)


def _step(sign: Any, words: Text, on_click: Any, *, is_off: Flag) -> rx.Component:
    return rx.el.button(icon(sign), type="button", aria_label=words, on_click=on_click, disabled=is_off)
