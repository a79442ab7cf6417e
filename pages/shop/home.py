"""The home page."""

import reflex as rx

from pages.building import building
from state.words import _


def home_page() -> rx.Component:
    """What a visitor sees first."""
    return rx.el.main(
        rx.el.h1(_("Marketplace"), class_name="t6"), lang=building().locale, dir=building().direction, id="main"
    )
