"""What a page shows of a refusal: on the field, over the form, instead of the page, or in a toast."""

from typing import Final
from urllib.parse import urlsplit

import reflex as rx
from reflex.event import EventSpec

from marketplace.kernel.errors import Forbidden, NotFound, OutcomeUnknown, Refusal, SignedOut, Unavailable
from marketplace.kernel.words import _, mark
from marketplace.rest.cookies import SESSION_COOKIE
from state.cookies import cookies_of
from state.place import address, locale_of

AWAY: Final = mark("Something we need did not answer. Nothing was lost: try again in a moment.")
UNKNOWN: Final = mark("We do not know yet whether this was saved: look before you ask again.")
MISTAKE: Final = mark("Something went wrong on our side. We have been told.")
FOCUS: Final = "setTimeout(() => document.querySelector('[aria-invalid=\"true\"]')?.focus(), 60)"
LOAD: Final = "load"
FORM: Final = "form"
"""What a handler calls the form that was sent to it."""


def refused(state: rx.State, handler: str, refusal: Refusal) -> EventSpec | list[EventSpec] | None:
    """Show a refusal where the reader looks."""
    sentence = refusal.sentence(_)
    if isinstance(refusal, SignedOut):
        return to_sign_in(state, sentence)
    if handler == LOAD and hasattr(state, "trouble"):
        state.trouble, state.trouble_kind, state.is_loaded = sentence, _kind(refusal), True
        return None
    if hasattr(state, "errors"):
        state.errors = {field.field: _(field.message) for field in refusal.fields}
        state.problem = sentence
        return rx.call_script(FOCUS)
    return rx.toast.error(sentence)


def away(state: rx.State, handler: str, error: Unavailable) -> EventSpec | None:
    """Show that something did not answer."""
    sentence = _(UNKNOWN) if isinstance(error, OutcomeUnknown) else _(AWAY)
    if handler == LOAD and hasattr(state, "trouble"):
        state.trouble, state.trouble_kind, state.is_loaded = sentence, "away", True
        return None
    return rx.toast.error(sentence)


def to_sign_in(state: rx.State, sentence: str) -> list[EventSpec]:
    """Lead to the door and remember the way back; the page is loaded anew, so that its cookie is too."""
    here = urlsplit(str(state.router.url))
    back = here.path + (f"?{here.query}" if here.query else "")
    was_in = SESSION_COOKIE in cookies_of(state)
    door = address("/sign-in", locale_of(state), {"next": back, "out": "1" if was_in else ""})
    return [rx.toast.info(sentence), rx.call_script(f"window.location.assign({_quoted(door)})")]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\u003c") + '"'


def _kind(refusal: Refusal) -> str:
    if isinstance(refusal, NotFound):
        return "missing"
    return "forbidden" if isinstance(refusal, Forbidden) else "refused"
