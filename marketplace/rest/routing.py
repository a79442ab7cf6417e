"""Routes that declare what they ask, what they give, and what they may refuse."""

import functools
import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated, Any, Final, ParamSpec

from fastapi import APIRouter, Depends, Header, Path, Query, Response
from fastapi.routing import APIRoute
from pydantic import AfterValidator, BaseModel, Field

from marketplace.kernel.actor import Permission
from marketplace.kernel.pages import MAX_CURSOR_LENGTH, MAX_LIMIT
from marketplace.rest.access import CATALOG, PUBLIC, Access, InTheHouse
from marketplace.rest.caller import KEY_HEADER, LONGEST_KEY, gate
from marketplace.rest.contract import SHAPES
from marketplace.rest.errors import MEDIA_TYPE
from marketplace.rest.limits import Rate
from marketplace.rest.shapes.base import Problem

P = ParamSpec("P")

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many items a page holds.")]
Cursor = Annotated[
    str | None, Query(max_length=MAX_CURSOR_LENGTH, description="`next_cursor` of the page before this one.")
]
Number = Annotated[
    str,
    Path(max_length=20, pattern=r"^[0-9A-Za-z-]+$", description="The number of an order; small letters will do."),
    AfterValidator(str.upper),
]
DEFAULT_LIMIT: Final = 24

SIGNED: Final[dict[str, list[str]]] = {"bearer": []}
SECURITY: Final[Mapping[Access, Sequence[dict[str, list[str]]]]] = {PUBLIC: [], CATALOG: [{}, SIGNED]}
"""How somebody says who he is where he need not, or need not everywhere."""

REPLAYED: Final = {
    "Idempotent-Replayed": {
        "description": "`true` where the same key was answered before: this is that answer.",
        "schema": {"type": "string"},
    }
}
WAITS: Final = {"Retry-After": {"description": "Seconds until the same may pass.", "schema": {"type": "integer"}}}
WAITED_FOR: Final = frozenset({429, 503})

HOUSE: Final = "/admin"
"""The area of those who run the house: what somebody may do in his own store opens nothing there."""

BODY_LIMIT: Final = 1_000_000
"""Bytes that a request may carry where its route says nothing else."""


