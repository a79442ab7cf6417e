"""Icons: strokes on a grid of 24, all in one file that the browser keeps, so a page carries only their names."""

import hashlib
from pathlib import Path
from typing import Any, Final, Literal, get_args

import reflex as rx

from pages.components.kinds import Text, classes, joined

Icon = Literal[
    "ascending", "back", "bank", "bell", "bolt", "book", "box", "calendar", "camera", "card", "cart", "cash", "chart",
    "check", "clock", "close", "copy", "descending", "document", "down", "download", "edit", "external", "eye", "fall",
    "filter", "flag", "forward", "gift", "globe", "grid", "hash", "heart", "history", "home", "image", "info", "layers",
    "leave", "list", "lock", "menu", "message", "minus", "moon", "more", "navigate", "offline", "pause", "people",
    "percent", "phone", "pin", "plus", "print", "refresh", "return", "rise", "scan", "search", "settings", "shield",
    "signature", "star", "store", "sun", "tag", "thumb", "trash", "truck", "upload", "user", "wallet", "warning",
]  # fmt: skip
ICONS: Final[tuple[Icon, ...]] = get_args(Icon)

MIRRORED: Final = frozenset({"back", "forward", "leave", "list", "navigate", "return", "truck"})
"""What points along the reading direction; clocks, ticks and stars never turn."""

_SHEET: Final = Path(__file__).parent.parent.parent / "assets" / "icons.svg"
_VERSION: Final = hashlib.sha256(_SHEET.read_bytes()).hexdigest()[:8]


def icon(name: Icon | rx.Var[str], *, large: bool = False) -> rx.Component:
    """Draw an icon as large as the words beside it. It says nothing to those who listen: the words do."""
    direction = "i--dir" if isinstance(name, str) and name in MIRRORED else ""
    return drawing(name, "0 0 24 24", class_name=classes("i", direction, "i--l" if large else ""))


def drawing(name: Text, frame: str, **attributes: Any) -> rx.Component:
    """Draw anything that stands in the sheet of icons: the mark of the house, the picture of an empty place."""
    return rx.el.svg(
        rx.el.svg.use(href=joined(f"/icons.svg?v={_VERSION}#", name)),
        view_box=frame,
        custom_attrs={"aria-hidden": "true", "focusable": "false"},
        **attributes,
    )
