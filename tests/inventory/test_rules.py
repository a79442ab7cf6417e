"""Which wants are met."""

import pytest

from marketplace.inventory import InsufficientStock, rules


class TestMeet:
    def test_serves_who_comes_first_and_each_whole(self) -> None:
        assert rules.meet([("a", 3), ("a", 3), ("a", 2), ("b", 1)], {"a": 5}) == [True, False, True, False]


class TestIsCount:
    @pytest.mark.parametrize(("number", "fits"), [(-1, False), (0, True), (10_000_000, True), (10_000_001, False)])
    def test_keeps_within_what_a_shelf_holds(self, number: int, fits: bool) -> None:  # noqa: FBT001 (an expected value)
        assert rules.is_count(number) is fits


class TestInsufficientStock:
    @pytest.mark.parametrize(
        ("left", "said"),
        [
            (-1, "Nothing is left: look at other offers."),
            (0, "Nothing is left: look at other offers."),
            (1, "Only one is left: take that one, or look at other offers."),
            (2, "Only 2 are left: take fewer, or look at other offers."),
        ],
    )
    def test_says_what_can_be_done_with_what_is_left(self, left: int, said: str) -> None:
        assert InsufficientStock(available=left).message == said
