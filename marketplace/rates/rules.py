"""Delivery by arithmetic: what it costs, and on which days it can be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from marketplace.kernel.errors import FieldProblem
from marketplace.kernel.money import Money

CUT_OFF: Final = time(14)
"""Local time up to which an order is worked on the same day."""

DAY_ENDS: Final = time(23, 59)
"""Local time until which a parcel that is due on a day may leave."""

MOST_DAYS: Final = 30
MOST_FLAT_MINOR: Final = 1_000_000

HOUSE_FLAT_MINOR: Final = 15_00
HOUSE_FREE_OVER_MINOR: Final = 200_00

HOLIDAYS: Final[Mapping[str, frozenset[tuple[int, int]]]] = {
    "saudi": frozenset({(2, 22), (9, 23)}),
    "oklahoma": frozenset({(1, 1), (7, 4), (11, 11), (12, 25)}),
}
"""Days of the year, as month and day, on which nobody works; those that move with the moon come with a calendar."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """On which days work is done: 0 is Monday."""

    weekend: frozenset[int]
    holidays: frozenset[tuple[int, int]] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether work is done on a day."""
        return day.weekday() not in self.weekend and (day.month, day.day) not in self.holidays

    def first_working(self, day: date) -> date:
        """The day itself, or the next one on which work is done."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def add(self, day: date, working_days: int) -> date:
        """The day after so many working days; a start that is none moves to the next one first."""
        day = self.first_working(day)
        for _ in range(working_days):
            day = self.first_working(day + timedelta(days=1))
        return day


@dataclass(frozen=True, slots=True)
class DeliveryTerms:
    """What delivery from a store costs and how long it takes."""

    flat: Money
    free_over: Money | None
    handling_days: int
    transit_days: int


@dataclass(frozen=True, slots=True)
class Promise:
    """When the goods can be there, by when they must leave, and before when the store must have said yes for it."""

    earliest_on: date
    latest_on: date
    ship_by: datetime
    accept_before: datetime


def house_terms(currency: str) -> DeliveryTerms:
    """What holds for a store that has set no terms of its own."""
    return DeliveryTerms(
        flat=Money(HOUSE_FLAT_MINOR, currency),
        free_over=Money(HOUSE_FREE_OVER_MINOR, currency),
        handling_days=1,
        transit_days=1,
    )


def shipping(terms: DeliveryTerms, goods_total: Money) -> Money:
    """What delivery of these goods costs."""
    if terms.free_over is not None and goods_total >= terms.free_over:
        return Money.zero(terms.flat.currency)
    return terms.flat


def promise(terms: DeliveryTerms, *, at: datetime, time_zone: str, calendar: Calendar) -> Promise:
    """Work out the days from the moment an order is agreed: what comes after the cut-off starts a working day later."""
    ready = _begins(at, time_zone, calendar)
    leaves = calendar.add(ready, terms.handling_days)
    return Promise(
        earliest_on=calendar.add(ready, terms.transit_days),
        latest_on=calendar.add(leaves, terms.transit_days),
        ship_by=datetime.combine(leaves, DAY_ENDS, tzinfo=ZoneInfo(time_zone)),
        accept_before=accept_before(at, time_zone=time_zone, calendar=calendar),
    )


def accept_before(at: datetime, *, time_zone: str, calendar: Calendar) -> datetime:
    """Until when a yes keeps the days that were promised at this moment: later, work begins a day later too."""
    return datetime.combine(_begins(at, time_zone, calendar), CUT_OFF, tzinfo=ZoneInfo(time_zone))


def _begins(at: datetime, time_zone: str, calendar: Calendar) -> date:
    """The day on which work begins on what is agreed at this moment."""
    local = at.astimezone(ZoneInfo(time_zone))
    return calendar.first_working(local.date() if local.time() < CUT_OFF else local.date() + timedelta(days=1))


def described(terms: DeliveryTerms) -> dict[str, Any]:
    """The terms as plain values, for the audit trail."""
    return {
        "flat_minor": terms.flat.minor,
        "free_over_minor": terms.free_over.minor if terms.free_over else None,
        "currency": terms.flat.currency,
        "handling_days": terms.handling_days,
        "transit_days": terms.transit_days,
    }


def problems(terms: DeliveryTerms, *, currency: str) -> tuple[FieldProblem, ...]:
    """What keeps delivery terms from being used, field by field."""
    found = []
    if terms.flat.currency != currency or (terms.free_over and terms.free_over.currency != currency):
        found.append(
            FieldProblem("flat.currency", "currency", "Give amounts in the currency that your store sells in.")
        )
    if not 0 <= terms.flat.minor <= MOST_FLAT_MINOR:
        found.append(FieldProblem("flat", "range", "Delivery costs nothing or more, and below ten thousand."))
    if terms.free_over is not None and terms.free_over.minor <= 0:
        message = "Delivery is free from an amount above nothing: raise it, or leave it out."
        found.append(FieldProblem("free_over", "range", message))
    for name, days in (("handling_days", terms.handling_days), ("transit_days", terms.transit_days)):
        if not 0 <= days <= MOST_DAYS:
            found.append(FieldProblem(name, "range", "Between 0 and 30 working days."))
    return tuple(found)
