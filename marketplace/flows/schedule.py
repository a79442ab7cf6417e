"""What runs by the clock. PostgreSQL knows what is due; beat only ticks."""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

import structlog
from sqlmodel import Session

from marketplace import audit, cart, delivery, events, idempotency, jobs, ledger, notifications, orders, settlement
from marketplace.flows import checking, importing, mailing, signing, uploading
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.text import storable
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House

T = TypeVar("T")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    """A job, how often it runs, and how long a dead worker may hold it."""

    name: str
    every: timedelta
    run: Callable[[House], object]
    lease: timedelta = timedelta(minutes=2)


def internal(command: Callable[..., T], **arguments: Any) -> Callable[[House], T]:  # noqa: ANN401 (handed on as they are)
    """Make a job of an internal command: one unit, asked by the schedule."""

    def as_system(_actor: Actor, uow: UnitOfWork) -> T:
        return command(uow, **arguments)

    def run(house: House) -> T:
        return house.db.transact(as_system, system(f"schedule:{command.__name__}"))

    return run


def _forget_old_facts(uow: UnitOfWork) -> int:
    return events.forget_delivered(uow, before=uow.now - timedelta(days=30))


def _forget_old_answers(uow: UnitOfWork) -> int:
    return idempotency.forget_expired(uow, before=uow.now)


def _abandon_old_carts(uow: UnitOfWork) -> int:
    return cart.abandon_idle(uow, idle_since=uow.now - timedelta(days=30))


def _until_done(*commands: Callable[[UnitOfWork], object]) -> Callable[[House], None]:
    """Run sweeps batch by batch, each in a unit of its own, until nothing is due: a moved clock is caught up with.

    What the first command did is there for the next one.
    """

    def run(house: House) -> None:
        for command in commands:
            while internal(command)(house):
                pass

    return run


def _forget_old_notices(uow: UnitOfWork) -> int:
    return notifications.forget_old(uow, before=uow.now - notifications.KEPT_FOR)


JOBS: Final[tuple[Job, ...]] = (
    Job("audit.seal", timedelta(seconds=1), internal(audit.seal)),
    Job("imports.advance", timedelta(seconds=1), importing.advance),
    Job("events.forget_delivered", timedelta(hours=1), internal(_forget_old_facts)),
    Job("idempotency.forget_expired", timedelta(hours=1), internal(_forget_old_answers)),
    Job("identity.forget_ended", timedelta(hours=1), signing.forget_ended),
    Job("ledger.seal", timedelta(seconds=1), internal(ledger.seal)),
    Job("media.forget_stale", timedelta(hours=6), uploading.forget_stale),
    Job("orders.wait", timedelta(seconds=20), _until_done(orders.nudge_due, orders.expire, orders.cancel_unshipped)),
    Job("orders.close_due", timedelta(seconds=20), _until_done(orders.close_due)),
    Job("delivery.warn_of_overdue", timedelta(minutes=1), _until_done(delivery.warn_of_overdue)),
    Job("cart.abandon_idle", timedelta(hours=1), _until_done(_abandon_old_carts)),
    Job("notifications.send", timedelta(seconds=5), mailing.send_due),
    Job("notifications.forget_old", timedelta(hours=6), internal(_forget_old_notices)),
    Job("settlement.settle", timedelta(seconds=20), _until_done(settlement.mature, settlement.propose)),
    Job("ops.check", timedelta(hours=1), checking.check, lease=timedelta(minutes=10)),
)


def run_due(house: House, schedule: tuple[Job, ...] = JOBS) -> tuple[str, ...]:
    """Run every job that is due; name those that ran. One that fails is noted and stops no other."""
    names = [job.name for job in schedule]
    due = house.db.read(_due, system("schedule"), names=names, now=house.db.now())
    return tuple(job.name for job in schedule if job.name in due and _run_if_due(house, job))


def _run_if_due(house: House, job: Job) -> bool:
    actor = system(f"schedule:{job.name}")
    if not house.db.transact(_claim, actor, job=job):
        return False
    error: str | None = None
    try:
        job.run(house)
    except Exception as failure:
        error = storable("".join(traceback.format_exception(failure)))
        log.exception("job failed", job=job.name)
    house.db.transact(_finish, actor, name=job.name, error=error)
    return True


def _due(_actor: Actor, session: Session, *, names: Sequence[str], now: datetime) -> frozenset[str]:
    return jobs.due(session, names=names, now=now)


def _claim(_actor: Actor, uow: UnitOfWork, *, job: Job) -> bool:
    return jobs.claim_due(uow, name=job.name, every=job.every, lease=job.lease)


def _finish(_actor: Actor, uow: UnitOfWork, *, name: str, error: str | None) -> None:
    jobs.finish(uow, name=name, error=error)
