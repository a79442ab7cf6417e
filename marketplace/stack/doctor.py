"""What is wrong with an installation, in plain words."""

import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import psycopg
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from marketplace import bootstrap, events, jobs
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.clock import utc_now
from marketplace.kernel.errors import Unavailable
from marketplace.settings import (
    RUNNING,
    BadSetting,
    Environment,
    Installation,
    Settings,
    installation,
    settings,
    unknown_settings,
)
from marketplace.stack import migrations
from marketplace.stack.doors import Door
from marketplace.stack.folders import make_data_dir, refuse_a_full_disk
from marketplace.stack.frontend import Frontend
from marketplace.stack.problems import CannotStart

LATE: Final = timedelta(minutes=5)
SKEW: Final = timedelta(seconds=5)

CATCHES_UP_IN_SECONDS: Final = 15.0
"""A clock that was just moved makes every job late, and so does a part that just came back: until their next turn."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and what is wrong with it, if anything is."""

    about: str
    problem: str | None = None


def examine() -> Iterator[Finding]:
    """Look at everything, from the ground up; what stands on something broken is not looked at."""
    declared = yield from _declared()
    if declared is None:
        return
    yield from _ground(declared)
    if not (declared.database_url or (declared.data_dir / RUNNING).exists()):
        yield Finding("processes", "The marketplace does not run: start it with `marketplace up`.")
        return
    chosen = yield from _needed()
    if chosen is not None:
        yield from _servers(chosen)


def _declared() -> Generator[Finding, None, Installation | None]:
    misspelt = unknown_settings()
    problem = f"{', '.join(misspelt)}: no setting has this name, so it does nothing." if misspelt else None
    try:
        declared = installation()
    except BadSetting as bad:
        yield Finding("settings", str(bad))
        return None
    yield Finding("settings", problem)
    return declared


def _needed() -> Generator[Finding, None, Settings | None]:
    try:
        return settings()
    except BadSetting as bad:
        yield Finding("settings", str(bad))
        return None


def _ground(declared: Installation) -> Iterator[Finding]:
    yield _look("data folder", lambda: _stands(declared))
    yield _look("pages", lambda: _has_pages(declared))


def _servers(chosen: Settings) -> Iterator[Finding]:
    database = _look("database", lambda: _answers(chosen.database_url))
    yield database
    if chosen.reading_url != chosen.database_url:
        yield _look("replica", lambda: _answers(chosen.reading_url))
    yield _look("redis", lambda: _redis(chosen))
    if database.problem is None:
        migrated = _look("migrations", lambda: _is_migrated(chosen))
        yield migrated
        yield _look("clock", lambda: _agrees_on_the_time(chosen))
        if migrated.problem is None:
            yield _look("roles", lambda: _serves_humbly(chosen))
            files = _look("files", _keeps_files)
            yield files
            if files.problem is None:
                yield _look("events", _delivers)
                yield _look("schedule", _keeps_its_schedule)
    yield _look("web", lambda: _serves(chosen))


def _look(about: str, check: Callable[[], str | None]) -> Finding:
    try:
        return Finding(about, check())
    except (CannotStart, Unavailable) as problem:
        return Finding(about, str(problem))
    except (psycopg.Error, SQLAlchemyError) as problem:
        return Finding(about, f"The database refused to be asked: {_first_line(problem)}")
    except redis.RedisError as problem:
        return Finding(about, f"Redis at REDIS_URL does not answer: {_first_line(problem)}")


def _stands(declared: Installation) -> str | None:
    folder = make_data_dir(declared.data_dir)
    refuse_a_full_disk(folder)
    for name in ("secret-key", RUNNING):
        file = folder / name
        if file.exists() and file.stat().st_mode & 0o077:
            return f"{file} can be read by other users: run `chmod 600 {file}`."
    return None


