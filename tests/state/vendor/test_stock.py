"""Counting what lies on the shelf."""

import pytest

from marketplace.kernel.errors import Invalid
from state.vendor.stock import _counted


class TestCounted:
    def test_reads_digits_of_either_script(self) -> None:
        assert (_counted("12"), _counted("٣"), _counted("1,200")) == (12, 3, 1_200)

    @pytest.mark.parametrize("typed", ["", "abc", "1.5"])
    def test_says_what_to_enter(self, typed: str) -> None:
        with pytest.raises(Invalid, match=r"Write a whole number from 0 to 10,000,000\.") as refusal:
            _counted(typed)

        assert [problem.field for problem in refusal.value.fields] == ["on_hand"]
