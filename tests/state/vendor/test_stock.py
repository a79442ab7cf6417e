"""Counting what lies on the shelf."""

import pytest

from marketplace.kernel.errors import Invalid
from marketplace.kernel.ids import ListingId, new_uuid
from state.vendor.stock import Counted, StockState
from tests.state.states import made

KETTLE = ListingId(new_uuid())


def counted(typed: str) -> Counted:
    return Counted(listing_id=KETTLE, version=1, on_hand=typed)


class TestCount:
    def test_reads_digits_of_either_script(self) -> None:
        page = made(StockState, address="/vendor/stock")

        assert [page._read(counted(typed)) for typed in ("12", "٣", "1,200")] == [12, 3, 1_200]

    @pytest.mark.parametrize("typed", ["", "abc", "1.5"])
    def test_says_what_to_enter_in_the_row_of_the_listing(self, typed: str) -> None:
        page = made(StockState, address="/vendor/stock")

        with pytest.raises(Invalid, match=r"Write a whole number from 0 to 10,000,000\.") as refusal:
            page._read(counted(typed))

        assert page.wrong_row == str(KETTLE)
        assert [problem.field for problem in refusal.value.fields] == ["on_hand"]
