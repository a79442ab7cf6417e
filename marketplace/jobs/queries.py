"""Reads of the schedule and of the clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace.jobs.models import Installation, JobRun
from marketplace.jobs.views import RunView


def clock_offset(session: Session) -> timedelta:
    """Read how far ahead of real time the house lives."""
    seconds = session.execute(select(col(Installation.clock_offset_seconds))).scalar_one_or_none()
    return timedelta(seconds=seconds or 0)


def runs(session: Session) -> tuple[RunView, ...]:
    """List how every job last went."""
    found = session.execute(select(JobRun).order_by(col(JobRun.name))).scalars()
    return tuple(
        RunView(run.name, run.started_at, run.finished_at, run.due_at, run.failures, run.last_error) for run in found
    )


def due(session: Session, *, names: Sequence[str], now: datetime) -> frozenset[str]:
    """Say which of these jobs are due: a glance before claiming, so that a tick with nothing to do is one query."""
    waiting = select(col(JobRun.name)).where(
        col(JobRun.name).in_(names), (col(JobRun.due_at) > now) | (col(JobRun.lease_until) > now)
    )
    return frozenset(names) - frozenset(session.execute(waiting).scalars())


def late_jobs(session: Session, *, now: datetime, by: timedelta) -> tuple[str, ...]:
    """Name the jobs that should have started that long ago."""
    return tuple(session.execute(select(col(JobRun.name)).where(col(JobRun.due_at) < now - by)).scalars())
