"""Whether we live, whether we can serve, and how busy we are."""

from contextlib import suppress
from hmac import compare_digest
from math import nan
from typing import Final

import redis
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Gauge, generate_latest
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy import text
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from marketplace import bootstrap, events
from marketplace.flows import searching
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.errors import Unavailable
from marketplace.settings import Environment, settings

PROBE: Final = system("health")

ANSWERED: Final = Gauge(
    "marketplace_lists_answered", "Lists that this process answered out of what it kept, or made anew.", ["outcome"]
)
BACKLOG: Final = Gauge("events_waiting", "Deliveries of facts that wait, or were given up.", ["state"])
OLDEST: Final = Gauge("events_oldest_seconds", "How long the oldest fact waits that somebody has yet to take in.")


async def healthz(_request: Request) -> Response:
    """Say that this process answers."""
    return PlainTextResponse("ok")


async def readyz(_request: Request) -> Response:
    """Say whether everything that serving needs answers; 503 names the part that does not."""
    parts = await run_in_threadpool(_parts)
    is_ready = all(state == "ok" for state in parts.values())
    return JSONResponse({"ready": is_ready, **parts}, status_code=200 if is_ready else 503)


async def metrics(request: Request) -> Response:
    """Print the figures of this process for Prometheus; in production only to whoever holds the token."""
    token = settings().metrics_token
    must_ask = token is not None or settings().environment is Environment.PRODUCTION
    if must_ask and not _shows(request, token):
        return PlainTextResponse("Send the metrics token.", status_code=401)
    lists = searching.shelves_of(bootstrap.house()).pages
    ANSWERED.labels("kept").set(lists.hits)
    ANSWERED.labels("anew").set(lists.misses)
    await run_in_threadpool(_measure_the_backlog)
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)


ROUTES: Final = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]


def _shows(request: Request, token: str | None) -> bool:
    """Whether a request shows the token; where none is set, nothing that it shows is right."""
    shown = request.headers.get("authorization", "")
    return token is not None and compare_digest(shown.encode(), f"Bearer {token}".encode())


def _measure_the_backlog() -> None:
    """Count what waits; not a number while the database does not answer."""
    db = bootstrap.database()
    figures = {"pending": nan, "dead": nan}
    waits = nan
    with suppress(Unavailable):
        found = db.read(_backlog, PROBE)
        figures = {"pending": found.pending, "dead": found.dead}
        waits = (db.now() - found.oldest_pending_at).total_seconds() if found.oldest_pending_at else 0.0
    for state, count in figures.items():
        BACKLOG.labels(state).set(count)
    OLDEST.set(waits)


def _backlog(_actor: Actor, session: Session) -> events.Backlog:
    return events.backlog(session)


def _parts() -> dict[str, str]:
    return {"database": _database(), "redis": _redis()}


def _database() -> str:
    try:
        found = bootstrap.database().read(_revision, PROBE)
    except Unavailable as error:
        return str(error)
    wanted = bootstrap.migration_head()
    return "ok" if found == wanted else f"migrations at {found}, this release needs {wanted}"


def _revision(_actor: Actor, session: Session) -> str | None:
    return session.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _redis() -> str:
    line = redis.Redis.from_url(
        settings().redis_url, socket_connect_timeout=1, socket_timeout=1, retry=Retry(NoBackoff(), 0)
    )
    try:
        line.ping()
    except redis.RedisError as error:
        return f"does not answer: {type(error).__name__}"
    finally:
        line.close()
    return "ok"
