"""What an agent may carry, and what he may do at a door."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.delivery.errors import AgentBlocked, AgentFull, CashOverdue, FloatExceeded
from marketplace.delivery.rules import Allowance, Door, Load, check_headroom, is_overdue, is_within, open_to, stop_state
from marketplace.delivery.states import AssignmentState, StopKind, StopState
from marketplace.kernel.money import Money

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ALLOWED = Allowance(parcels=3, cash=Money(100_00, "SAR"), hours=48, warning_hours=24)


def load(
    *,
    parcels: int = 0,
    in_hand: int = 0,
    expected: int = 0,
    oldest_cash_at: datetime | None = None,
    is_blocked: bool = False,
) -> Load:
    return Load(parcels, Money(in_hand, "SAR"), Money(expected, "SAR"), oldest_cash_at, is_blocked)


class TestCheckHeadroom:
    def test_counts_what_he_has_and_what_he_will_get(self) -> None:
        check_headroom(load(in_hand=30_00, expected=50_00), ALLOWED, cash=Money(20_00, "SAR"), at=NOON)

        with pytest.raises(FloatExceeded):
            check_headroom(load(in_hand=30_00, expected=50_00), ALLOWED, cash=Money(20_01, "SAR"), at=NOON)

    def test_lets_an_order_above_the_limit_go_alone(self) -> None:
        check_headroom(load(), ALLOWED, cash=Money(100_01, "SAR"), at=NOON)
        for cash in (load(in_hand=1), load(expected=1)):
            with pytest.raises(FloatExceeded):
                check_headroom(cash, ALLOWED, cash=Money(100_01, "SAR"), at=NOON)

    def test_refuses_one_parcel_too_many(self) -> None:
        with pytest.raises(AgentFull, match="already has 3 parcels"):
            check_headroom(load(parcels=3), ALLOWED, cash=Money(0, "SAR"), at=NOON)

    def test_gives_no_cash_to_an_agent_who_is_looked_into_but_gives_him_paid_orders(self) -> None:
        blocked = load(is_blocked=True)

        check_headroom(blocked, ALLOWED, cash=Money(0, "SAR"), at=NOON)
        with pytest.raises(AgentBlocked):
            check_headroom(blocked, ALLOWED, cash=Money(1, "SAR"), at=NOON)

    def test_gives_no_cash_to_an_agent_who_has_carried_some_for_two_days(self) -> None:
        carried = load(in_hand=1, oldest_cash_at=NOON - timedelta(hours=48, seconds=1))

        with pytest.raises(CashOverdue, match="over 48 hours"):
            check_headroom(carried, ALLOWED, cash=Money(1, "SAR"), at=NOON)


class TestIsOverdue:
    def test_is_not_yet_at_the_hour_itself(self) -> None:
        assert is_overdue(NOON - timedelta(hours=24), hours=24, at=NOON) is False
        assert is_overdue(NOON - timedelta(hours=24, seconds=1), hours=24, at=NOON) is True
        assert is_overdue(None, hours=24, at=NOON) is False


class TestIsWithin:
    @pytest.mark.parametrize(("variance", "fine"), [(500, True), (-500, True), (501, False), (-501, False)])
    def test_holds_for_too_much_as_for_too_little(self, variance: int, *, fine: bool) -> None:
        assert is_within(Money(variance, "SAR"), Money(500, "SAR")) is fine


class TestStopState:
    def test_opens_the_door_when_the_parcel_is_picked_up(self) -> None:
        assert stop_state(StopKind.PICKUP, AssignmentState.OFFERED) is StopState.OPEN
        assert stop_state(StopKind.DROP, AssignmentState.OFFERED) is StopState.PLANNED
        assert stop_state(StopKind.PICKUP, AssignmentState.PICKED_UP) is StopState.DONE
        assert stop_state(StopKind.DROP, AssignmentState.PICKED_UP) is StopState.OPEN

    @pytest.mark.parametrize("state", AssignmentState)
    @pytest.mark.parametrize("kind", StopKind)
    def test_knows_every_state(self, kind: StopKind, state: AssignmentState) -> None:
        assert stop_state(kind, state) in StopState


class TestOpenTo:
    def test_takes_cash_before_and_after_the_parcel_is_handed_over(self) -> None:
        before = Door(AssignmentState.PICKED_UP, is_cash_due=True, is_cash_asked=False, is_cash_taken=False)
        after = Door(AssignmentState.DELIVERED, is_cash_due=True, is_cash_asked=False, is_cash_taken=False)

        assert open_to(StopKind.DROP, before) == {"deliver", "collect_cash", "fail"}
        assert open_to(StopKind.DROP, after) == {"collect_cash"}

    def test_waits_for_the_dispatcher_with_the_cash_and_with_giving_up(self) -> None:
        asked = Door(AssignmentState.PICKED_UP, is_cash_due=True, is_cash_asked=True, is_cash_taken=False)

        assert open_to(StopKind.DROP, asked) == {"deliver"}

    def test_cannot_fail_once_the_cash_is_taken(self) -> None:
        paid = Door(AssignmentState.PICKED_UP, is_cash_due=False, is_cash_asked=False, is_cash_taken=True)

        assert open_to(StopKind.DROP, paid) == {"deliver"}

    def test_asks_for_nothing_but_the_parcel_at_the_vendor(self) -> None:
        waiting = Door(AssignmentState.OFFERED, is_cash_due=True, is_cash_asked=False, is_cash_taken=False)

        assert open_to(StopKind.PICKUP, waiting) == {"pick_up"}
        assert open_to(StopKind.DROP, waiting) == frozenset()
