"""The journey of a reservation."""

from marketplace.inventory.states import RESERVATION, AdjustReason, MovementKind, ReservationState


class TestReservationMachine:
    def test_says_what_is_open_in_every_state(self) -> None:
        assert set(RESERVATION.moves) == set(ReservationState)

    def test_leaves_no_state_out_of_reach(self) -> None:
        assert RESERVATION.reachable() == set(ReservationState)

    def test_never_leaves_the_end(self) -> None:
        ends = {state for state in ReservationState if not RESERVATION.moves[state]}

        assert ends == {ReservationState.CONSUMED, ReservationState.RELEASED, ReservationState.EXPIRED}


class TestAdjustReason:
    def test_is_always_a_kind_of_movement(self) -> None:
        assert {reason.value for reason in AdjustReason} <= {kind.value for kind in MovementKind}
