"""Colors and type."""

import reflex as rx

from pages.components.card import stack
from pages.styleguide.sample import chapter
from state.words import _

ROLES = (
    "sunken", "canvas", "surface", "raised", "hover", "line", "line-2", "edge", "muted", "ink", "accent",
    "accent-hover", "accent-ink", "accent-soft", "good", "good-soft", "warn", "warn-soft", "bad", "bad-soft", "info",
    "info-soft", "focus", "star", "c1", "c2", "c3", "c4", "c5", "c6",
)  # fmt: skip


def colors() -> rx.Component:
    """Every color role."""
    return chapter(_("Colors"), rx.el.div(*(swatch(role) for role in ROLES), class_name="sws"))


def swatch(role: str) -> rx.Component:
    """One color role, by its name."""
    ground = rx.el.span(style={"background": f"var(--{role})"})
    return rx.el.div(ground, rx.el.p(role, class_name="t1 medium"), class_name="sw")


def type_steps() -> rx.Component:
    """Six sizes."""
    sizes = ("t6", "t5", "t4", "t3", "t2", "t1")
    lines = (rx.el.p(_("A narrow spout that pours as thin as you tilt it."), class_name=size) for size in sizes)
    return chapter(_("Type"), stack(*lines))
