"""The journeys of a parcel and of the cash that came of it."""

import pytest

from marketplace.delivery.states import (
    ASSIGNMENT,
    CARRIED,
    HAND_OVER,
    LIVE,
    AssignmentAction,
    AssignmentState,
    HandOverAction,
    HandOverState,
)


class TestAssignmentMachine:
    def test_says_what_is_open_in_every_state(self) -> None:
        assert set(ASSIGNMENT.moves) == set(AssignmentState)

    def test_leaves_no_state_out_of_reach(self) -> None:
        assert ASSIGNMENT.reachable() == set(AssignmentState)

    def test_is_live_as_long_as_something_is_open(self) -> None:
        assert set(LIVE) == {state for state in AssignmentState if ASSIGNMENT.moves[state]}

    @pytest.mark.parametrize("state", CARRIED)
    def test_takes_no_parcel_out_of_the_hands_of_its_agent(self, state: AssignmentState) -> None:
        assert not ASSIGNMENT.allows(state, AssignmentAction.REASSIGN)
        assert not ASSIGNMENT.allows(state, AssignmentAction.WITHDRAW)

    def test_hands_over_only_what_is_on_the_road(self) -> None:
        ready = {state for state in AssignmentState if ASSIGNMENT.allows(state, AssignmentAction.DELIVER)}
        assert ready == {AssignmentState.PICKED_UP}


class TestHandOverMachine:
    def test_leaves_no_state_out_of_reach(self) -> None:
        assert HAND_OVER.reachable() == set(HandOverState)

    def test_ends_accepted_and_nowhere_else(self) -> None:
        assert {state for state in HandOverState if not HAND_OVER.moves[state]} == {HandOverState.ACCEPTED}

    def test_counts_twice_only_what_is_looked_into(self) -> None:
        assert not HAND_OVER.allows(HandOverState.DECLARED, HandOverAction.CLEAR)
        assert HAND_OVER.allows(HandOverState.INVESTIGATING, HandOverAction.CLEAR)
