"""Copying: a number or a link, with one press."""

import reflex as rx

from pages.components.button import icon_button
from pages.components.kinds import Text
from state.words import _


def copy_button(text: Text, words: Text = "") -> rx.Component:
    """Put a text where the reader can paste it from, and say so."""
    done = rx.toast(_("Copied."), duration=2000)
    return icon_button("copy", words or _("Copy"), size="small", on_click=[rx.set_clipboard(text), done])
