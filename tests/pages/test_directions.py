"""What reads from the left stays whole among Arabic."""

import reflex as rx

from pages.building import Building, built
from pages.components.money import money
from pages.components.navigation import crumbs
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
