"""The canvas: paints a scene with Pillow, large, so that its edges are smooth when it is let down to size."""

from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageDraw

from marketplace.demo.pictures.colors import RGB, Ground, Paint, rgb
from marketplace.demo.pictures.paths import Run, ellipse, ribbon
from marketplace.demo.pictures.shapes import Stroke, shape

UNITS: Final = 240
"""The side of the square that shapes are drawn in."""

HORIZON: Final = 172
_SHADOW: Final = Stroke((ellipse((128, 196), 84, 9),), "#3a2a1a", 0.16)
_OPAQUE: Final = 0.999


def scene(name: str, paint: Paint, ground: Ground, *, side: int) -> Image.Image:
    """A thing on its table, light from the upper left; edges are hard until it is let down to size."""
    image = Image.new("RGB", (side, side), rgb(ground.wall))
    brush = ImageDraw.Draw(image)
    brush.rectangle((0, HORIZON * side / UNITS, side, side), fill=rgb(ground.table))
    for stroke in (_SHADOW, *shape(name)):
        _paint(image, brush, stroke, paint.color(stroke.paint))
    return image


def _paint(image: Image.Image, brush: ImageDraw.ImageDraw, stroke: Stroke, color: RGB) -> None:
    scale = image.width / UNITS
    outlines = [_scaled(run, scale) for run in stroke.runs]
    if stroke.opacity > _OPAQUE and not stroke.clip:
        _follow(brush, outlines, stroke, scale, color)
        return
    box = _box(outlines, stroke.width * scale, image.width)
    if box is None:
        return
    mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
    moved = [_moved(run, box) for run in outlines]
    _follow(ImageDraw.Draw(mask), moved, stroke, scale, round(255 * stroke.opacity))
    if stroke.clip:
        mask = _clipped(mask, [_moved(_scaled(run, scale), box) for run in stroke.clip])
    image.paste(color, box, mask)


def _follow(
    brush: ImageDraw.ImageDraw, outlines: Sequence[Run], stroke: Stroke, scale: float, color: RGB | int
) -> None:
    for run in outlines:
        if not stroke.width:
            brush.polygon(run, fill=color)
            continue
        for piece in ribbon(run, max(1.0, stroke.width * scale)):
            brush.polygon(piece, fill=color)
        if stroke.is_round:
            for end in (run[0], run[-1]):
                brush.circle(end, stroke.width * scale / 2, fill=color)


def _clipped(mask: Image.Image, clip: Sequence[Run]) -> Image.Image:
    window = Image.new("L", mask.size)
    for run in clip:
        ImageDraw.Draw(window).polygon(run, fill=255)
    return Image.composite(mask, Image.new("L", mask.size), window)


def _box(outlines: Sequence[Run], width: float, side: int) -> tuple[int, int, int, int] | None:
    xs = [x for run in outlines for x, _ in run]
    ys = [y for run in outlines for _, y in run]
    left, top = max(0, int(min(xs) - width) - 1), max(0, int(min(ys) - width) - 1)
    right, bottom = min(side, int(max(xs) + width) + 2), min(side, int(max(ys) + width) + 2)
    return (left, top, right, bottom) if left < right and top < bottom else None


def _scaled(run: Run, scale: float) -> Run:
    return [(x * scale, y * scale) for x, y in run]


def _moved(run: Run, box: tuple[int, int, int, int]) -> Run:
    return [(x - box[0], y - box[1]) for x, y in run]
