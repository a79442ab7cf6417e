"""What a page is to the outside: where it stands, what it is called, and what it loads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import reflex as rx
from reflex.event import EventHandler, EventSpec

from pages.building import Building, built, localized
from state.words import Locale, _, mark, speaking

LOCALES: Final[tuple[Locale, ...]] = ("en", "ar")
Handler = EventHandler | EventSpec | Callable[..., object]

NAME: Final = mark("Marketplace")


@dataclass(frozen=True, slots=True)
class Route:
    """One page: its path without the language, its marked title and description, and the handlers that fill it."""

    path: str
    page: Callable[[], rx.Component]
    title: str
    description: str = mark("Many shops, one cart.")
    load: Sequence[Handler] = ()

    def add(self, app: rx.App) -> None:
        """Add the page to the app, once for each language."""
        for locale in LOCALES:
            self._add_in(app, locale)

    def _add_in(self, app: rx.App, locale: Locale) -> None:
        with speaking(locale):
            title = f"{_(self.title)} · {_(NAME)}" if self.title != NAME else _(NAME)
            app.add_page(
                partial(built, Building(locale, self.path), self.page),
                route=localized(self.path, locale),
                title=title,
                description=_(self.description),
                on_load=list(self.load),
                meta=[
                    rx.el.link(rel="alternate", href_lang=other, href=localized(self.path, other)) for other in LOCALES
                ],
            )
