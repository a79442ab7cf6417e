"""The drawing of a front page runs out of the page where lines end."""

import pytest

from pages.building import Building, built
from pages.shop.home import open_hero
from state.words import Locale
from tests.pages.drawn import parts_of


@pytest.mark.parametrize(("locale", "ending"), [("en", "-saudi.svg"), ("ar", "-saudi-rtl.svg")])
def test_hero_shows_the_drawing_of_its_direction(locale: Locale, ending: str) -> None:
    drawn = built(Building(locale, "/"), open_hero)
    (source,) = (str(part.src) for part in parts_of(drawn) if getattr(part, "src", None) is not None)  # type: ignore[attr-defined]  # an image

    assert source.strip('"').endswith(ending)
