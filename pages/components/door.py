"""Doors: links are shown to those whom the page behind them lets in."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from state.doors import key_to
from state.session import SessionState


def is_open(load: Any) -> Any:
    """Whether the page that this handler fills is open to the reader."""
    return SessionState.keys.contains(key_to(load))  # type: ignore[attr-defined]  # a list in Python, a var in a page


def any_open(loads: Sequence[Any]) -> Any:
    """Whether one of these pages is open to the reader."""
    return reduce(or_, [is_open(load) for load in loads])


def invites(load: Any) -> Any:
    """The same, or the reader is a stranger: the page asks him in, and finds out then."""
    return ~SessionState.is_signed_in | is_open(load)
