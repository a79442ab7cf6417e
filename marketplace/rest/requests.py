"""The name of each request, the caller's if it is sane, else one of ours; and the language it is answered in.

Here too HEAD is answered as GET is, without the body; and nothing is kept by anybody on the way, where its route does
not say so: most answers are for one pair of eyes.
"""

import re
import time
from http import HTTPStatus
from typing import Final

import structlog
from fastapi.routing import APIRoute
from prometheus_client import Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketplace.kernel.ids import new_uuid
from marketplace.kernel.words import preferred, speaking
from marketplace.kernel.work import request_id
from marketplace.rest.errors import HEADER, mistake
from marketplace.rest.limits import standing_of

SANE: Final = re.compile(r"^[A-Za-z0-9._-]{1,80}$")
SLOW_SECONDS: Final = 1.0
IN_SCOPE: Final = "marketplace.request"
PLACE: Final = "marketplace.place"
"""Where in its scope a request that went no route says which one it stands for."""

SECONDS: Final = Histogram("rest_seconds", "Time until REST began to answer", ["method", "route", "status"])

log = structlog.get_logger()


class Named:
    """Gives each request its name and its language, and says in the log when one was slow or failed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request under its name."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"
        scope = {**scope, "method": "GET"} if is_head else scope
        headers = Headers(scope=scope)
        name = name_of(scope)
        token = request_id.set(name)
        started = time.perf_counter()
        has_begun = False

        async def named_send(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                answered = MutableHeaders(scope=message)
                answered[HEADER] = name
                answered.setdefault("Cache-Control", "no-store")
                standing = standing_of(scope)
                answered.update(standing.headers() if standing else {})
                _note(scope, message["status"], time.perf_counter() - started)
            await send({**message, "body": b""} if is_head and "body" in message else message)

        try:
            with speaking(preferred(headers.get("accept-language", ""))):
                await self._app(scope, receive, named_send)
        except Exception as error:
            if has_begun:
                raise
            await mistake(error)(scope, receive, named_send)
        finally:
            request_id.reset(token)


def name_of(scope: Scope) -> str:
    """Name a request: the caller's name for it, if it is sane, else one of ours."""
    asked = Headers(scope=scope).get(HEADER, "")
    name: str = scope.setdefault(IN_SCOPE, asked if SANE.match(asked) else str(new_uuid()))
    return name


def _note(scope: Scope, status: int, seconds: float) -> None:
    found = scope.get("route")
    route = found.path if isinstance(found, APIRoute) else scope.get(PLACE, "unknown")
    method = "other" if status == HTTPStatus.METHOD_NOT_ALLOWED else scope["method"]
    SECONDS.labels(method, route, status).observe(seconds)
    is_bad = status >= HTTPStatus.INTERNAL_SERVER_ERROR or seconds >= SLOW_SECONDS
    note = log.warning if is_bad else log.debug
    note("request", method=scope["method"], route=route, status=status, seconds=round(seconds, 3))
