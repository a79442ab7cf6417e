"""What parts are given: words that are fixed or come from state, things to hold, and what happens on an act."""

from collections.abc import Callable, Sequence
from typing import Any

import reflex as rx
from reflex.event import EventHandler, EventSpec

Text = str | rx.Var[str]
Flag = bool | rx.Var[bool]
Number = int | float | rx.Var[int] | rx.Var[float]
Content = rx.Component | str | rx.Var[Any]
Act = EventHandler | EventSpec | Callable[..., Any] | Sequence[EventHandler | EventSpec | Callable[..., Any]]


def classes(*names: str) -> str:
    """Join the classes that are there."""
    return " ".join(filter(None, names))


def lit(condition: Flag, then: str) -> Text:
    """Give a class where a condition holds; the condition may only be known in the browser."""
    if isinstance(condition, rx.Var):
        return rx.cond(condition, then, "")
    return then if condition else ""


def joined(*parts: Text) -> Text:
    """Write texts after one another; they may only be known in the browser."""
    if all(isinstance(part, str) for part in parts):
        return "".join(str(part) for part in parts)
    whole: Any = rx.Var.create("").to(str)
    for part in parts:
        whole = whole + rx.Var.create(part).to(str)
    return whole


def text(words: Text | Number) -> Any:
    """See words as a var, to compare or cut them in the browser."""
    return rx.Var.create(words).to(str)


def length(rows: Any) -> Any:
    """Count rows in the browser."""
    return rx.Var.create(rows).to(list).length()
