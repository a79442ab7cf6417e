"""Contact sheets: one page in both languages, at both widths, light and dark, with data, empty and in error."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Page

from pages.routes import LOCALES
from state.words import Locale
from tests.looks import conditions
from tests.looks.checks import Theme, wear
from tests.looks.conditions import Wire, state_of
from tests.looks.screens import Screen
from tests.looks.visitors import NARROW, WIDE, Visitors

Condition = Literal["data", "empty", "error"]

CONDITIONS: Final[tuple[Condition, ...]] = ("data", "error", "empty")
"""In this order: a form that was refused still shows what it is about, an empty list does not."""

THEMES: Final[tuple[Theme, ...]] = ("light", "dark")
WIDTHS: Final = {WIDE["width"]: 720, NARROW["width"]: 260}
"""How wide a window is, and how wide it is on the sheet."""

TALLEST: Final = 2_600
"""What stands below this is not on the sheet: long lists repeat themselves."""

ASK: Final = "() => document.querySelector('dialog:has([aria-invalid=true])')?.showModal()"
ASK_NOTHING: Final = "() => document.querySelectorAll('dialog[open]').forEach(dialog => dialog.close())"
"""A form that was refused is seen where it is asked: in its dialog."""

DRAWN: Final = """() => [...document.images].every(image => !image.checkVisibility() || image.complete)"""

GAP: Final = 16
CAPTION: Final = 28
GROUND: Final = (86, 92, 104)


@dataclass(frozen=True)
class Shot:
    """One photograph of a page, at its size on the sheet."""

    condition: Condition
    locale: Locale
    width: int
    theme: Theme
    image: Image.Image

    @property
    def caption(self) -> str:
        """Say what it shows."""
        return f"{self.condition} · {self.locale} · {self.width} · {self.theme}"


def photographs(people: Visitors, screen: Screen) -> list[Shot]:
    """Photograph a page in every way it is seen."""
    return [shot for locale in LOCALES for shot in _in_language(people, screen, locale)]


def sheet(shots: list[Shot]) -> Image.Image:
    """Lay the photographs of a page out: a row for each condition, the two languages side by side."""
    rows = [[shot for shot in shots if shot.condition == condition] for condition in ("data", "empty", "error")]
    laid = [_row(row) for row in rows if row]
    whole = Image.new("RGB", (max(row.width for row in laid), sum(row.height for row in laid)), GROUND)
    top = 0
    for row in laid:
        whole.paste(row, (0, top))
        top += row.height
    return whole


def _in_language(people: Visitors, screen: Screen, locale: Locale) -> Iterator[Shot]:
    page, wire = people.open(screen, locale)
    for condition in CONDITIONS:
        if not _bring_about(condition, screen, page, wire, locale):
            continue
        for size, theme in product((WIDE, NARROW), THEMES):
            page.set_viewport_size(size)
            wear(page, theme)
            yield Shot(condition, locale, size["width"], theme, _photograph(page, size["width"]))
        page.set_viewport_size(WIDE)
        wear(page, "light")


def _bring_about(condition: Condition, screen: Screen, page: Page, wire: Wire, locale: Locale) -> bool:
    """Tell the page what makes it so; a page that only says fixed words has data alone."""
    state = state_of(screen.route)
    if condition == "data":
        return True
    if state is None:
        return False
    if condition == "error":
        says = conditions.refused(state, page, locale) or conditions.cannot_be_shown(state, locale)
    else:
        says = {**conditions.nothing_wrong(state), **conditions.nothing_there(state, screen.route, locale)}
    if says:
        wire.tell(state, says)
        page.evaluate(ASK if condition == "error" else ASK_NOTHING)
    return bool(says)


def _photograph(page: Page, width: int) -> Image.Image:
    """Take the whole page in a window as high as it is, so that what is fixed to its edges stands there."""
    height = page.evaluate("() => document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(600, min(height, TALLEST))})
    page.wait_for_function(DRAWN, timeout=10_000)
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shown = WIDTHS[width]
    return taken.resize((shown, round(taken.height * shown / taken.width)), Image.Resampling.LANCZOS)


def _row(shots: list[Shot]) -> Image.Image:
    width = sum(shot.image.width + GAP for shot in shots) + GAP
    height = max(shot.image.height for shot in shots) + CAPTION + GAP
    row = Image.new("RGB", (width, height), GROUND)
    drawn, font, left = ImageDraw.Draw(row), ImageFont.load_default(15), GAP
    for shot in shots:
        drawn.text((left, 6), shot.caption, fill="white", font=font)
        row.paste(shot.image, (left, CAPTION))
        left += shot.image.width + GAP
    return row
