"""The page that is being built: its language, its path, and whose it is.

Every page is built once for each language. Parts ask here instead of being told, so a page reads the same in all.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, Literal, overload

import reflex as rx

from state.words import Locale, speaking

Audience = Literal["shop", "vendor", "agent", "admin"]

PREFIXES: Final[dict[Locale, str]] = {"en": "", "ar": "/ar"}


@dataclass(frozen=True, slots=True)
class Building:
    """One page in one language: `path` is its route without the language, `load` the handler that fills it."""

    locale: Locale
    path: str
    load: Any = None

    @property
    def audience(self) -> Audience:
        """Who the page is for, by the first word of its path."""
        match self.path.split("/")[1]:
            case "vendor" | "agent" | "admin" as audience:
                return audience
            case _:
                return "shop"

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Which way the page reads."""
        return "rtl" if self.locale == "ar" else "ltr"

    @property
    def route(self) -> str:
        """The page's own route, with the language."""
        return localized(self.path, self.locale)


HOME: Final = Building("en", "/")

_now: ContextVar[Building] = ContextVar("building", default=HOME)


def building() -> Building:
    """Tell which page is being built."""
    return _now.get()


def localized(path: str, locale: Locale) -> str:
    """Put the language before a path."""
    return (PREFIXES[locale] + path).rstrip("/") or "/"


@overload
def to(path: str) -> str: ...


@overload
def to(path: rx.Var[str]) -> rx.Var[str]: ...


def to(path: str | rx.Var[str]) -> str | rx.Var[str]:
    """Lead to a path of ours, staying in the language of the page; an address that already says it is left alone."""
    locale = building().locale
    if isinstance(path, str):
        return localized(path, locale)
    prefix = PREFIXES[locale]
    whole = path.to(str)
    if not prefix:
        return whole
    below = rx.cond(whole.startswith(f"{prefix}/"), whole, rx.Var.create(prefix).to(str) + whole)
    return rx.cond(whole == prefix, whole, below)


@contextmanager
def built_as(page: Building) -> Iterator[None]:
    """Build a page: its language is spoken, and parts can ask where they stand."""
    token = _now.set(page)
    try:
        with speaking(page.locale):
            yield
    finally:
        _now.reset(token)


def built(page: Building, make: Callable[[], rx.Component]) -> rx.Component:
    """Make a page in its language."""
    with built_as(page):
        return make()
