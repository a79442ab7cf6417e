"""The schedule and the clock."""

from datetime import timedelta

import pytest

from marketplace import jobs
from marketplace.flows.schedule import Job, run_due
from marketplace.jobs import ClockStandsStill, OtherProfile
from marketplace.kernel.actor import system
from marketplace.kernel.work import Database, UnitOfWork
from marketplace.ports import House, Ports
from tests.conftest import Today

HOURLY = timedelta(hours=1)
LEASE = timedelta(minutes=5)
SWEEPER = system("test")


def claim(uow: UnitOfWork, clock: Today) -> bool:
    """Ask for the job now."""
    now = UnitOfWork(session=uow.session, now=clock.now, asked_by="test")
    return jobs.claim_due(now, name="sweep", every=HOURLY, lease=LEASE)


class TestClaimDue:
    def test_gives_a_job_to_the_first_who_asks(self, uow: UnitOfWork, clock: Today) -> None:
        assert claim(uow, clock) is True
        assert claim(uow, clock) is False

    def test_gives_it_again_in_the_next_interval_when_it_was_finished(self, uow: UnitOfWork, clock: Today) -> None:
        claim(uow, clock)
        jobs.finish(uow, name="sweep")

        clock.advance(minutes=59)
        assert claim(uow, clock) is False
        clock.advance(minutes=1)
        assert claim(uow, clock) is True

    def test_takes_it_from_a_holder_that_died(self, uow: UnitOfWork, clock: Today) -> None:
        claim(uow, clock)

        clock.advance(hours=2)

        assert claim(uow, clock) is True


class TestLateJobs:
    def test_names_what_should_have_started_that_long_ago(self, uow: UnitOfWork, clock: Today) -> None:
        claim(uow, clock)

        ten_minutes_late = clock.now + HOURLY + timedelta(minutes=10)

        assert jobs.late_jobs(uow.session, now=ten_minutes_late, by=timedelta(minutes=10)) == ()
        assert jobs.late_jobs(uow.session, now=ten_minutes_late, by=timedelta(minutes=9)) == ("sweep",)


class TestRunDue:
    def test_notes_a_job_that_fails_and_runs_the_others(self, database: Database) -> None:
        ran: list[str] = []

        def fail(_house: House) -> None:
            raise RuntimeError("no paper")

        schedule = (Job("fails", HOURLY, fail), Job("works", HOURLY, lambda _house: ran.append("works")))
        house = House(db=database, ports=Ports.__new__(Ports), secret="not asked for")

        names = run_due(house, schedule)

        with database.unit(SWEEPER) as uow:
            runs = {run.name: run for run in jobs.runs(uow.session)}
        assert names == ("fails", "works")
        assert ran == ["works"]
        assert runs["fails"].failures == 1
        assert "RuntimeError: no paper" in (runs["fails"].last_error or "")
        assert runs["works"].failures == 0


class TestAdvanceClock:
    def test_moves_it_for_everybody(self, uow: UnitOfWork) -> None:
        jobs.settle_profile(uow, profile="saudi")

        jobs.advance_clock(uow, by=timedelta(days=8), may_move=True)
        jobs.advance_clock(uow, by=timedelta(hours=1), may_move=True)

        assert jobs.clock_offset(uow.session) == timedelta(days=8, hours=1)

    @pytest.mark.parametrize(("by", "may_move"), [(timedelta(days=-1), True), (timedelta(days=1), False)])
    def test_refuses_to_go_back_or_to_move_where_time_is_real(
        self, uow: UnitOfWork, *, by: timedelta, may_move: bool
    ) -> None:
        jobs.settle_profile(uow, profile="saudi")

        with pytest.raises(ClockStandsStill):
            jobs.advance_clock(uow, by=by, may_move=may_move)

        assert jobs.clock_offset(uow.session) == timedelta()


class TestSettleProfile:
    def test_refuses_data_of_the_other_profile(self, uow: UnitOfWork) -> None:
        jobs.settle_profile(uow, profile="saudi")
        jobs.settle_profile(uow, profile="saudi")

        with pytest.raises(OtherProfile, match="made for the profile saudi"):
            jobs.settle_profile(uow, profile="oklahoma")
