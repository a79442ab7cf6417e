"""Commands on the schedule and the clock."""

from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from marketplace.jobs.errors import ClockStandsStill, OtherProfile
from marketplace.jobs.models import Installation, JobRun
from marketplace.kernel.work import UnitOfWork

CHANNEL = "schedule"
"""Where PostgreSQL says that the clock was moved."""


def claim_due(uow: UnitOfWork, *, name: str, every: timedelta, lease: timedelta) -> bool:
    """Take a job on if it is due and nobody is at it. A holder that dies loses it when the lease ends."""
    claimed = (
        insert(JobRun)
        .values(name=name, started_at=uow.now, due_at=uow.now + every, lease_until=uow.now + lease, failures=0)
        .on_conflict_do_update(
            index_elements=["name"],
            set_={"started_at": uow.now, "due_at": uow.now + every, "lease_until": uow.now + lease},
            where=(col(JobRun.due_at) <= uow.now)
            & (col(JobRun.lease_until).is_(None) | (col(JobRun.lease_until) <= uow.now)),
        )
        .returning(col(JobRun.name))
    )
    return uow.session.execute(claimed).scalar_one_or_none() is not None


def finish(uow: UnitOfWork, *, name: str, error: str | None = None) -> None:
    """Give a job back, with what went wrong if something did."""
    ended = {
        "finished_at": uow.now,
        "lease_until": None,
        "last_error": error,
        "failures": 0 if error is None else col(JobRun.failures) + 1,
    }
    uow.session.execute(update(JobRun).where(col(JobRun.name) == name).values(ended))


def settle_profile(uow: UnitOfWork, *, profile: str) -> None:
    """Write down the profile of new data; refuse data that was made for the other one."""
    uow.session.execute(
        insert(Installation).values(id=1, profile=profile, clock_offset_seconds=0).on_conflict_do_nothing()
    )
    found = uow.session.execute(select(col(Installation.profile))).scalar_one()
    if found != profile:
        raise OtherProfile(found=found, wanted=profile)


def advance_clock(uow: UnitOfWork, *, by: timedelta, may_move: bool) -> timedelta:
    """Move the clock forward for every process, and wake the schedules; returns how far ahead it is now."""
    if not may_move:
        raise ClockStandsStill("This clock shows real time: start with MARKETPLACE_CLOCK=movable to move it.")
    if by <= timedelta():
        raise ClockStandsStill("The clock can be moved forward only.")
    moved = (
        update(Installation)
        .values(clock_offset_seconds=col(Installation.clock_offset_seconds) + int(by.total_seconds()))
        .returning(col(Installation.clock_offset_seconds))
    )
    seconds = uow.session.execute(moved).scalar_one()
    uow.session.execute(select(func.pg_notify(CHANNEL, "")))
    return timedelta(seconds=seconds)
