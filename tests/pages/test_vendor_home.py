"""The vendor's first page."""

import pytest

from pages.vendor.home import money_card
from tests.pages.drawn import words_in


class TestMoney:
    @pytest.mark.parametrize(
        ("profile", "words"),
        [("saudi", "Held until returns close"), ("oklahoma", "Held until the cash is in the safe")],
        indirect=["profile"],
    )
    @pytest.mark.usefixtures("profile")
    def test_is_held_until_what_the_profile_waits_for(self, words: str) -> None:
        assert words in set(words_in(money_card()))
