"""What runs by the clock, and the clock itself.

Owns `job_runs` and `installations`. Invariant: PostgreSQL is the schedule; however often somebody ticks, a job runs
once in its interval and never twice at once.
"""

from marketplace.jobs.errors import CONSTRAINTS, ClockStandsStill, OtherProfile
from marketplace.jobs.queries import clock_offset, due, late_jobs, runs
from marketplace.jobs.service import CHANNEL, advance_clock, claim_due, finish, settle_profile
from marketplace.jobs.views import RunView

__all__ = [
    "CHANNEL",
    "CONSTRAINTS",
    "ClockStandsStill",
    "OtherProfile",
    "RunView",
    "advance_clock",
    "claim_due",
    "clock_offset",
    "due",
    "finish",
    "late_jobs",
    "runs",
    "settle_profile",
]
