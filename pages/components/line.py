"""Whether the line is up, and what pages say of it."""

from typing import Final

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import VarData
from reflex_components_core.core.banner import has_too_many_connection_errors

from pages.components.banner import banner
from pages.components.status import live
from state.words import _

WATCHED: Final = """const isCutOff = useSyncExternalStore(
  (tell) => {
    window.addEventListener("offline", tell);
    window.addEventListener("online", tell);
    return () => {
      window.removeEventListener("offline", tell);
      window.removeEventListener("online", tell);
    };
  },
  () => !navigator.onLine,
  () => false,
);"""

is_cut_off: Final = rx.Var(
    "isCutOff", _var_data=VarData(imports={"react": [ImportVar("useSyncExternalStore")]}, hooks={WATCHED: None})
).to(bool)
"""Whether the device has no line: the browser knows at once, where the socket waits for an answer."""

is_down: Final = is_cut_off | has_too_many_connection_errors
"""Whether nothing comes through: the device has no line, or the server does not answer."""


def offline() -> rx.Component:
    """Say that the line is down, and that nothing is lost."""
    return banner(
        _("No connection"), _("What you see may be old. It comes back by itself."), tone="warn", is_flush=True
    )


def freshness() -> rx.Component:
    """Say that what stands here changes by itself, or that it does not while the line is down."""
    return rx.cond(is_down, live(is_on=False, words=_("Reconnecting")), live(is_on=True, words=_("Live")))
