"""The short way to a list of products: a question asked before is not read anew, and its answer may be at hand.

Lists are most of what a shop is asked. Reading a question costs more than answering it from memory, so this process
remembers how it read each of the last questions, word for word. Who may ask, and how often, is asked every time.
"""

from collections import OrderedDict
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from marketplace.flows import searching
from marketplace.kernel import profile
from marketplace.kernel.errors import Refusal, Unavailable
from marketplace.rest.access import CATALOG, admit
from marketplace.rest.caller import caller
from marketplace.rest.languages import language_of
from marketplace.rest.limits import Rate, count
from marketplace.rest.requests import PLACE
from marketplace.search import Language, Query

PATH: Final = "/products"
MOST_QUESTIONS: Final = 20_000

Asked = tuple[bytes, Language]

_read: OrderedDict[Asked, Query] = OrderedDict()


def remember(request: Request, query: Query) -> None:
    """Keep how a question was read: only what was answered is remembered, so only what is sound."""
    _read[_asked(request)] = query.tidy()
    if len(_read) > MOST_QUESTIONS:
        _read.popitem(last=False)


class Shortcut:
    """Answers lists whose question was asked before; whatever else is asked, or refused, goes the long way."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        response = await _answer(Request(scope)) if _is_list(scope) else None
        if response:
            scope[PLACE] = PATH
        await (response or self._app)(scope, receive, send)


def _is_list(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    return bool(scope["path"].removeprefix(scope.get("root_path", "")) == PATH)


async def _answer(request: Request) -> Response | None:
    query = _read.get(_asked(request))
    if query is None:
        return None
    try:
        who = await caller(request)
        await count(request, who.actor, Rate.READ)
        admit(who.actor, CATALOG, catalog_is_public=profile.chosen().catalog_access == "public")
        found = searching.at_hand(who.actor, who.house, query=query)
        if found is None:
            found = await run_in_threadpool(searching.find, who.actor, who.house, query=query)
    except (Refusal, Unavailable):
        return None
    return Response(found.json.body, media_type="application/json")


def _asked(request: Request) -> Asked:
    return request.scope["query_string"], language_of(request.headers.get("accept-language", ""))
