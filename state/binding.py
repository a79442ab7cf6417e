"""Ties each browser tab to the cookie it came with, and slows down those who ask too fast.

Reflex gives the state of a token to whoever presents it, and tokens stand in addresses. So a tab's state remembers
which session it was filled for: with another cookie it is emptied, before anything is shown or done.
"""

import hashlib
import time
from collections import OrderedDict
from typing import Any, Final

import reflex as rx
from reflex.event import Event
from reflex.state import BaseState, StateUpdate

from marketplace.kernel.words import mark, translated
from marketplace.rest.cookies import DEVICE_COOKIE, SESSION_COOKIE
from state.cookies import parsed
from state.place import is_arabic

HYDRATIONS: Final = frozenset({"reflex___state____state.hydrate_and_load", "reflex___state____state.hydrate"})
TOO_FAST: Final = mark("That was too fast: wait a moment and try again.")

BURST: Final = 60
A_SECOND: Final = 12
REMEMBERED: Final = 20_000


class BindingState(rx.State):
    """Which session a tab's state was filled for: a hash, never sent to the browser."""

    _bound: str = ""


class Buckets:
    """A bucket of events for each tab, refilled steadily; the least used ones are forgotten."""

    def __init__(self, *, burst: int = BURST, a_second: float = A_SECOND) -> None:
        self._burst, self._a_second = burst, a_second
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def takes(self, name: str, *, now: float) -> bool:
        """Take one event out of a bucket, if there is one."""
        left, at = self._left.pop(name, (float(self._burst), now))
        left = min(self._burst, left + (now - at) * self._a_second)
        self._left[name] = (max(left - 1, 0), now)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return left >= 1


class Bound(rx.Middleware):
    """Runs before every event, under the tab's lock: nothing slow may happen here."""

    def __init__(self) -> None:
        self._buckets = Buckets()

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:  # noqa: ARG002
        """Let the event through, or answer in its place."""
        root = state._get_root_state()  # noqa: SLF001 (the whole tab is bound, not one page)
        if not self._buckets.takes(str(root.router.session.client_token), now=time.monotonic()):
            return _answered(rx.toast.error(_said(root, TOO_FAST)))
        binding = await root.get_state(BindingState)
        holder = _holder(root, event.router_data or {})
        if binding._bound == holder:  # noqa: SLF001 (a backend var: its underscore keeps it on the server)
            return None
        if event.name in HYDRATIONS:
            root.reset()  # type: ignore[no-untyped-call]  # Reflex left it untyped
            binding._bound = holder  # noqa: SLF001 (likewise)
            return None
        return _answered(rx.call_script("window.location.reload()"))


def _holder(root: BaseState, router_data: dict[str, Any]) -> str:
    header = (router_data.get("headers") or {}).get("cookie") or str(root.router.headers.cookie)
    cookies = parsed(header)
    names = f"{cookies.get(SESSION_COOKIE, '')}|{cookies.get(DEVICE_COOKIE, '')}"
    return hashlib.sha256(names.encode()).hexdigest()


def _answered(event: Any) -> StateUpdate:  # noqa: ANN401 (Reflex's events have many kinds)
    return StateUpdate(events=Event.from_event_type(event))


def _said(root: BaseState, sentence: str) -> str:
    path = str(root.router.url).partition("://")[2].partition("/")[2]
    return translated(sentence, "ar" if is_arabic(f"/{path}") else "en")
