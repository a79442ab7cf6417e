"""What stands around every page: whether the line is up, and whether the page is the newest."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import PHONE, Opened, signed_in
from tests.stacks import RunningStack

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]

AT_ONCE = 1_000


class TestLine:
    def test_is_said_to_be_down_at_once_and_to_be_up_again(self, saudi: RunningStack, visit: Opened) -> None:
        page = visit(saudi, "/ar", phone=True)
        told = page.get_by_text("لا يوجد اتصال")
        expect(told).to_have_count(0)

        page.context.set_offline(True)
        expect(told).to_be_visible(timeout=AT_ONCE)

        page.context.set_offline(False)
        expect(told).to_have_count(0)

    def test_is_not_called_live_while_it_is_down(self, saudi: RunningStack, visit: Opened) -> None:
        page = signed_in(visit, saudi, "vendor", "/vendor/orders")
        head = page.get_by_role("main")
        expect(head.get_by_text("Live", exact=True)).to_be_visible()

        page.context.set_offline(True)

        expect(head.get_by_text("Reconnecting")).to_be_visible(timeout=AT_ONCE)
        expect(head.get_by_text("Live", exact=True)).to_have_count(0)


class TestNewerVersion:
    @pytest.mark.parametrize(
        ("path", "words", "act"),
        [
            ("/", "There is a newer version of this page.", "Load the page again"),
            ("/ar/sign-in", "توجد نسخة أحدث من هذه الصفحة.", "حمّل الصفحة من جديد"),
        ],
    )
    def test_is_told_of_without_covering_anything(
        self, saudi: RunningStack, visit: Opened, path: str, words: str, act: str
    ) -> None:
        page = visit(saudi, "/terms", phone=True)
        expect(page.get_by_text(words)).to_be_hidden()
        page.context.route(re.compile(r"/assets/context-[^/]*\.js$"), of_another_build)

        page.goto(path)

        told = page.locator(".newer")
        expect(told).to_contain_text(words)
        expect(told.get_by_role("link", name=act)).to_be_visible()
        assert covered(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def of_another_build(route: Route) -> None:
    """Answer with the script of a page that was built for other states than the server's."""
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(r"(stateSchema=[`\"'])[0-9a-f]{32}", rf"\g<1>{'0' * 32}", answer.text()))


def covered(page: Page) -> list[str]:
    """The links and buttons of the head of a page that lie below something else."""
    return page.locator("header :is(a, button):visible").evaluate_all(  # type: ignore[no-any-return]  # what the script says
        """(parts) => parts.filter((part) => {
          const { left, top, width, height } = part.getBoundingClientRect();
          const above = document.elementFromPoint(left + width / 2, top + height / 2);
          return above && !part.contains(above) && !above.contains(part);
        }).map((part) => part.outerHTML)"""
    )
