"""Those who look at pages: one browser context a person, for all pages that are theirs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, ViewportSize

from pages.building import localized
from state.words import Locale
from tests.journeys.people import PASSWORD
from tests.looks.conditions import Wire
from tests.looks.screens import Screen
from tests.stacks import RunningStack

WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}


@dataclass
class Visitors:
    """Opens every page as the person who uses it, each page in the same window one after the other."""

    browser: Browser
    running: RunningStack
    _windows: dict[str, tuple[Page, Wire]] = field(default_factory=dict)

    def open(self, screen: Screen, locale: Locale) -> tuple[Page, Wire]:
        """Open a page in a language, and wait until it has its state and has come to rest."""
        page, wire = self._window(screen.login)
        page.goto(localized(screen.address, locale))
        rest(page)
        return page, wire

    def _window(self, login: str) -> tuple[Page, Wire]:
        if login not in self._windows:
            context = self.browser.new_context(
                base_url=self.running.url, viewport=WIDE, color_scheme="light", reduced_motion="reduce"
            )
            page = context.new_page()
            self._windows[login] = page, Wire(page)
            if login:
                self._sign_in(page, login)
        return self._windows[login]

    def _sign_in(self, page: Page, login: str) -> None:
        origin = f"{urlsplit(self.running.url).scheme}://{urlsplit(self.running.url).netloc}"
        answer = page.request.post(
            "/session",
            form={"email": f"{login}@demo.test", "password": PASSWORD, "back": "/sign-in", "next": "/"},
            headers={"Origin": origin},
            max_redirects=0,
        )
        assert answer.headers.get("location", "").endswith("/"), answer.headers.get("location")

    def leave(self) -> None:
        """Close every window."""
        for page, _wire in self._windows.values():
            page.context.close()


def rest(page: Page) -> None:
    """Wait until a page has its state, its fonts, and what it asked for."""
    page.wait_for_function("document.querySelector('[data-testid=ready]')?.dataset.hydrated === '1'", timeout=30_000)
    page.evaluate("() => document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => done())))")


@contextmanager
def visitors(browser: Browser, running: RunningStack) -> Iterator[Visitors]:
    """Let people look at a marketplace, and close their windows afterwards."""
    people = Visitors(browser, running)
    try:
        yield people
    finally:
        people.leave()
