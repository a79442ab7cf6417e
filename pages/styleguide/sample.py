"""How the style guide shows a part: named, and beside its other states."""

import reflex as rx

from pages.components.card import row, stack
from pages.components.kinds import Content


def sample(name: str, *shown: Content) -> rx.Component:
    """Show one part in some of its states."""
    return stack(rx.el.p(name, class_name="muted t1"), row(*shown, look="wrap 2"), gap="2")


def chapter(name: str, *samples: Content) -> rx.Component:
    """Show parts that belong together."""
    return stack(rx.el.h2(name, class_name="t4"), *samples, gap="5")
