"""What stands in a page: its components, and the words in them."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import reflex as rx
from reflex.components.component import BaseComponent
from reflex_components_core.base.bare import Bare

SAID_BY: Final = ("aria_label", "placeholder", "alt", "title", "label")
QUOTED: Final = re.compile(r'\["(?:[^"\\]|\\.)*"\]|("(?:[^"\\]|\\.)*")')
"""A text of an expression; the name of a field, which stands in brackets, is passed over."""
WORD: Final = re.compile(r"[A-Za-z]{2,}")


def parts_of(component: BaseComponent) -> Iterator[BaseComponent]:
    """A component and all that stands in it."""
    yield component
    for child in getattr(component, "children", ()):
        yield from parts_of(child)


def words_in(component: BaseComponent) -> Iterator[str]:
    """Every text of a page that was fixed when it was built."""
    for part in parts_of(component):
        if isinstance(part, Bare):
            yield from _fixed(part.contents)
        for name in SAID_BY:
            yield from _fixed(getattr(part, name, None))
        attributes: dict[str, Any] = getattr(part, "custom_attrs", {})
        yield from (text for name, value in attributes.items() if name == "aria-label" for text in _fixed(value))


def _fixed(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, rx.Var):
        yield from (json.loads(text) for text in QUOTED.findall(str(value)) if text)
