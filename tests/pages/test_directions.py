"""What reads from the left stays whole among Arabic."""

import re

import reflex as rx

from pages.building import Building, built
from pages.components.money import money
from pages.components.navigation import crumbs
from pages.components.whole import IN_TOASTS, NUMBER, whole
from state.account.notifications import NotificationsState
from tests.pages.drawn import parts_of


def isolated(part: rx.Component) -> list[str]:
    """The texts that take no direction from what stands around them."""
    return ["".join(str(child) for child in one.children) for one in parts_of(part) if getattr(one, "tag", "") == "bdi"]


class TestDirections:
    def test_keep_the_minus_before_its_figure(self) -> None:
        shown = built(Building("ar", "/cart"), lambda: money("\u221248.48\u00a0ر.س"))

        assert any("48.48" in text for text in isolated(shown))

    def test_keep_the_order_of_a_number_in_the_way_down(self) -> None:
        shown = built(Building("ar", "/orders"), lambda: crumbs(("الطلبات", "/orders"), here="26-1121-AJMD-3"))

        assert any("26-1121-AJMD-3" in text for text in isolated(shown))


class TestWhole:
    def test_knows_the_number_of_an_order_and_nothing_longer_or_shorter(self) -> None:
        said = "طلب جديد \u206826-1119-S96B-T\u2069: 26-1119-S96B, 2026-11-19, 123-1119-S96B-T"

        assert re.split(f"({NUMBER})", said)[1] == "26-1119-S96B-T"
        assert re.findall(NUMBER, "26-1119-S96B, 2026-11-19") == []

    def test_prints_numbers_as_codes_and_the_rest_as_it_is(self) -> None:
        drawn = str(built(Building("ar", "/notifications"), lambda: whole(rx.Var("said").to(str))))

        assert f"said.split(/({NUMBER})/)" in drawn
        assert 'className:"code"' in drawn

    def test_knows_the_state_that_says_it(self) -> None:
        drawn = whole(NotificationsState.view)

        assert any(NotificationsState.get_full_name() in hook for hook in map(str, drawn._get_all_hooks()))

    def test_looks_for_the_same_in_toasts(self) -> None:
        assert f"split(/({NUMBER})/)" in IN_TOASTS
