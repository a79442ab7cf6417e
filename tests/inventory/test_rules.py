"""Which wants are met."""

import pytest

from marketplace.inventory import rules


class TestMeet:
    def test_serves_who_comes_first_and_each_whole(self) -> None:
        assert rules.meet([("a", 3), ("a", 3), ("a", 2), ("b", 1)], {"a": 5}) == [True, False, True, False]


class TestIsCount:
    @pytest.mark.parametrize(("number", "fits"), [(-1, False), (0, True), (10_000_000, True), (10_000_001, False)])
    def test_keeps_within_what_a_shelf_holds(self, number: int, fits: bool) -> None:  # noqa: FBT001 (an expected value)
        assert rules.is_count(number) is fits
