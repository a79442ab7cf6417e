"""Every page, as the person who uses it: in both languages, on a phone and on a desk, light and dark.

With something in it, empty, in error, and with each of its dialogs open: nothing scrolls sideways, nothing is cut, and
axe-core finds nothing. What is looked at how is chosen so that each page meets each width, theme and direction, and all
of it fits into three minutes: the conditions and dialogs, which both profiles share, are looked at in one.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from marketplace.settings import Profile
from pages.components.around import LANGUAGES
from state.words import Locale
from tests.journeys.conftest import Opened, settled
from tests.journeys.people import Trade
from tests.looks import conditions
from tests.looks.checks import axe, cut, sideways, wear, weight_of_scripts
from tests.looks.conditions import Wire, state_of
from tests.looks.screens import Screen, screens
from tests.looks.visitors import NARROW, WIDE, visitors

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]

SHOP_SCRIPT: Final = 170 * 1024
DIALOGS: Final = "() => [...document.querySelectorAll('dialog, [popover]')].map(each => each.id)"
OPEN: Final = "name => { const at = document.getElementById(name); at.showModal ? at.showModal() : at.showPopover(); }"
SHUT: Final = "name => { const at = document.getElementById(name); at.close ? at.close() : at.hidePopover(); }"


@dataclass
class Looking:
    """Somebody who looks at everything and writes down what is wrong with it."""

    profile: Profile
    found: list[str] = field(default_factory=list)
    seen: set[tuple[str, Locale, str]] = field(default_factory=set)

    def at(self, screen: Screen, page: Page, wire: Wire, locale: Locale) -> None:
        """Look at one page in one language, in every condition."""
        said = f"{screen.name} {locale}"
        if screen.is_shop and weight_of_scripts(page) > SHOP_SCRIPT:
            self._write(f"{said} script", [f"{weight_of_scripts(page)} bytes"])
        self._look(said, page, axe_at=WIDE if locale == "en" else NARROW, dark_at=NARROW if locale == "en" else None)
        if self.profile is Profile.OKLAHOMA:
            return
        self._dialogs(screen, said, page, locale)
        for name, tell in self._conditions(screen, page, wire):
            tell()
            self._look(f"{said} {name}", page, axe_at=NARROW if locale == "en" else WIDE)

    def _conditions(self, screen: Screen, page: Page, wire: Wire) -> Iterator[tuple[str, Callable[[], None]]]:
        state = state_of(screen.route)
        if state is None:
            return
        for name, says in (
            ("refused", conditions.refused(state, page)),
            ("empty", conditions.nothing_there(state, screen.route)),
            ("away", conditions.cannot_be_shown(state)),
        ):
            if says:
                yield name, lambda says=says: wire.tell(state, says)  # type: ignore[misc]  # a default binds it now

    def _dialogs(self, screen: Screen, said: str, page: Page, locale: Locale) -> None:
        for name in page.evaluate(DIALOGS):
            if (screen.audience, locale, name) in self.seen:
                continue
            self.seen.add((screen.audience, locale, name))
            page.evaluate(OPEN, name)
            self._look(f"{said} {name}", page, axe_at=NARROW if locale == "en" else WIDE)
            page.evaluate(SHUT, name)

    def _look(self, said: str, page: Page, *, axe_at: ViewportSize, dark_at: ViewportSize | None = None) -> None:
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            wrong = [*sideways(page), *cut(page)]
            if size == axe_at:
                wrong += axe(page)
            if size == dark_at:
                wear(page, "dark")
                wrong += [f"dark: {each}" for each in axe(page, "color-contrast")]
                wear(page, "light")
            self._write(f"{said} at {size['width']}", wrong)

    def _write(self, where: str, wrong: list[str]) -> None:
        self.found += [f"{where}: {each}" for each in wrong]


class TestEveryPage:
    def test_is_all_there_and_open_to_everybody(self, trade: Trade, browser: Browser) -> None:
        looking = Looking(trade.running.profile)
        with visitors(browser, trade.running) as people:
            for screen in screens(trade):
                for locale in LANGUAGES:
                    page, wire = people.open(screen, locale)
                    looking.at(screen, page, wire, locale)

        assert not looking.found, "\n".join(looking.found)


class TestTheFrame:
    def test_turns_with_the_language(self, trade: Trade, visit: Opened) -> None:
        page = visit(trade.running, "/sign-in")

        page.get_by_role("link", name="العربية").click()
        page.wait_for_url("**/ar/sign-in")
        settled(page)

        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        expect(page.locator("html")).to_have_attribute("lang", "ar")

    def test_brings_the_chosen_tab_into_sight(self, trade: Trade, visit: Opened) -> None:
        page = visit(trade.running, "/sign-in?next=%2Fvendor%2Forders%3Fstate%3Dstopped", phone=True)
        page.get_by_test_id("vendor@demo.test").click()
        page.wait_for_url("**/vendor/orders?state=stopped")
        settled(page)

        views = page.get_by_role("navigation", name="Orders by state")
        expect(views.get_by_role("link", name="Stopped")).to_be_in_viewport(ratio=0.9)

    def test_speaks_the_language_of_an_address_that_leads_nowhere(self, trade: Trade, visit: Opened) -> None:
        page = visit(trade.running, "/ar/sign-in?next=/ar/help")
        page.get_by_test_id("buyer@demo.test").click()
        page.wait_for_url("**/ar/help")
        settled(page)
        page.goto("/nowhere")
        settled(page)

        expect(page.get_by_role("navigation", name="Categories").get_by_role("link").first).to_have_text(
            re.compile("[a-z]")
        )

    def test_saves_a_list_as_a_file(self, trade: Trade, visit: Opened) -> None:
        page = visit(trade.running, "/sign-in?next=/vendor/orders")
        page.get_by_test_id("vendor@demo.test").click()
        page.wait_for_url("**/vendor/orders")
        settled(page)

        with page.expect_download() as saved:
            page.get_by_role("link", name=re.compile("Export")).click()

        assert saved.value.suggested_filename.endswith(".csv")