def _has_pages(declared: Installation) -> str | None:
    if declared.frontend_dir:
        is_there = (declared.frontend_dir / "index.html").exists()
        return None if is_there else f"MARKETPLACE_FRONTEND_DIR names {declared.frontend_dir}, which holds no pages."
    built = [Frontend(declared.profile, environment, declared.data_dir).is_built for environment in Environment]
    return None if any(built) else "The pages are not built yet: `marketplace up` builds them, once."


def _answers(url: str) -> str | None:
    with _connect(url) as db:
        db.execute("SELECT 1")
    return None


def _redis(chosen: Settings) -> str | None:
    with redis.Redis.from_url(
        chosen.redis_url, socket_connect_timeout=2, socket_timeout=2, retry=Retry(NoBackoff(), 0), decode_responses=True
    ) as line:
        policy = line.info("memory").get("maxmemory_policy")
    if policy not in {None, "noeviction"}:
        return f"Redis forgets keys when it is full ({policy}): set maxmemory-policy to noeviction, or tasks are lost."
    return None


def _is_migrated(chosen: Settings) -> str | None:
    if not migrations.is_current(chosen.owner_url):
        return "The tables are those of an older release: run `marketplace migrate`."
    made_for = migrations.profile_of(chosen.owner_url)
    if made_for not in {None, chosen.profile}:
        return f"The data is a marketplace of the profile {made_for}, but MARKETPLACE_PROFILE says {chosen.profile}."
    return None


def _serves_humbly(chosen: Settings) -> str | None:
    with _connect(chosen.database_url) as db:
        row = db.execute(
            "SELECT current_user, rolsuper OR pg_has_role(tableowner, 'MEMBER') FROM pg_roles, pg_tables "
            "WHERE rolname = current_user AND tablename = 'alembic_version'"
        ).fetchone()
    if row and row[1]:
        return (
            f"DATABASE_URL signs in as {row[0]}, who may change the books: "
            "let it sign in as marketplace_app, and name the owner in DATABASE_OWNER_URL."
        )
    return None


def _agrees_on_the_time(chosen: Settings) -> str | None:
    with _connect(chosen.database_url) as db:
        row = db.execute("SELECT clock_timestamp()").fetchone()
    skew = abs(row[0] - utc_now()) if row and isinstance(row[0], datetime) else timedelta()
    return None if skew < SKEW else f"This machine and the database disagree on the time by {skew}: set both by NTP."


def _keeps_files() -> str | None:
    bootstrap.house()
    return None


def _delivers() -> str | None:
    backlog = bootstrap.database().read(_backlog, system("doctor"))
    if backlog.dead:
        return (
            f"{backlog.dead} deliveries of events were given up: look at them in /admin, mend the cause, replay them."
        )
    now = bootstrap.database().now()
    if backlog.oldest_pending_at and now - backlog.oldest_pending_at > LATE:
        return f"Events wait since {backlog.oldest_pending_at:%d %B %H:%M} UTC: is the worker running?"
    return None


def _keeps_its_schedule() -> str | None:
    end = time.monotonic() + CATCHES_UP_IN_SECONDS
    while late := bootstrap.database().read(_late, system("doctor")):
        if time.monotonic() > end:
            return f"These jobs are late: {', '.join(late)}; are beat and the worker running?"
        time.sleep(0.5)
    return None


def _serves(chosen: Settings) -> str | None:
    door = Door(f"{chosen.public_url}/readyz")
    return None if door.answers() else f"{door.url} does not answer as it should: {door.said()}"


def _backlog(_actor: Actor, session: Session) -> events.Backlog:
    return events.backlog(session)


def _late(_actor: Actor, session: Session) -> tuple[str, ...]:
    return jobs.late_jobs(session, now=bootstrap.database().now(), by=LATE)


def _connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(url.replace("+psycopg", ""), connect_timeout=5)


def _first_line(problem: Exception) -> str:
    return str(problem).splitlines()[0] if str(problem) else type(problem).__name__
