"""Doors: links are shown to those whom the page behind them lets in, and its tools to those who are in."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, Final

import reflex as rx

from pages.building import building
from state.doors import filled_by, key_to
from state.session import SessionState

SHUT: Final = ("forbidden", "missing")
"""Why a page holds nothing: it is closed to the reader, or what it is about is not there."""


def is_open(load: Any) -> Any:
    """Whether the page that this handler fills is open to the reader."""
    return SessionState.keys.contains(key_to(load))  # type: ignore[attr-defined]  # a list in Python, a var in a page


def any_open(loads: Sequence[Any]) -> Any:
    """Whether one of these pages is open to the reader."""
    return reduce(or_, [is_open(load) for load in loads])


def for_those_who_may(act: Any, part: Any) -> Any:
    """Show what leads to an act, or does it, to those to whom its handler is open."""
    return rx.cond(is_open(act), part)


def writable(save: Any, *content: Any) -> rx.Component:
    """Hold the fields of a form: those to whom its handler is shut read them, and change nothing.

    Until it is known who reads, they can be changed, so that nothing jumps for those who may.
    """
    is_shut = SessionState.is_loaded & ~is_open(save)
    return rx.el.fieldset(*content, disabled=is_shut, class_name="stack")


def invites(load: Any) -> Any:
    """The same, or the reader is a stranger: the page asks him in, and finds out then."""
    return ~SessionState.is_signed_in | is_open(load)


def for_those_inside(part: Any, *, needs_content: bool = False) -> Any:
    """Show what belongs to the page that is being built, its tabs or its acts, unless the reader stands before it.

    Until it is known who reads, the part stands there, so that nothing jumps for those who may. What `needs_content`
    goes as well where the page did not load.
    """
    load = building().load
    if load is None:
        return part
    is_out = SessionState.is_loaded & ~is_open(load)
    state: Any = filled_by(load)
    if hasattr(state, "trouble_kind"):
        is_shut = state.trouble != "" if needs_content else rx.Var.create(list(SHUT)).contains(state.trouble_kind)
        is_out = is_out | is_shut
    return rx.cond(is_out, rx.fragment(), part)
