"""What checkout says of canceling is what the profile allows."""

from collections.abc import Iterator

import pytest

from marketplace.settings import installation
from pages.shop.checkout import way_back
from tests.pages.drawn import words_in


@pytest.fixture
def profile(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MARKETPLACE_PROFILE", request.param)
    installation.cache_clear()
    yield
    installation.cache_clear()


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
