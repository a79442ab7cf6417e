"""How an order was handed over."""

from typing import Any

import reflex as rx

from pages.components.button import button
from pages.components.dialog import closes, dialog
from pages.components.kinds import Text
from pages.components.status import code
from state.delivery.proof import DIALOG
from state.words import _

Proven = Any
"""A state class that mixes in Proven: its vars stand for what the browser holds."""


def proof_button(state: Proven, **attributes: Any) -> rx.Component:  # noqa: ANN401 (they go to the button)
    """Ask for the proof."""
    return button(_("Proof of delivery"), on_click=state.see_proof, data_testid="see-proof", **attributes)


def proof(state: Proven, number: Text) -> rx.Component:
    """Show the proof: in words, with the photo where one was taken."""
    seen = state.proof
    photo = rx.el.img(src=seen.photo, alt=_("What the agent photographed at the door"))
    return dialog(
        DIALOG,
        rx.fragment(_("Proof of delivery"), " ", code(number)),
        rx.el.p(seen.words, " ", rx.el.span(seen.at, class_name="muted")),
        rx.cond(seen.photo, photo),
        foot=button(_("Close"), on_click=closes(DIALOG)),
    )
