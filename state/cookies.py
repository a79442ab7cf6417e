"""The cookies of the websocket's handshake: the only ones a handler sees, and never the browser's scripts."""

from http.cookies import CookieError, SimpleCookie

import reflex as rx


def cookies_of(state: rx.State) -> dict[str, str]:
    """Read the cookies that the browser sent when it connected."""
    return parsed(str(state.router.headers.cookie))


def parsed(header: str) -> dict[str, str]:
    """Read a cookie header; one that cannot be read holds nothing."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
