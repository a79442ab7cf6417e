"""From an event handler into the house and back.

Reflex runs handlers on the event loop and services block on the database, so every call crosses to a worker thread
here and nowhere else. Every public method of a state class is a remote call for anyone on the internet, so every one
is declared with `handles`: who acts, whether he may, and what the arguments are is found out before it runs.
"""

import functools
import inspect
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Concatenate, Final, Generic, ParamSpec, TypeVar

import reflex as rx
import structlog
from prometheus_client import Counter, Histogram
from reflex.event import EventSpec
from sqlmodel import Session

from marketplace import bootstrap, flows, idempotency
from marketplace.flows import Answer
from marketplace.idempotency import KeyReused, Wish
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, visitor
from marketplace.kernel.errors import Conflict, Refusal, Unavailable
from marketplace.kernel.ids import new_uuid
from marketplace.kernel.words import _, mark, speaking
from marketplace.kernel.work import UnitOfWork, request_id
from marketplace.ports import House
from marketplace.rest.access import Access, admit
from marketplace.rest.caller import actor_of_cookie
from marketplace.rest.cookies import SESSION_COOKIE, device_of
from state import answers, crossing
from state.arguments import Reading, reading_of
from state.cookies import cookies_of
from state.place import locale_of

P = ParamSpec("P")
T = TypeVar("T")

SECONDS: Final = Histogram("handler_seconds", "Time in event handlers", ["handler"])
OUTCOMES: Final = Counter("handler_outcomes", "What came of event handlers", ["handler", "outcome"])

log = structlog.get_logger()

_DONE_OTHERWISE: Final = mark("This was done already, with other words: load the page to see how it stands now.")

_acting: ContextVar[Actor] = ContextVar("acting")


def acting() -> Actor:
    """Say on whose authority the handler runs."""
    return _acting.get()


