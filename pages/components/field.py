"""Fields: a label, a control, then a hint or an error that says what to do.

Controls keep what was typed: they are not bound to state, which would jump under slow lines. A handler gets the form's
values by the controls' names; errors come back by the same names (`FormState.errors`).
"""

from typing import Any

import reflex as rx

from pages.components.icon import icon
from pages.components.kinds import Content, Flag, Text, classes
from state.words import _


def field(
    name: str,
    label: Text,
    control: Content,
    *,
    hint: Text = "",
    error: Text = "",
    aside: Text = "",
    is_must: bool = False,
) -> rx.Component:
    """Put a control that has the id `name` under its label; hint and error are tied to it by `described(name)`."""
    look = classes("field__label", "field__label--must" if is_must else "")
    return rx.el.div(
        rx.el.label(label, *_shown(aside, "field__opt", rx.el.span), html_for=name, class_name=look),
        control,
        *_shown(hint, "field__hint", rx.el.p, id=f"{name}-hint"),
        rx.cond(
            error,
            rx.el.p(icon("warning"), error, id=f"{name}-error", class_name="field__error", role="alert"),
        ),
        class_name="field",
    )


def described(name: str, error: Text = "") -> dict[str, Any]:
    """Tie a control to its label, hint and error."""
    return {
        "id": name,
        "name": name,
        "aria_describedby": f"{name}-hint {name}-error",
        "aria_invalid": rx.cond(error, "true", "false"),
    }


def text_field(
    name: str,
    label: Text,
    *,
    hint: Text = "",
    error: Text = "",
    aside: Text = "",
    is_must: bool = False,
    **attributes: Any,
) -> rx.Component:
    """Ask for a line: `type`, `auto_complete`, `default_value`, `required` and the like go to the input.

    `is_must` marks what is required for the eye too: such a form says once, by `must_note`, what the mark means.
    """
    attributes.setdefault("type", "text")
    if is_must:
        attributes["required"] = True
    control = rx.el.input(**{**described(name, error), **attributes, "class_name": "input"})
    return field(name, label, control, hint=hint, error=error, aside=aside, is_must=is_must)


def must_note() -> rx.Component:
    """Say what the mark means; those who listen hear it of each field."""
    return rx.el.p(_("Fields marked with a star (*) must be filled in."), class_name="muted t1")


def number_field(
    name: str,
    label: Text,
    *,
    unit: Text = "",
    hint: Text = "",
    error: Text = "",
    aside: Text = "",
    **attributes: Any,
) -> rx.Component:
    """Ask for a figure or an amount, with its unit or currency inside the frame."""
    attributes.setdefault("input_mode", "decimal")
    control = rx.el.input(**{**described(name, error), **attributes, "class_name": "input input--num"})
    # An amount is written left to right in both languages: in Arabic its currency stands left of the figure as well.
    affix = rx.el.div(rx.el.span(unit, class_name="affix__text"), control, class_name="affix", dir="ltr")
    has_unit = isinstance(unit, rx.Var) or bool(unit)
    return field(name, label, affix if has_unit else control, hint=hint, error=error, aside=aside)


def text_area(name: str, label: Text, *, hint: Text = "", error: Text = "", **attributes: Any) -> rx.Component:
    """Ask for a few sentences."""
    control = rx.el.textarea(**{**described(name, error), **attributes, "class_name": "input"})
    return field(name, label, control, hint=hint, error=error)


def _shown(words: Text, look: str, tag: Any, **attributes: Any) -> tuple[rx.Component, ...]:
    if isinstance(words, rx.Var):
        return (rx.cond(words, tag(words, class_name=look, **attributes)),)
    return (tag(words, class_name=look, **attributes),) if words else ()


def fieldset(legend: Text, *content: Content, class_name: str = "") -> rx.Component:
    """Hold controls that answer one question."""
    return rx.el.fieldset(rx.el.legend(legend, class_name="medium"), *content, class_name=classes(class_name))


def disabled_while(is_busy: Flag) -> dict[str, Any]:
    """Keep a control from being changed while what it said is being saved."""
    return {"read_only": is_busy}
