"""The journey of an order and of its lines."""

import pytest

from marketplace.orders.states import (
    DONE_TO_LINES,
    DROPPED,
    HOLDABLE,
    LINE,
    ORDER,
    STOPPED,
    LineState,
    OrderAction,
    OrderState,
)


class TestOrderMachine:
    def test_says_what_is_open_in_every_state(self) -> None:
        assert set(ORDER.moves) == set(OrderState)

    def test_leaves_no_state_out_of_reach(self) -> None:
        assert ORDER.reachable() == set(OrderState)

    def test_ends_where_nothing_is_open(self) -> None:
        ends = {state for state in OrderState if not ORDER.moves[state]}
        assert ends == {*STOPPED, OrderState.CLOSED}

    @pytest.mark.parametrize(
        "state", [OrderState.IN_TRANSIT, OrderState.DELIVERY_FAILED, OrderState.RETURNING, OrderState.DELIVERED]
    )
    def test_cannot_cancel_what_has_left(self, state: OrderState) -> None:
        assert not ORDER.allows(state, OrderAction.CANCEL)

    def test_holds_nothing_that_is_over(self) -> None:
        assert not {*STOPPED, OrderState.CLOSED} & HOLDABLE


class TestLineMachine:
    def test_says_what_is_open_in_every_state(self) -> None:
        assert set(LINE.moves) == set(LineState)

    def test_leaves_no_state_out_of_reach(self) -> None:
        assert LINE.reachable() == set(LineState)

    def test_never_leaves_a_dropped_line(self) -> None:
        assert all(not LINE.moves[state] for state in DROPPED)

    def test_is_moved_by_no_action_it_does_not_know(self) -> None:
        known = {action for moves in LINE.moves.values() for action in moves}
        assert set(DONE_TO_LINES.values()) == known
