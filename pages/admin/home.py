"""The door of the house."""

import reflex as rx

from pages.components.frame import frame
from pages.components.loading import when_loaded
from pages.components.skeleton import skeleton_rows
from state.admin.home import HouseState
from state.words import _


def home_page() -> rx.Component:
    """Stands for a moment, while the way is found."""
    return frame(_("Home"), when_loaded(HouseState, skeleton_rows(6, 4), skeleton_rows(6, 4)))
