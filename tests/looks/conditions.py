"""What a page may be told instead of what it was told: that there is nothing, that it cannot be shown, what is wrong.

A page draws what its state says. Here the browser is sent, over the page's own socket, what the server sends when a
list is empty, a query fails or a form is refused: every page can be looked at in every condition, and nobody has to
break a database for it.
"""

import json
from collections.abc import Mapping
from typing import Any, Final, cast

import reflex as rx
from playwright.sync_api import Page, WebSocketRoute
from reflex.state import State

from marketplace.kernel.words import Locale, translated
from pages.routes import Route
from state.answers import AWAY
from state.arguments import CHECK_FIELDS, OTHERWISE
from state.forms import Loads

Delta = Mapping[str, object]

SUFFIX: Final = "_rx_state_"
MISSING: Final = "The address may be old or mistyped. What was here may be sold out, or closed to you."
"""A sentence of the house, as all of them, so that a page in Arabic is told it in Arabic."""


class Wire:
    """The line of one page, on which we may speak too."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._sockets: list[WebSocketRoute] = []
        page.route_web_socket("**/_event/**", self._join)

    def tell(self, state: type[rx.State], says: Delta) -> None:
        """Tell the page what its state says, and wait until it is drawn."""
        told = {state.get_full_name(): {f"{name}{SUFFIX}": value for name, value in says.items()}}
        body = json.dumps(["event", {"delta": told, "events": [], "final": True}])
        self._sockets[-1].send(f"42/_event,{body}")
        self._page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def _join(self, socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        self._sockets.append(socket)


def state_of(route: Route) -> type[rx.State] | None:
    """Find the state of a page by the handler that fills it."""
    if not route.load:
        return None
    return cast("type[rx.State]", State.get_class_substate(route.load[0].state_full_name))


def nothing_wrong(state: type[rx.State]) -> Delta:
    """What was wrong is right again."""
    right = {"trouble": "", "trouble_kind": "", "problem": "", "errors": {}}
    return {name: value for name, value in right.items() if name in _defaults(state)}


def nothing_there(state: type[rx.State], route: Route, locale: Locale = "en") -> Delta:
    """Every list of the page is empty; a page of one thing says that it is not there."""
    if "[" in route.path and issubclass(state, Loads):
        return {"trouble": translated(MISSING, locale), "trouble_kind": "missing"}
    return {name: [] for name, value in _defaults(state).items() if isinstance(value, list)}


def cannot_be_shown(state: type[rx.State], locale: Locale = "en") -> Delta:
    """The page did not load."""
    return {"trouble": translated(AWAY, locale), "trouble_kind": "away"} if issubclass(state, Loads) else {}


def refused(state: type[rx.State], page: Page, locale: Locale = "en") -> Delta:
    """Its forms were refused: the whole and every field."""
    if not {"problem", "errors"} <= _defaults(state).keys():
        return {}
    names = page.eval_on_selector_all("form [name]", "fields => fields.map(field => field.name)")
    mistake = translated(OTHERWISE, locale)
    return {"problem": translated(CHECK_FIELDS, locale), "errors": dict.fromkeys(names, mistake)}


def _defaults(state: type[rx.State]) -> dict[str, Any]:
    return {name: field.default_value() for name, field in state.get_fields().items() if name in state.base_vars}
