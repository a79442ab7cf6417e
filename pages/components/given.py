"""Words that somebody else has written: a name, a title, a sentence of a vendor's."""

from typing import Any, Literal

import reflex as rx

from pages.components.kinds import Content


def given(words: Content, *, direction: Literal["auto", "ltr"] = "auto", **attributes: Any) -> rx.Component:
    """Print what somebody wrote in its own direction, whichever way the page runs around it."""
    return rx.el.bdi(words, dir=direction, **attributes)