class Router(APIRouter):
    """A router whose every route must say who may call it."""

    def get(self, path: str, *, access: Access, returns: Any, **more: Any) -> Callable[..., Any]:  # type: ignore[override]  # noqa: ANN401
        """Declare a read."""
        return self._declare("GET", path, access=access, returns=returns, **more)

    def post(self, path: str, *, access: Access, returns: Any, **more: Any) -> Callable[..., Any]:  # type: ignore[override]  # noqa: ANN401
        """Declare something that creates or moves; `once` says for how many days its key is remembered."""
        return self._declare("POST", path, access=access, returns=returns, **more)

    def put(self, path: str, *, access: Access, returns: Any, **more: Any) -> Callable[..., Any]:  # type: ignore[override]  # noqa: ANN401
        """Declare something that sets."""
        return self._declare("PUT", path, access=access, returns=returns, **more)

    def patch(self, path: str, *, access: Access, returns: Any, **more: Any) -> Callable[..., Any]:  # type: ignore[override]  # noqa: ANN401
        """Declare something that changes a part."""
        return self._declare("PATCH", path, access=access, returns=returns, **more)

    def delete(self, path: str, *, access: Access, returns: Any, **more: Any) -> Callable[..., Any]:  # type: ignore[override]  # noqa: ANN401
        """Declare something that takes away."""
        return self._declare("DELETE", path, access=access, returns=returns, **more)

    def _declare(
        self,
        method: str,
        path: str,
        *,
        access: Access,
        **declared: Any,  # noqa: ANN401
    ) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
        if f"{self.prefix}{path}".startswith(HOUSE) and isinstance(access, Permission):
            access = InTheHouse(access)
        promise = Promise(method=method, path=path, access=access, **declared)

        def register(endpoint: Callable[P, Any]) -> Callable[P, Any]:
            self.add_api_route(
                path,
                _printing(endpoint, promise.status),
                methods=[method],
                status_code=promise.status,
                summary=_summary(endpoint),
                response_model=None,
                responses=promise.answers(),
                response_class=Response,
                dependencies=promise.dependencies(),
                openapi_extra=promise.extra(),
                max_body_size=promise.most_bytes,
            )
            return endpoint

        return register


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a route declares: who may call it, what it gives, and which refusals to expect."""

    method: str
    path: str
    access: Access
    returns: Any
    status: int = 200
    refuses: Sequence[int] = ()
    once: int = 0
    rate: Rate | None = None
    media_type: str = "application/json"
    also: Mapping[int, Any] = field(default_factory=dict)
    takes: Sequence[str] = ()
    """The types of file that it takes as its body, where that is not JSON."""
    most_bytes: int | None = None

    def dependencies(self) -> list[Any]:
        """The gate where there is one, and the header of a wish where the route answers wishes once."""
        return [Depends(gate(self.access, self._rate())), *([Depends(_asks_for_key)] if self.once else [])]

    def _rate(self) -> Rate:
        if self.rate is not None:
            return self.rate
        return Rate.READ if self.method == "GET" else Rate.WRITE

    def extra(self) -> dict[str, Any]:
        """What the document says beyond the standard."""
        files = {"content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in self.takes}}
        return {
            "x-access": self.access.value,
            "security": SECURITY.get(self.access, [SIGNED]),
            **({"x-idempotency-days": self.once} if self.once else {}),
            **({"requestBody": files | {"required": True}} if self.takes else {}),
        }

    def refusals(self) -> set[int]:
        """Every status of refusal that the route may answer with."""
        refused = {422, 429, 503, *self.refuses}
        refused |= {401, 403} if self.access is not PUBLIC else set()
        refused |= {404} if "{" in self.path else set()
        refused |= {400, 413, 415} if self.method != "GET" else set()
        return refused | ({409} if self.once else set())

    def answers(self) -> dict[int | str, dict[str, Any]]:
        """All answers, for the document."""
        replayed = {"headers": REPLAYED} if self.once else {}
        given: dict[int | str, dict[str, Any]] = {
            self.status: _given(self.status, self.returns, self.media_type) | replayed
        }
        given |= {number: _given(number, shape, "application/json") | replayed for number, shape in self.also.items()}
        return given | {number: _refused(number) for number in sorted(self.refusals())}


def access_of(route: APIRoute) -> str | None:
    """Tell what a route asks of its caller; None for one that forgot to say."""
    return (route.openapi_extra or {}).get("x-access")


def _printing(endpoint: Callable[P, Any], status: int) -> Callable[P, Response]:
    @functools.wraps(endpoint)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
        result = endpoint(*args, **kwargs)
        if isinstance(result, Response):
            return result
        if isinstance(result, BaseModel):
            return Response(result.model_dump_json(), status_code=status, media_type="application/json")
        return Response(status_code=status)

    return answer


async def _asks_for_key(
    _key: Annotated[
        str | None,
        Header(alias=KEY_HEADER, description="Your name for this wish: ask again with it and it is done once."),
        Field(min_length=1, max_length=LONGEST_KEY, pattern="^[!-~]+$"),
    ] = None,
) -> None:
    """Document the header; the caller reads it, and says in a sentence what is wrong with it.

    It does not wait for anything: were it not declared so, each request would cross to a thread for it.
    """


def _given(status: int, shape: Any, media_type: str) -> dict[str, Any]:  # noqa: ANN401 (a shape, or None)
    described = {"description": HTTPStatus(status).phrase}
    if media_type != "application/json":
        return described | {"content": {media_type: {}}}
    return described if shape is None else described | {"model": shape}


def _refused(status: int) -> dict[str, Any]:
    problem = {"$ref": SHAPES.format(model=Problem.__name__)}
    waits = {"headers": WAITS} if status in WAITED_FOR else {}
    return {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": problem}}} | waits


def _summary(endpoint: Callable[..., Any]) -> str:
    """Name a route by the first words of what it promises."""
    return re.split(r"[.:;\n]", inspect.getdoc(endpoint) or "", maxsplit=1)[0]
