"""States as the server builds them, for tests: with a page's address and the cookies of a browser."""

from typing import TypeVar

import reflex as rx
from reflex.state import State

S = TypeVar("S", bound=rx.State)


def made(kind: type[S], *, address: str = "/", cookie: str = "") -> S:
    """One state of a tab that stands at an address."""
    root = State(_reflex_internal_init=True)  # type: ignore[call-arg]  # the framework's own way to make one
    data = {
        "pathname": address.partition("?")[0],
        "asPath": address,
        "query": {},
        "token": "tab",
        "sid": "line",
        "ip": "127.0.0.1",
        "headers": {"cookie": cookie, "origin": "http://localhost"},
    }
    root.router_data = root._update_router_vars(data, root.router_data)
    return root.get_substate(kind.get_full_name().split("."))  # type: ignore[return-value]  # by its own name
