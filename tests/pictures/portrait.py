"""The picture at the head of the README: the shop beside a vendor's board, as they are."""

import io
from pathlib import Path
from typing import Final

from PIL import Image

from tests.looks.screens import Screen
from tests.looks.visitors import Visitors

FILE: Final = Path(__file__).parent / "marketplace.webp"
SHOWN: Final = ("/", "/vendor/orders")
WINDOW: Final = (1440, 1040)
WIDTH: Final = 800
GAP: Final = 16
GROUND: Final = (230, 223, 212)
QUALITY: Final = 84


def portrait(people: Visitors, found: list[Screen]) -> Path:
    """Photograph both at their heads, and lay them side by side."""
    by_path = {screen.route.path: screen for screen in found}
    shots = [_head(people, by_path[path]) for path in SHOWN]
    whole = Image.new("RGB", (2 * WIDTH + 3 * GAP, shots[0].height + 2 * GAP), GROUND)
    for place, shot in enumerate(shots):
        whole.paste(shot, (GAP + place * (WIDTH + GAP), GAP))
    whole.save(FILE, quality=QUALITY, method=6)
    return FILE


def _head(people: Visitors, screen: Screen) -> Image.Image:
    page, _wire = people.open(screen, "en")
    page.set_viewport_size({"width": WINDOW[0], "height": WINDOW[1]})
    page.wait_for_load_state("networkidle")
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return taken.resize((WIDTH, round(taken.height * WIDTH / taken.width)), Image.Resampling.LANCZOS)
