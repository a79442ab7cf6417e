"""Every icon that parts may name is drawn."""

import re
from pathlib import Path

from pages.components.icon import ICONS, MIRRORED

SHEET = Path(__file__).parents[2] / "assets" / "icons.svg"
DRAWINGS = {"mark", "nothing-here"}


class TestIcons:
    def test_are_all_in_the_sheet_and_nothing_else_is(self) -> None:
        drawn = set(re.findall(r'<symbol id="([^"]+)"', SHEET.read_text()))

        assert drawn == set(ICONS) | DRAWINGS

    def test_turn_with_the_reading_direction_only_where_they_point_along_it(self) -> None:
        assert set(ICONS) >= MIRRORED
        assert {"clock", "check", "star"}.isdisjoint(MIRRORED)
