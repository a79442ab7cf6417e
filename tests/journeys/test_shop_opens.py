"""Anybody opens the shop, in both languages and on a phone, while its parts may die and come back."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Opened, settled
from tests.stacks import RunningStack

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]


class TestShop:
    def test_opens_in_english_and_in_arabic(self, marketplace: RunningStack, visit: Opened) -> None:
        english = visit(marketplace, "/")
        arabic = visit(marketplace, "/ar", phone=True)

        expect(english.locator("html")).to_have_attribute("lang", "en")
        expect(arabic.locator("html")).to_have_attribute("dir", "rtl")

    def test_comes_back_after_its_web_process_was_killed(self, marketplace: RunningStack, visit: Opened) -> None:
        page = visit(marketplace, "/")

        marketplace.kill("granian")

        page.reload()
        settled(page)
