"""What belongs to a page is shown to those whom it lets in."""

from collections.abc import Callable, Iterator

import pytest
import reflex as rx
from reflex.components.component import BaseComponent

from pages import areas
from pages.building import Building, built
from pages.components.navigation import filter_bar, tabs
from pages.routes import Route
from state.account.orders import OrdersState
from state.doors import key_to


def asked_over(page: BaseComponent, look: str, asked: str = "", *, by: str = "class_name") -> Iterator[str]:
    """For each part that looks so, or leads there: all that is asked before it stands there."""
    if str(getattr(page, by, "")).strip('"') == look:
        yield asked
    here = asked + str(getattr(page, "cond", ""))
    for child in getattr(page, "children", ()):
        yield from asked_over(child, look, here, by=by)


class TestForThoseInside:
    @pytest.mark.parametrize(
        ("look", "draw"),
        [("tabs", lambda: tabs("Orders", "inside")), ("filters", lambda: filter_bar("inside", label="Orders"))],
    )
    def test_asks_whether_the_page_is_open_and_there(self, look: str, draw: Callable[[], rx.Component]) -> None:
        (asked,) = asked_over(built(Building("en", "/orders", OrdersState.load), draw), look)

        assert key_to(OrdersState.load) in asked
        assert "trouble_kind" in asked

    def test_asks_nothing_where_nothing_fills_the_page(self) -> None:
        drawn = built(Building("en", "/help"), lambda: tabs("Parts", "inside"))

        assert list(asked_over(drawn, "tabs")) == [""]

    @pytest.mark.parametrize("route", areas.ROUTES, ids=lambda route: route.path)
    def test_stands_over_the_tools_of_every_page(self, route: Route) -> None:
        page = route.make("en")
        tools = [*asked_over(page, "tabs"), *asked_over(page, "filters")]

        assert all(key_to(route.load[-1]) in asked for asked in tools)

    def test_keeps_the_acts_of_a_page_from_those_outside(self) -> None:
        (board,) = (route for route in areas.ROUTES if route.path == "/vendor/orders")

        (asked,) = asked_over(board.make("en"), "/vendor/pick-list", by="to")

        assert "trouble_kind" in asked
