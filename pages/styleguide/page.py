"""The style guide: the parts in all their states, one section each."""

import reflex as rx

from pages.components.around import theme_menu
from pages.components.card import stack
from pages.components.frame import frame
from pages.styleguide.controls import buttons, choices, fields, finding
from pages.styleguide.holding import floats, states, tables, ways
from pages.styleguide.shopping import figures, shop, small
from pages.styleguide.tokens import colors, type_steps
from state.words import _

SECTIONS = (
    ("colors", colors),
    ("type", type_steps),
    ("buttons", buttons),
    ("fields", fields),
    ("choices", choices),
    ("finding", finding),
    ("floats", floats),
    ("states", states),
    ("tables", tables),
    ("ways", ways),
    ("shop", shop),
    ("figures", figures),
    ("small", small),
)


def styleguide_page() -> rx.Component:
    """Every part in every state."""
    return frame(
        _("Style guide"),
        theme_menu("guide-theme"),
        stack(*(rx.el.section(section(), id=name, class_name="stack") for name, section in SECTIONS), gap="7"),
    )
