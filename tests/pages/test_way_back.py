"""What checkout says of canceling is what the profile allows."""

import pytest

from pages.shop.checkout import way_back
from tests.pages.drawn import words_in


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("saudi", "You can cancel free of charge until a shop accepts."),
        ("oklahoma", "You can cancel free of charge until the order is picked up."),
    ],
    indirect=["profile"],
)
@pytest.mark.usefixtures("profile")
def test_way_back_is_as_long_as_the_profile_lets_it_be(said: str) -> None:
    assert list(words_in(way_back())) == [said]
