"""From settings to a house: engines, adapters, and who listens to whom.

Everything is made on first use and belongs to one process, so that nothing crosses a fork.
"""

import gc
import os
import re
from datetime import timedelta
from functools import cache
from pathlib import Path

import orjson
import psycopg
from sqlalchemy import Engine, ExceptionContext, create_engine, event
from sqlmodel import Session

from marketplace import (
    audit,
    cart,
    catalog,
    checkout,
    delivery,
    events,
    fees,
    flags,
    flows,
    idempotency,
    identity,
    inventory,
    jobs,
    ledger,
    media,
    notifications,
    orders,
    payments,
    pricing,
    rates,
    search,
    settlement,
    taxes,
)
from marketplace.adapters.embedded.mail import HouseMail
from marketplace.adapters.embedded.objects import FolderObjects
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.clock import Clock, MovableClock, utc_now
from marketplace.kernel.errors import Broken
from marketplace.kernel.work import Database, Wiring
from marketplace.ports import House, Ports
from marketplace.ports.objects import Objects
from marketplace.settings import Clock as ClockSetting
from marketplace.settings import ObjectStore, Settings, settings

SLICES = (
    audit,
    cart,
    catalog,
    checkout,
    delivery,
    events,
    fees,
    flags,
    idempotency,
    identity,
    inventory,
    jobs,
    ledger,
    media,
    notifications,
    orders,
    payments,
    pricing,
    rates,
    search,
    settlement,
    taxes,
)
"""Every slice that has constraints to explain."""

PROJECT = Path(__file__).parents[1]
STATEMENT_TIMEOUT = "15s"
LOCK_TIMEOUT = "4s"
"""Waited for twice, it is over before a page's ten seconds are, after which nobody hears the answer."""

IDLE_TIMEOUT = "60s"
YOUNG = 10_000
"""How many objects are made before the collector looks at them, instead of 700: a request makes thousands."""


REVISION = re.compile(r"""^(revision|down_revision) = ["'](\w+)["']""", re.MULTILINE)


def house() -> House:
    """Give this process its house."""
    return _house_of(os.getpid())


def database() -> Database:
    """Give this process its database."""
    return house().db


def close() -> None:
    """Let go of what this process has opened; the next question opens it anew."""
    if _house_of.cache_info().currsize:
        house().db.close()
        _house_of.cache_clear()


def settle() -> None:
    """Tell the collector, once all is loaded, that what is there stays, and that it need not hurry.

    A process holds hundreds of thousands of objects from its start on, and each full collection walks through them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])


def constraints() -> dict[str, Broken]:
    """Gather what every slice says of its constraints."""
    return {name: broken for owner in SLICES for name, broken in owner.CONSTRAINTS.items()}


@cache
def migration_head() -> str | None:
    """Name the revision that this release's tables stand at, read off the files: loading the tool costs a second."""
    named: dict[str, set[str]] = {"revision": set(), "down_revision": set()}
    for file in (PROJECT / "alembic" / "versions").glob("*.py"):
        for kind, name in REVISION.findall(file.read_text()):
            named[kind].add(name)
    heads = named["revision"] - named["down_revision"]
    return heads.pop() if len(heads) == 1 else None


@cache
def _house_of(_pid: int) -> House:
    chosen = settings()
    profile.choose(profile.PROFILES[chosen.profile.value])
    return House(
        db=_database(chosen),
        ports=_ports(chosen),
        secret=chosen.secret_key,
        public_url=chosen.public_url,
        keeps_answers=chosen.keeps_answers,
    )


def _database(chosen: Settings) -> Database:
    write = _engine(chosen.database_url, size=chosen.write_pool, options="")
    read = _engine(
        chosen.reading_url,
        size=chosen.read_pool,
        options=" -c default_transaction_read_only=on",
        isolation_level="AUTOCOMMIT",
    )
    wiring = Wiring(consumers=flows.consumers(), constraints=constraints(), clock=_clock(chosen, read))
    return Database(write, read, wiring=wiring)


def _clock(chosen: Settings, read: Engine) -> Clock:
    if chosen.clock is not ClockSetting.MOVABLE:
        return utc_now
    plain = Database(read, read)

    return MovableClock(lambda: plain.read(_offset, system("clock")))


def _offset(_actor: Actor, session: Session) -> timedelta:
    return jobs.clock_offset(session)


def _ports(chosen: Settings) -> Ports:
    return Ports(objects=_objects(chosen), mail=HouseMail())


def _objects(chosen: Settings) -> Objects:
    if chosen.objects is ObjectStore.GCS:
        # Its vendor's library takes a second and sixty megabytes to import, and few installations need it.
        from marketplace.adapters.gcs import GoogleBucket  # noqa: PLC0415

        return GoogleBucket.named(chosen.objects_bucket or "")
    return FolderObjects(chosen.objects_dir, public_url=chosen.public_url, secret=chosen.secret_key)


def _engine(url: str, *, size: int, options: str, isolation_level: str = "READ COMMITTED") -> Engine:
    engine = create_engine(
        url,
        isolation_level=isolation_level,
        hide_parameters=True,
        pool_size=2 * size,
        max_overflow=0,
        pool_timeout=5,
        pool_pre_ping=False,
        json_deserializer=orjson.loads,
        connect_args={
            "connect_timeout": 5,
            "application_name": "marketplace",
            "options": f"-c timezone=UTC -c statement_timeout={STATEMENT_TIMEOUT}"
            f" -c lock_timeout={LOCK_TIMEOUT}"
            f" -c idle_in_transaction_session_timeout={IDLE_TIMEOUT}{options}",
        },
    )
    event.listen(engine, "handle_error", _without_values)
    return engine


def _without_values(context: ExceptionContext) -> None:
    """Leave out of an error what PostgreSQL quotes of the row: it goes into logs, where no secret and no name may be.

    What was broken can still be asked of the error: its constraint, its SQLSTATE.
    """
    told, refused = context.original_exception, context.sqlalchemy_exception
    if isinstance(told, psycopg.Error) and told.diag.message_primary and refused is not None:
        told.args = (told.diag.message_primary,)
        refused.args = (f"({type(told).__name__}) {told}",)
