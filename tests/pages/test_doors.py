"""What belongs to a page is shown to those whom it lets in."""

from collections.abc import Callable, Iterator
from typing import Final

import pytest
import reflex as rx
from reflex.components.component import BaseComponent
from reflex_components_core.el.elements.other import Dialog

from pages import areas
from pages.building import Building, built
from pages.components.navigation import filter_bar, tabs
from pages.routes import Route
from state.account.orders import OrdersState
from state.admin.stores import StoresState
from state.doors import key_to
from state.vendor.editing import EditingState
from tests.pages.drawn import parts_of


def asked_over(page: BaseComponent, look: str, asked: str = "", *, by: str = "class_name") -> Iterator[str]:
    """For each part that looks so, or leads there: all that is asked before it stands there."""
    if str(getattr(page, by, "")).strip('"') == look:
        yield asked
    here = asked + str(getattr(page, "cond", ""))
    for child in getattr(page, "children", ()):
        yield from asked_over(child, look, here, by=by)


OPEN_TO_ALL: Final = ("public", "signed_in", "catalog")
ANSWERED: Final = '["can_'
"""Part of what a page asks where the policy of a slice has answered for the very object."""


def acts_over(part: BaseComponent, asked: str = "") -> Iterator[tuple[str, str]]:
    """For each act of a page: the access its handler asks for, and all that is asked before it stands there.

    What a dialog does is left out: what opens it is asked about. A form asks by the fields that it locks.
    """
    if isinstance(part, Dialog):
        return
    here = asked + str(getattr(part, "cond", ""))
    locks = "".join(str(inner.disabled) for inner in parts_of(part) if isinstance(inner, rx.el.Fieldset))
    for trigger in getattr(part, "event_triggers", {}).values():
        for event in getattr(trigger, "events", ()):
            access = getattr(getattr(getattr(event, "handler", None), "fn", None), "access", None)
            if access is not None:
                yield access.value, here + locks
    inside = here + str(part.disabled if isinstance(part, rx.el.Fieldset) else "")
    for child in getattr(part, "children", ()):
        yield from acts_over(child, inside)


class TestActs:
    @pytest.mark.parametrize("route", [route for route in areas.ROUTES if route.load], ids=lambda route: route.path)
    def test_stand_before_those_alone_who_may_do_them(self, route: Route) -> None:
        own = {key_to(load) for load in route.load} | set(OPEN_TO_ALL)
        shut = {
            access
            for access, asked in acts_over(route.make("en"))
            if access not in own and f'"{access}"' not in asked and ANSWERED not in asked
        }

        assert shut == set()

    def test_on_stores_ask_for_the_role_that_may_stop_them(self) -> None:
        (stores,) = (route for route in areas.ROUTES if route.path == "/admin/stores")
        acts = [asked for access, asked in acts_over(stores.make("en")) if access == key_to(StoresState.suspend)]

        assert acts
        assert all(f'"{key_to(StoresState.suspend)}"' in asked for asked in acts)

    def test_on_a_new_listing_are_led_to_by_those_alone_who_may_list(self) -> None:
        ways = [
            asked
            for route in areas.ROUTES
            for path in {"/vendor/listings/new", "/vendor/import"} - {route.path}
            for asked in asked_over(route.make("en"), path, by="to")
        ]

        assert ways
        assert all(f'"{key_to(EditingState.save)}"' in asked for asked in ways)


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
