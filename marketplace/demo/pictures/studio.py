"""The studio: draws many pictures at once, beside the work on the database, and encodes each in the sizes we serve."""

import io
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final

from PIL import Image

from marketplace.demo.beside import beside
from marketplace.demo.pictures.canvas import scene
from marketplace.demo.pictures.colors import COLORS, GROUNDS, Ground, Paint, distance, rgb

SUITABLE: Final = 5
"""How many of the grounds a thing may stand before: those it is most unlike."""

QUALITY: Final = 80
CANVAS: Final = 1_440
SHRINKS: Final = {160: 9, 480: 3, 1200: 2}
"""How much each width is let down. The largest comes to 720 pixels: more would show nothing more of flat colour."""

EFFORTS: Final = {160: 2, 480: 2, 1200: 0}
"""Of WebP's six: flat pictures gain little from more, and a demo world should be there soon."""

PAINTERS: Final = 2


@dataclass(frozen=True, slots=True)
class Design:
    """What is drawn: a shape in a colour with a trim, before one of the grounds."""

    shape: str
    body: str
    trim: str
    turn: int = 0
    """Chooses among the grounds that suit the colour."""

    @property
    def ground(self) -> Ground:
        """A ground the thing stands out from."""
        body = rgb(COLORS[self.body])
        by_contrast = sorted(GROUNDS, key=lambda ground: -distance(body, rgb(ground.wall)))
        return by_contrast[self.turn % SUITABLE]


Drawing = dict[int, bytes]
"""One picture as WebP, by the width it is kept under."""


def draw(design: Design) -> Drawing:
    """Draw one design in every width that is kept; the smallest is let down from the middle one, which is quick."""
    paint = Paint(COLORS[design.body], COLORS[design.trim])
    canvas = scene(design.shape, paint, design.ground, side=CANVAS)
    middle = canvas.reduce(SHRINKS[480])
    images = {160: middle.reduce(SHRINKS[160] // SHRINKS[480]), 480: middle, 1200: canvas.reduce(SHRINKS[1200])}
    return {width: _encoded(image, EFFORTS[width]) for width, image in images.items()}


def _encoded(image: Image.Image, effort: int) -> bytes:
    written = io.BytesIO()
    image.save(written, "WEBP", quality=QUALITY, method=effort)
    return written.getvalue()


class Studio:
    """Painters at work in processes of their own; pictures come out in the order they were asked for.

    They are forked off before anybody speaks to the database, and do nothing but paint.
    """

    def __init__(self, *, painters: int = PAINTERS) -> None:
        self._pool = beside(painters)

    def begin(self, designs: Sequence[Design]) -> list[Future[Drawing]]:
        """Start drawing all of them."""
        return [self._pool.submit(draw, design) for design in designs]

    def close(self) -> None:
        """Send the painters home."""
        self._pool.shutdown(wait=True, cancel_futures=True)
