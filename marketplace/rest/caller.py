"""Who calls: the actor behind a request, and his three ways into the house."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Concatenate, Final, ParamSpec, TypeVar

import orjson
from fastapi import Depends, Request, Response
from pydantic import BaseModel
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from marketplace import bootstrap, flows, identity
from marketplace.flows import Answer
from marketplace.idempotency import Wish, fingerprint
from marketplace.identity import Keys
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, visitor
from marketplace.kernel.clock import utc_now
from marketplace.kernel.errors import Forbidden, Refusal, SignedOut
from marketplace.kernel.ids import DeviceId
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House
from marketplace.rest.access import PUBLIC, Access, admit
from marketplace.rest.cookies import SESSION_COOKIE, device_of
from marketplace.rest.errors import MEDIA_TYPE, Malformed, problem_of
from marketplace.rest.limits import Rate, count
from marketplace.settings import settings

P = ParamSpec("P")
T = TypeVar("T")

KEY_HEADER: Final = "Idempotency-Key"
LONGEST_KEY: Final = 255


@dataclass(frozen=True, slots=True)
class Told:
    """A body with a status of its own, where what came of a wish is not what the route promises first."""

    status: int
    body: BaseModel


Printer = Callable[[T], BaseModel | Told]


class Presented:
    """How REST prints what came of a wish: the status before the body."""

    def __init__(self, shape: Printer[Any], *, status: int, locale: str) -> None:
        self._shape, self._status, self._locale = shape, status, locale

    def view(self, view: object) -> Answer:
        """Print what the command returned."""
        printed = self._shape(view)
        told = printed if isinstance(printed, Told) else Told(self._status, printed)
        return Answer(str(told.status), told.body.model_dump_json().encode())

    def refusal(self, refusal: Refusal) -> Answer:
        """Print why it was refused."""
        problem = problem_of(refusal, locale=self._locale)
        return Answer(str(problem.status), problem.model_dump_json().encode())


class CallerOf:
    """Somebody at the door, known or not."""

    def __init__(self, request: Request, actor: Actor, body: bytes) -> None:
        self.request, self.actor, self._body = request, actor, body

    @property
    def house(self) -> House:
        """The house itself, for flows that leave the building."""
        return bootstrap.house()

    @property
    def locale(self) -> str:
        """What the caller reads, as his browser says it."""
        return self.request.headers.get("accept-language", "")

    def read(self, query: Callable[Concatenate[Actor, Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query."""
        return self.house.db.read(query, self.actor, *args, **kwargs)

    def transact(
        self, command: Callable[Concatenate[Actor, UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a command that may run twice without harm."""
        return self.house.db.transact(command, self.actor, *args, **kwargs)

    def once(
        self,
        command: Callable[Concatenate[Actor, UnitOfWork, P], T],
        shape: Printer[T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Response:
        """Run a command once for the caller's Idempotency-Key, however often he asks; replays are equal to the byte."""

        def run(actor: Actor, uow: UnitOfWork) -> T:
            return command(actor, uow, *args, **kwargs)

        presenter = Presented(shape, status=self._route.status_code or 200, locale=self.locale)
        answer = self.house.db.transact(flows.once, self.actor, wish=self._wish(), command=run, presenter=presenter)
        return _sent(answer)

    def once_if_named(
        self,
        command: Callable[Concatenate[Actor, UnitOfWork, P], T],
        shape: Callable[[T], BaseModel],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Response | BaseModel:
        """Run a command once for the caller's Idempotency-Key where he sends one, and as often as he asks without."""
        if KEY_HEADER.lower() in self.request.headers:
            return self.once(command, shape, *args, **kwargs)
        return shape(self.transact(command, *args, **kwargs))

    @property
    def _route(self) -> Any:  # noqa: ANN401 (FastAPI's route, found in the scope)
        return self.request.scope["route"]

    def _wish(self) -> Wish:
        key = self.request.headers.get(KEY_HEADER, "")
        if not 1 <= len(key) <= LONGEST_KEY or not all("!" <= letter <= "~" for letter in key):
            raise Malformed(
                "Send an Idempotency-Key header of 1 to 255 visible characters: it lets you ask again safely.",
                code="idempotency.key_missing",
            )
        path = self.request.scope["route"].path
        asked = [self.request.method, path, sorted(self.request.path_params.items(), key=str)]
        who = f"{self.actor.user_id or self.actor.device_id}:{self.actor.store_id}"
        scope = f"{who}:{fingerprint(orjson.loads(orjson.dumps(asked, default=str)))}"
        days = self._route.openapi_extra["x-idempotency-days"]
        return Wish(scope=scope, key=key, fingerprint=fingerprint(_content(self._body)), keeps_days=days)


async def caller(request: Request) -> CallerOf:
    """Find out who calls: by access token, by session cookie on same-origin calls, or by nothing."""
    actor = await _actor(request)
    is_wish = request.method != "GET" and KEY_HEADER.lower() in request.headers
    body = await request.body() if is_wish else b""
    return CallerOf(request, actor, body)


Caller = Annotated[CallerOf, Depends(caller)]


async def stranger(request: Request) -> CallerOf:
    """Take a caller for nobody, whatever he sends along: he is about to say who he is."""
    return CallerOf(request, visitor(device_of(request.cookies)), b"")


Stranger = Annotated[CallerOf, Depends(stranger)]


def gate(access: Access, rate: Rate, *, is_of_the_house: bool) -> Callable[..., Any]:
    """Make the gate of a route: who may pass, and how often."""

    async def gated(caller: Caller) -> None:
        await count(caller.request, caller.actor, rate)
        is_public = profile.chosen().catalog_access == "public"
        admit(caller.actor, access, catalog_is_public=is_public, is_of_the_house=is_of_the_house)

    async def counted(caller: Stranger) -> None:
        await count(caller.request, caller.actor, rate)

    return counted if access is PUBLIC else gated


async def _actor(request: Request) -> Actor:
    bearer = request.headers.get("authorization", "")
    device = device_of(request.cookies)
    if bearer:
        kind, _, token = bearer.partition(" ")
        if kind.lower() != "bearer" or not token:
            raise SignedOut("Send the access token as: Authorization: Bearer <token>.", code="auth.bad_token")
        return identity.actor_of_access_token(token, keys=Keys.of(bootstrap.house().secret))
    cookie = request.cookies.get(SESSION_COOKIE)
    if cookie is None:
        return visitor(device)
    insist_on_own_pages(request)
    return await run_in_threadpool(actor_of_cookie, cookie, device)


def actor_of_cookie(cookie: str, device: DeviceId | None) -> Actor:
    """Find out who holds a session's cookie; nobody, where that has ended."""
    house = bootstrap.house()
    found = house.db.read(_session_actor, visitor(device), cookie=cookie)
    return found or visitor(device)


def _session_actor(_actor: Actor, session: Session, *, cookie: str) -> Actor | None:
    return identity.actor_of_session(session, cookie=cookie, now=utc_now())


def insist_on_own_pages(request: Request) -> None:
    """A cookie speaks only for pages of ours: other sites' pages may send it, but not from our origin."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    if site == "same-origin" or (origin is not None and origin in settings().origins):
        return
    raise Forbidden("This call did not come from our own pages: use an access token.", code="auth.cross_site")


def _content(body: bytes) -> object:
    try:
        return orjson.loads(body) if body else None
    except orjson.JSONDecodeError:
        return body.hex()


def _sent(answer: Answer) -> Response:
    status = int(answer.outcome)
    is_problem = status >= 400  # noqa: PLR2004 (HTTP's own line between yes and no)
    headers = {"Idempotent-Replayed": "true"} if answer.is_replay else None
    media_type = MEDIA_TYPE if is_problem else "application/json"
    return Response(answer.body, status_code=status, media_type=media_type, headers=headers)
