"""Where the reader is: the path and the query of the page, and the language both are in."""

import json
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import reflex as rx
from reflex.event import EventSpec

from marketplace.kernel.words import Locale, _

ARABIC: Final = "/ar"


def path_of(state: rx.State) -> str:
    """Tell the path of the page, without its language."""
    return plain(urlsplit(str(state.router.url)).path)


def locale_of(state: rx.State) -> Locale:
    """Tell the language of the page."""
    return "ar" if is_arabic(urlsplit(str(state.router.url)).path) else "en"


def query_of(state: rx.State) -> dict[str, str]:
    """Read the query of the page: client's words, to be checked like any other."""
    return dict(parse_qsl(urlsplit(str(state.router.url)).query))


def is_arabic(path: str) -> bool:
    """Whether a path stands in the Arabic half of the site."""
    return path == ARABIC or path.startswith(f"{ARABIC}/")


def plain(path: str) -> str:
    """Take the language off a path."""
    bare = path.removeprefix(ARABIC) if is_arabic(path) else path
    return bare.rstrip("/") or "/"


def address(path: str, locale: Locale, query: Mapping[str, object] | None = None) -> str:
    """Write the address of a page in a language; what is empty in the query is left out."""
    localized = (ARABIC + path if locale == "ar" else path).rstrip("/") or "/"
    asked = urlencode({name: str(value) for name, value in (query or {}).items() if value not in (None, "", False)})
    return quote(localized, safe="/:@-._~%") + (f"?{asked}" if asked else "")


def address_in(href: str, locale: Locale) -> str:
    """Put a language before an address that was written without one."""
    return ARABIC + href if locale == "ar" else href


def titled(words: str) -> EventSpec:
    """Name the tab after the thing that the page shows."""
    title = json.dumps(f"{words} · {_('Marketplace')}").replace("<", "\\u003c")
    return rx.call_script(f"document.title = {title}")


def is_ours(path: str) -> bool:
    """Whether an address may be returned to: a path of this site, and nothing that a browser reads as another's."""
    parts = urlsplit(path)
    return path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
