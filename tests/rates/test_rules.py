"""Delivery by arithmetic: costs and days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.money import Money
from marketplace.rates import Calendar, DeliveryTerms, rules

RIYADH = "Asia/Riyadh"
SAUDI = Calendar(frozenset({4, 5}), frozenset({(9, 23)}))
OKLAHOMA = Calendar(frozenset({5, 6}), frozenset({(7, 4)}))


def sar(minor: int) -> Money:
    return Money(minor, "SAR")


def terms(*, handling: int = 1, transit: int = 1) -> DeliveryTerms:
    return DeliveryTerms(sar(15_00), sar(200_00), handling, transit)


class TestShipping:
    @pytest.mark.parametrize(("goods", "cost"), [(0, 15_00), (199_99, 15_00), (200_00, 0), (500_00, 0)])
    def test_is_free_from_the_amount_named(self, goods: int, cost: int) -> None:
        assert rules.shipping(terms(), sar(goods)) == sar(cost)

    def test_always_costs_where_nothing_makes_it_free(self) -> None:
        flat = DeliveryTerms(sar(15_00), None, 1, 1)

        assert rules.shipping(flat, sar(10_000_00)) == sar(15_00)


class TestPromise:
    @pytest.mark.parametrize(
        ("agreed", "earliest", "latest", "leaves"),
        [
            # Sunday morning: worked on today, leaves Monday at the latest.
            ("2026-03-01T09:00+03:00", date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 2)),
            # Sunday at the cut-off: worked on from Monday.
            ("2026-03-01T14:00+03:00", date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 3)),
            # Thursday afternoon: Friday and Saturday are no working days.
            ("2026-03-05T15:00+03:00", date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 9)),
            # Friday morning waits for Sunday.
            ("2026-03-06T09:00+03:00", date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 9)),
            # The day before National Day.
            ("2026-09-22T09:00+03:00", date(2026, 9, 24), date(2026, 9, 27), date(2026, 9, 24)),
        ],
    )
    def test_counts_working_days_from_the_cut_off_in_the_stores_zone(
        self, agreed: str, earliest: date, latest: date, leaves: date
    ) -> None:
        at = datetime.fromisoformat(agreed).astimezone(UTC)

        made = rules.promise(terms(), at=at, time_zone=RIYADH, calendar=SAUDI)

        assert (made.earliest_on, made.latest_on) == (earliest, latest)
        assert made.ship_by == datetime(leaves.year, leaves.month, leaves.day, 23, 59, tzinfo=ZoneInfo(RIYADH))

    @pytest.mark.parametrize(
        ("agreed", "until"),
        [
            ("2026-03-01T09:00+03:00", "2026-03-01T14:00+03:00"),
            ("2026-03-01T14:00+03:00", "2026-03-02T14:00+03:00"),
            ("2026-03-05T15:00+03:00", "2026-03-08T14:00+03:00"),
        ],
    )
    def test_holds_for_a_yes_before_the_cut_off_of_the_day_on_which_work_begins(self, agreed: str, until: str) -> None:
        at, end = datetime.fromisoformat(agreed), datetime.fromisoformat(until)
        made = rules.promise(terms(), at=at, time_zone=RIYADH, calendar=SAUDI)

        assert made.accept_before == end
        just_in_time = rules.promise(terms(), at=end - timedelta(minutes=1), time_zone=RIYADH, calendar=SAUDI)
        too_late = rules.promise(terms(), at=end, time_zone=RIYADH, calendar=SAUDI)
        assert just_in_time == made
        assert too_late.latest_on > made.latest_on

    def test_can_be_the_same_day(self) -> None:
        at = datetime(2026, 3, 1, 6, tzinfo=UTC)

        made = rules.promise(terms(handling=0, transit=0), at=at, time_zone=RIYADH, calendar=SAUDI)

        assert made.earliest_on == made.latest_on == date(2026, 3, 1)

    def test_skips_the_american_weekend_in_oklahoma(self) -> None:
        friday_evening = datetime(2026, 7, 3, 23, tzinfo=UTC)

        made = rules.promise(terms(), at=friday_evening, time_zone="America/Chicago", calendar=OKLAHOMA)

        assert (made.earliest_on, made.latest_on) == (date(2026, 7, 7), date(2026, 7, 8))

    @given(
        at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 (bounds)
        handling=st.integers(0, 10),
        transit=st.integers(0, 10),
    )
    def test_never_names_a_day_on_which_nobody_works(self, at: datetime, handling: int, transit: int) -> None:
        made = rules.promise(terms(handling=handling, transit=transit), at=at, time_zone=RIYADH, calendar=SAUDI)

        assert made.earliest_on <= made.latest_on
        assert made.ship_by.date() <= made.latest_on
        days = (made.earliest_on, made.latest_on, made.ship_by.date())
        assert all(SAUDI.is_working(day) for day in days)


class TestProblems:
    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            (DeliveryTerms(Money(1, "USD"), None, 1, 1), "flat.currency"),
            (DeliveryTerms(sar(-1), None, 1, 1), "flat"),
            (DeliveryTerms(sar(1), sar(0), 1, 1), "free_over"),
            (DeliveryTerms(sar(1), None, 31, 1), "handling_days"),
            (DeliveryTerms(sar(1), None, 1, -1), "transit_days"),
        ],
    )
    def test_names_the_field_that_will_not_do(self, wrong: DeliveryTerms, field: str) -> None:
        assert [problem.field for problem in rules.problems(wrong, currency="SAR")] == [field]
