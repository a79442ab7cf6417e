"""Forms that the browser sends itself: signing in and out, switching stores, registering.

They set a cookie that no script may read, so they are posted to the server and answered with another page.
"""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from pages.components.kinds import Content, Text


class NativeForm(BaseHTML):
    """A form element without the framework's own sending."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]
    auto_complete: rx.Var[str]


def native_form(*content: Content, action: Text, **attributes: Any) -> rx.Component:
    """Post fields to an address of the server; the answer is the next page."""
    return NativeForm.create(*content, action=action, **{"method": "post", **attributes})


def hidden(name: str, value: Text) -> rx.Component:
    """Send a value that nobody types."""
    return rx.el.input(type="hidden", name=name, value=value, read_only=True)
