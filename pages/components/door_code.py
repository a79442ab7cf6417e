"""The code for the door: six figures that the buyer says and the driver types."""

import reflex as rx

from pages.components.banner import banner
from pages.components.kinds import Text
from pages.components.money import money
from state.words import _


def door_code(code: Text, cash: Text) -> rx.Component:
    """Show the code large, and the sum to have ready where there is one."""
    ready = rx.cond(
        cash,
        rx.fragment(_("Have"), " ", money(cash), " ", _("ready. The driver takes the exact sum.")),
        _("It is paid. Only the code is needed."),
    )
    figures = rx.el.span(code, class_name="doorcode", data_testid="delivery-code")
    return banner(_("Tell the driver this code at the door"), figures, ready, tone="warn")
