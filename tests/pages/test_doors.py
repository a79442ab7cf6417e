"""What belongs to a page is shown to those whom it lets in."""

from collections.abc import Callable, Iterator
from typing import Final

import pytest
import reflex as rx
from reflex.components.component import BaseComponent
from reflex_components_core.el.elements.other import Dialog

from marketplace.identity import SystemRole
from marketplace.identity.roles import grants
from marketplace.identity.states import StoreRole
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import StoreId, UserId, new_uuid
from pages import areas
from pages.building import Building, built
from pages.components.navigation import filter_bar, tabs
from pages.routes import Route
from state.account.notifications import AT_A_VENDORS
from state.account.orders import OrdersState
from state.admin.stores import StoresState
from state.doors import key_to, keys_of
from state.vendor.editing import EditingState
from tests.pages.drawn import parts_of, words_in


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

    def test_stands_over_the_file_that_is_brought_in(self) -> None:
        (route,) = (route for route in areas.ROUTES if route.path == "/vendor/import")

        (asked,) = asked_over(route.make("en"), "rows-file", by="id")

        assert key_to(route.load[-1]) in asked


FIRST_ACT = {"head__acts": 0, "row row--apart row--wrap row--base": 1}
"""Where acts begin in the head of a page: those who work have a place for them, in the shop they follow the title."""


def acts_of(route: Route) -> Iterator[BaseComponent]:
    """What can be done with a page as a whole, beside its heading: each under what is asked before it stands there."""
    for part in parts_of(route.make("en")):
        first = FIRST_ACT.get(str(getattr(part, "class_name", "")).strip('"'))
        if first is not None:
            yield from (asked for act in part.children[first:] for asked in act.children)


def all_asked(part: BaseComponent) -> str:
    """All that is asked within a part."""
    return " ".join(str(getattr(one, "cond", "")) for one in parts_of(part))


class TestActsBesideATitle:
    @pytest.mark.parametrize("route", areas.ROUTES, ids=lambda route: route.path)
    def test_are_for_those_inside_and_gone_where_the_page_did_not_load(self, route: Route) -> None:
        asked = [str(getattr(act, "cond", "")) for act in acts_of(route)]

        assert all(key_to(route.load[-1]) in question and "trouble_rx" in question for question in asked)

    @pytest.mark.parametrize(
        ("path", "things"),
        [
            ("/notifications", ["rows", "unread"]),
            ("/vendor", ["can_decide"]),
            ("/vendor/orders", ["can_pick", "columns"]),
            ("/vendor/store", ["shop"]),
            ("/vendor/pick-list", ["rows"]),
            ("/admin/payouts", ["rows"]),
            ("/admin/ledger", ["rows"]),
        ],
    )
    def test_are_gone_where_there_is_nothing_to_act_upon(self, path: str, things: list[str]) -> None:
        (route,) = (route for route in areas.ROUTES if route.path == path)

        asked = " ".join(map(all_asked, acts_of(route)))

        assert [thing for thing in things if f".{thing}_rx" not in asked] == []


LEAD_ON = {"/admin", AT_A_VENDORS}
"""Open to whoever is signed in: they hold nothing of their area, and send on whoever has nothing to do there."""


def somebody(*, sells: bool = False, buys: bool = False, roles: tuple[SystemRole, ...] = ()) -> Actor:
    """The owner of a store that does just this, or somebody of the house without one."""
    store = StoreId(new_uuid()) if sells or buys else None
    role = StoreRole.OWNER if store else None
    held = grants(store_id=store, role=role, can_buy=buys, can_sell=sells, system_roles=roles)
    return Actor(name="somebody", user_id=UserId(new_uuid()), store_id=store, grants=held)


BUYER, VENDOR = somebody(buys=True), somebody(buys=True, sells=True)
AGENT = somebody(roles=(SystemRole.AGENT,))
HOUSE = somebody(roles=tuple(role for role in SystemRole if role is not SystemRole.AGENT))

WORKERS = {"vendor": VENDOR, "agent": AGENT, "admin": HOUSE}
OUTSIDERS = {"vendor": (BUYER, AGENT), "agent": (BUYER, VENDOR, HOUSE), "admin": (BUYER, VENDOR, AGENT)}


class TestAreas:
    @pytest.mark.parametrize(
        "route", [route for route in areas.ROUTES if route.path.split("/")[1] in WORKERS], ids=lambda route: route.path
    )
    def test_are_open_to_those_who_work_there_and_to_nobody_else(self, route: Route) -> None:
        area, gates = route.path.split("/")[1], {key_to(load) for load in route.load}

        assert gates <= set(keys_of(WORKERS[area]))
        if route.path not in LEAD_ON:
            assert [gates & set(keys_of(outsider)) for outsider in OUTSIDERS[area]] == [set()] * len(OUTSIDERS[area])

    @pytest.mark.parametrize("path", ["/vendor", "/vendor/orders", "/vendor/store", "/vendor/import"])
    def test_lead_who_only_buys_to_a_shop_of_his_own(self, path: str) -> None:
        (route,) = (route for route in areas.ROUTES if route.path == path)
        page = route.make("en")

        assert "You have no shop here" in set(words_in(page))
        asked = asked_over(page, "/register?as=vendor", by="to")
        assert all("sells" in one and "trouble_kind" in one for one in asked)
