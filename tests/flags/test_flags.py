"""Switches and numbers."""

from datetime import timedelta

import pytest

from marketplace import flags
from marketplace.flags import Flag, FlagInUse, FlagNeedsOthers, Limit
from marketplace.flags.errors import LimitInThePast, LimitOutOfBounds
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.work import UnitOfWork
from tests.conftest import Today
from tests.factories.actors import officer

ADMIN = officer(Permission.FLAGS_EDIT)


class TestRollOut:
    def test_is_off_until_it_is_turned_on(self, uow: UnitOfWork) -> None:
        before = flags.is_on(uow.session, Flag.ADS)

        flags.roll_out(ADMIN, uow, flag=Flag.ADS, is_on=True)
        uow.session.flush()

        assert (before, flags.is_on(uow.session, Flag.ADS)) == (False, True)

    def test_refuses_what_builds_on_something_that_is_off(self, uow: UnitOfWork) -> None:
        with pytest.raises(FlagNeedsOthers, match="Turn on ads first"):
            flags.roll_out(ADMIN, uow, flag=Flag.SPONSORED_PRODUCTS, is_on=True)

        assert flags.is_on(uow.session, Flag.SPONSORED_PRODUCTS) is False

    def test_refuses_to_pull_the_ground_from_under_another(self, uow: UnitOfWork) -> None:
        flags.roll_out(ADMIN, uow, flag=Flag.BUY_BOX, is_on=True)
        flags.roll_out(ADMIN, uow, flag=Flag.AUTO_REPRICER, is_on=True)

        with pytest.raises(FlagInUse, match="Turn off auto_repricer first"):
            flags.roll_out(ADMIN, uow, flag=Flag.BUY_BOX, is_on=False)

    def test_is_not_for_everybody(self, uow: UnitOfWork) -> None:
        with pytest.raises(Forbidden):
            flags.roll_out(officer(), uow, flag=Flag.ADS, is_on=True)


class TestLimit:
    def test_is_the_default_until_a_version_is_in_force(self, uow: UnitOfWork, clock: Today) -> None:
        today, tomorrow = uow.now, clock.advance(days=1)

        flags.set_limit(ADMIN, uow, limit=Limit.MATURITY_DAYS, value=14, effective_at=tomorrow)
        uow.session.flush()

        assert flags.limit(uow.session, Limit.MATURITY_DAYS, at=today) == 7
        assert flags.limit(uow.session, Limit.MATURITY_DAYS, at=tomorrow) == 14

    def test_begins_at_no_moment_that_is_over(self, uow: UnitOfWork) -> None:
        with pytest.raises(LimitInThePast, match="name a moment to come"):
            flags.set_limit(
                ADMIN, uow, limit=Limit.MATURITY_DAYS, value=14, effective_at=uow.now - timedelta(seconds=1)
            )

        assert flags.limit(uow.session, Limit.MATURITY_DAYS, at=uow.now) == 7

    def test_lists_every_number_of_the_profile(self, uow: UnitOfWork) -> None:
        listed = {view.limit: view.value for view in flags.limits(uow.session, at=uow.now)}

        assert set(listed) == set(Limit)
        assert listed[Limit.PAYOUT_SINGLE_MINOR] == 1_000_000
        assert (listed[Limit.ACCOUNT_WRONG_PASSWORDS], listed[Limit.NETWORK_WRONG_PASSWORDS]) == (5, 50)

    @pytest.mark.parametrize(
        ("limit", "least", "most"),
        [
            (Limit.CASH_CARRIED_HOURS, 0, 87_600),
            (Limit.MATURITY_DAYS, 0, 3_650),
            (Limit.AGENT_FLOAT_MINOR, 0, 10**12),
            (Limit.AGENT_OPEN_ORDERS, 0, 1_000_000),
            (Limit.ACCOUNT_WRONG_PASSWORDS, 1, 1_000_000),
        ],
    )
    def test_is_a_number_that_the_house_can_work_with(
        self, uow: UnitOfWork, limit: Limit, least: int, most: int
    ) -> None:
        for value in (least - 1, most + 1):
            with pytest.raises(LimitOutOfBounds):
                flags.set_limit(ADMIN, uow, limit=limit, value=value)

        assert flags.set_limit(ADMIN, uow, limit=limit, value=most).value == most
