"""What stands around every page: whether the line is up."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Opened
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
