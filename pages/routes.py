"""What a page is to the outside: where it stands, what it is called, and what it loads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import reflex as rx

from pages.building import Building, built, localized
from state.session import SessionState
from state.shop.frame import ShopFrameState
from state.words import Locale, _, mark, speaking

LOCALES: Final[tuple[Locale, ...]] = ("en", "ar")
NAME: Final = mark("Marketplace")
DESCRIPTION: Final = mark("Many shops, one cart.")


@dataclass(frozen=True, slots=True)
class Route:
    """One page: its path without the language, its marked title and description, and the handlers that fill it."""

    path: str
    page: Callable[[], rx.Component]
    title: str
    load: Sequence[Any] = ()
    description: str = DESCRIPTION

    def add(self, app: rx.App) -> None:
        """Add the page to the app, once for each language."""
        for locale in LOCALES:
            self._add_in(self._in(locale), app)

    def make(self, locale: Locale) -> rx.Component:
        """Make the page in a language."""
        return built(self._in(locale), self.page)

    def _in(self, locale: Locale) -> Building:
        return Building(locale, self.path, self.load[-1] if self.load else None)

    def _add_in(self, page: Building, app: rx.App) -> None:
        with speaking(page.locale):
            name, title, description = _(NAME), _(self.title), _(self.description)
        frame = [SessionState.load, *([ShopFrameState.load] if page.audience == "shop" else [])]
        app.add_page(
            self._maker(page),
            route=page.route,
            title=name if self.title == NAME else f"{title} · {name}",
            description=description,
            on_load=[*frame, *self.load],
            meta=[*alternates(self.path), *(installable(page) if page.audience == "agent" else [])],
        )

    def _maker(self, page: Building) -> Callable[[], rx.Component]:
        """Make the page when asked, under a module name of its own.

        Reflex gathers the small parts of a page in one script by the module of its function: by the one of `partial`,
        everybody would fetch the parts of all pages.
        """
        maker = partial(built, page, self.page)
        maker.__module__ = f"{self.page.__module__}.{self.page.__name__}_{page.locale}"
        return maker


def alternates(path: str) -> list[rx.Component]:
    """Tell search engines where the other language is, for pages whose address is one."""
    if "[" in path:
        return []
    return [rx.el.link(rel="alternate", href_lang=locale, href=localized(path, locale)) for locale in LOCALES]


def installable(page: Building) -> list[rx.Component]:
    """Let a phone keep the road pages like an application of its own."""
    manifest = "/agent-ar.webmanifest" if page.locale == "ar" else "/agent.webmanifest"
    return [
        rx.el.link(rel="manifest", href=manifest),
        rx.el.link(rel="apple-touch-icon", href="/apple-touch-icon.png"),
    ]
