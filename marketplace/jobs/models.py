"""Tables of the schedule and of the installation."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from marketplace.kernel import columns


class JobRun(SQLModel, table=True):
    """How a job last went, and who is at it."""

    __tablename__ = "job_runs"

    name: str = Field(primary_key=True, max_length=80)
    started_at: datetime = columns.instant()
    finished_at: datetime | None = columns.maybe_instant()
    lease_until: datetime | None = columns.maybe_instant()
    due_at: datetime = columns.instant()
    failures: int = 0
    last_error: str | None = columns.maybe_prose()


class Installation(SQLModel, table=True):
    """What is true of the whole installation: its profile, and how far its clock was moved."""

    __tablename__ = "installations"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("clock_offset_seconds >= 0", name="clock_not_behind"),
    )

    id: int = Field(default=1, primary_key=True)
    profile: str = Field(max_length=20)
    clock_offset_seconds: int = columns.big(default=0)
