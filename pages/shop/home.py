"""The home page."""

import reflex as rx

from pages.components.frame import frame
from state.words import _


def home_page() -> rx.Component:
    """What a visitor sees first."""
    return frame(_("Marketplace"))
