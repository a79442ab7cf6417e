"""The contact sheets that `poe pictures` makes."""

import pytest
from playwright.sync_api import Browser

from marketplace.settings import Profile
from tests.journeys.people import Trade
from tests.looks.screens import screens
from tests.looks.visitors import visitors
from tests.pictures.sheets import photographs, sheet

pytestmark = [pytest.mark.pictures, pytest.mark.timeout(300)]


class TestASheet:
    @pytest.mark.parametrize("marketplace", [Profile.SAUDI], indirect=True)
    def test_shows_a_page_in_every_way_it_is_seen(self, trade: Trade, browser: Browser) -> None:
        (screen,) = (screen for screen in screens(trade) if screen.route.path == "/shops")
        with visitors(browser, trade.running) as people:
            shots = photographs(people, screen)

        seen = {(shot.condition, shot.width, shot.theme, shot.locale): shot.image for shot in shots}
        assert len(seen) == 24
        assert seen["data", 390, "light", "en"].height > seen["empty", 390, "light", "en"].height
        assert len({image.tobytes() for image in seen.values()}) == 24
        assert sheet(shots).width == 2 * (2 * (720 + 16) + 2 * (260 + 16)) + 16