async def transact(
    command: Callable[Concatenate[Actor, UnitOfWork, P], T], actor: Actor, /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run a command in a transaction of its own."""
    return await crossing.run(bootstrap.database().transact, command, actor, *args, **kwargs)


async def read(
    query: Callable[Concatenate[Actor, Session, P], T], actor: Actor, /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run a query."""
    return await crossing.run(bootstrap.database().read, query, actor, *args, **kwargs)


async def follow(
    flow: Callable[Concatenate[Actor, House, P], T], actor: Actor, /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run a flow that takes the house: it opens what units of work it needs."""
    return await crossing.run(flow, actor, bootstrap.house(), *args, **kwargs)


async def read_together(
    query: Callable[Concatenate[Actor, Session, P], T], actor: Actor, /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run a query whose statements must all see the same moment."""
    return await crossing.run(bootstrap.database().read_together, query, actor, *args, **kwargs)


async def once(
    command: Callable[Concatenate[Actor, UnitOfWork, P], T],
    actor: Actor,
    key: str,
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T | None:
    """Run a command that makes or moves money, stock or orders, once for its key however often it is pressed.

    The key names the row it acts on and its version, never a random value of the page. Gives nothing where it was
    done before: what is there now is to be read again.
    """
    taken = _Taken[T]()
    wish = Wish(
        scope=f"ui:{actor.user_id or actor.device_id}:{actor.store_id}:{command.__module__}.{command.__qualname__}",
        key=key,
        fingerprint=idempotency.fingerprint(
            [repr(args), sorted((name, repr(value)) for name, value in kwargs.items())]
        ),
        keeps_days=7,
    )

    def run(actor: Actor, uow: UnitOfWork) -> T:
        return command(actor, uow, *args, **kwargs)

    try:
        await transact(flows.once, actor, wish=wish, command=run, presenter=taken)
    except KeyReused:
        raise Conflict(_DONE_OTHERWISE, code="page.done_otherwise") from None
    return taken.result


class _Taken(Generic[T]):
    """Keeps what the command returned; a refusal undoes everything, the wish too, so that it may be asked again."""

    result: T | None = None

    def view(self, view: T) -> Answer:
        """Keep the view for the page; the store only needs to know that it was done."""
        self.result = view
        return Answer("done", b"")

    def refusal(self, refusal: Refusal) -> Answer:
        """Let the refusal through."""
        raise refusal


def handles(access: Access) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an event handler: who may ask for it, before what it does with an object is asked of its slice.

    It resolves the actor from the HttpOnly cookie on each event (`acting()` gives him), parses the arguments by their
    annotations, speaks the language of the page, measures, and turns refusals into what the page shows.
    """

    def declare(handler: Callable[..., Any]) -> Callable[..., Any]:
        reading = reading_of(handler)
        if inspect.isasyncgenfunction(handler):
            handled = _streaming(handler, reading, access)
        elif inspect.iscoroutinefunction(handler):
            handled = _awaiting(handler, reading, access)
        else:
            message = f"{handler.__qualname__} must be async: what blocks here stops every user of the process."
            raise TypeError(message)
        return _public(handled, handler, access)

    return declare


def _awaiting(handler: Callable[..., Any], reading: Reading, access: Access) -> Callable[..., Any]:
    async def handled(self: rx.State, *args: object, **kwargs: object) -> object:
        with _round(self, handler) as trip:
            try:
                _admitted(await actor_of(self), access)
                trip.begins(self, reading)
                result = await handler(self, **reading.read(args, kwargs))
                trip.went_well(self)
            except (Refusal, Unavailable) as trouble:
                result = trip.went_wrong(self, trouble)
        return result

    return handled


def _streaming(handler: Callable[..., Any], reading: Reading, access: Access) -> Callable[..., Any]:
    async def handled(self: rx.State, *args: object, **kwargs: object) -> AsyncIterator[object]:
        with _round(self, handler) as trip:
            try:
                _admitted(await actor_of(self), access)
                trip.begins(self, reading)
                async for event in handler(self, **reading.read(args, kwargs)):
                    yield event
                trip.went_well(self)
            except (Refusal, Unavailable) as trouble:
                yield trip.went_wrong(self, trouble)

    return handled


def _public(handled: Callable[..., Any], handler: Callable[..., Any], access: Access) -> Callable[..., Any]:
    """Give it the handler's name and parameters; annotations stay inside, where they are enforced."""
    functools.update_wrapper(handled, handler, assigned=("__module__", "__name__", "__qualname__", "__doc__"))
    del handled.__wrapped__  # type: ignore[attr-defined]  # Reflex would look through it
    handled.__annotations__ = {}
    parameters = inspect.signature(handler).parameters.values()
    bare = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in parameters]
    handled.__signature__ = inspect.Signature(bare)  # type: ignore[attr-defined]  # read by inspect
    handled.access = access  # type: ignore[attr-defined]  # read by the architecture test
    return handled


async def actor_of(state: rx.State) -> Actor:
    """Find out who is at the other end of the line: asked on every event, so that signing out works at once."""
    cookies = cookies_of(state)
    device = device_of(cookies)
    cookie = cookies.get(SESSION_COOKIE)
    if not cookie:
        return visitor(device)
    return await crossing.run(actor_of_cookie, cookie, device)


def _admitted(actor: Actor, access: Access) -> None:
    admit(actor, access, catalog_is_public=profile.chosen().catalog_access == "public")
    _acting.set(actor)


class _Trip:
    """One event: its handler's name, and what came of it."""

    def __init__(self, handler: str) -> None:
        self._name, self._verb = handler, handler.rpartition(".")[2]

    def begins(self, state: rx.State, reading: Reading) -> None:
        """Forget what was wrong with the last try when a form is sent anew."""
        if answers.FORM in reading.names and hasattr(state, "errors"):
            state.errors, state.problem = {}, ""

    def went_well(self, state: rx.State) -> None:
        """Count it; a page that loads is loaded now."""
        OUTCOMES.labels(self._name, "done").inc()
        if self._verb == answers.LOAD and hasattr(state, "trouble"):
            state.trouble, state.trouble_kind, state.is_loaded = "", "", True

    def went_wrong(self, state: rx.State, trouble: Refusal | Unavailable) -> EventSpec | list[EventSpec] | None:
        """Count it, and show it."""
        if isinstance(trouble, Refusal):
            OUTCOMES.labels(self._name, trouble.reason).inc()
            return answers.refused(state, self._verb, trouble)
        log.warning("unavailable", handler=self._name, error=str(trouble))
        OUTCOMES.labels(self._name, trouble.code).inc()
        return answers.away(state, self._verb, trouble)


@contextmanager
def _round(state: rx.State, handler: Callable[..., Any]) -> Iterator[_Trip]:
    """Name the event, speak the page's language, and measure."""
    token = request_id.set(str(new_uuid()))
    started = time.perf_counter()
    try:
        with speaking(locale_of(state)):
            yield _Trip(handler.__qualname__)
    finally:
        SECONDS.labels(handler.__qualname__).observe(time.perf_counter() - started)
        request_id.reset(token)


def explain(exception: Exception) -> EventSpec:
    """Say that something went wrong which `handles` did not foresee. Reflex calls it, by this parameter's name."""
    log.error("handler failed", exc_info=exception)
    return rx.toast.error(_(answers.MISTAKE))
