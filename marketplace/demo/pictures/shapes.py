"""Shapes: the things we draw, kept as small SVG files whose colours are names.

A shape says `fill="body"` where a jar may be of any colour, and a colour outright where paper is always paper.
The subset of SVG: path, rect, circle, ellipse, g, one clipPath; fill, stroke, opacity, transform.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from marketplace.demo.pictures.paths import Point, Run, box, ellipse, runs

FOLDER: Final = Path(__file__).parent / "shapes"
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_TRANSFORM = re.compile(r"(\w+)\(([^)]*)\)")

Matrix = tuple[float, float, float, float, float, float]
_SAME: Final[Matrix] = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Stroke:
    """One move of the brush: outlines to fill, or to follow with a width."""

    runs: tuple[Run, ...]
    paint: str
    opacity: float
    width: float = 0.0
    is_round: bool = False
    clip: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class _Style:
    fill: str = "#000"
    stroke: str = "none"
    width: float = 1.0
    opacity: float = 1.0
    is_round: bool = False
    matrix: Matrix = _SAME
    clip: tuple[Run, ...] = field(default=())


def names() -> list[str]:
    """Everything that can be drawn."""
    return sorted(file.stem for file in FOLDER.glob("*.svg"))


@cache
def shape(name: str) -> tuple[Stroke, ...]:
    """The brush strokes of a shape, in the order they are painted."""
    root = ET.parse(FOLDER / f"{name}.svg").getroot()  # noqa: S314 (our own files)
    clips = {
        f"url(#{clip.get('id')})": tuple(run for child in clip for run in _runs(child, _SAME))
        for clip in root.iter(f"{_NAMESPACE}clipPath")
    }
    return tuple(_strokes(root, _Style(), clips))


def _strokes(element: ET.Element, outer: _Style, clips: dict[str, tuple[Run, ...]]) -> Iterator[Stroke]:
    style = _styled(element, outer, clips)
    for child in element:
        if child.tag == f"{_NAMESPACE}clipPath":
            continue
        if child.tag == f"{_NAMESPACE}g":
            yield from _strokes(child, style, clips)
        else:
            yield from _painted(child, _styled(child, style, clips))


def _painted(element: ET.Element, style: _Style) -> Iterator[Stroke]:
    outline = tuple(_runs(element, style.matrix))
    if style.fill != "none":
        yield Stroke(outline, style.fill, style.opacity, clip=style.clip)
    if style.stroke != "none" and style.width > 0:
        width = style.width * math.sqrt(abs(style.matrix[0] * style.matrix[3] - style.matrix[1] * style.matrix[2]))
        yield Stroke(outline, style.stroke, style.opacity, width, style.is_round, style.clip)


def _styled(element: ET.Element, outer: _Style, clips: dict[str, tuple[Run, ...]]) -> _Style:
    clip = clips.get(element.get("clip-path", ""), ())
    return _Style(
        fill=element.get("fill", outer.fill),
        stroke=element.get("stroke", outer.stroke),
        width=float(element.get("stroke-width", outer.width)),
        opacity=float(element.get("opacity", 1)) * outer.opacity,
        is_round=element.get("stroke-linecap", "round" if outer.is_round else "butt") == "round",
        matrix=_times(outer.matrix, _matrix(element.get("transform", ""))),
        clip=tuple(_moved(run, outer.matrix) for run in clip) or outer.clip,
    )


def _runs(element: ET.Element, matrix: Matrix) -> list[Run]:
    return [_moved(run, matrix) for run in _outline(element)]


def _outline(element: ET.Element) -> list[Run]:
    def number(name: str) -> float:
        return float(element.get(name, 0))

    match element.tag.removeprefix(_NAMESPACE):
        case "path":
            return runs(element.get("d", ""))
        case "rect":
            return [box(number("x"), number("y"), number("width"), number("height"), number("rx"))]
        case "circle":
            return [ellipse((number("cx"), number("cy")), number("r"), number("r"))]
        case "ellipse":
            return [ellipse((number("cx"), number("cy")), number("rx"), number("ry"))]
    message = f"A shape cannot hold <{element.tag}>."
    raise ValueError(message)


def _matrix(text: str) -> Matrix:
    matrix = _SAME
    for kind, listed in _TRANSFORM.findall(text):
        numbers = [float(number) for number in listed.replace(",", " ").split()]
        matrix = _times(matrix, _one(kind, numbers))
    return matrix


def _one(kind: str, numbers: list[float]) -> Matrix:
    if kind == "translate":
        return (1, 0, 0, 1, numbers[0], numbers[1] if len(numbers) > 1 else 0)
    if kind == "scale":
        return (numbers[0], 0, 0, numbers[-1], 0, 0)
    turn = math.radians(numbers[0])
    around: Point = (numbers[1], numbers[2]) if len(numbers) > 1 else (0, 0)
    turned: Matrix = (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0, 0)
    there, back = (1.0, 0.0, 0.0, 1.0, *around), (1.0, 0.0, 0.0, 1.0, -around[0], -around[1])
    return _times(_times(there, turned), back)


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[2] * b[1],
        a[1] * b[0] + a[3] * b[1],
        a[0] * b[2] + a[2] * b[3],
        a[1] * b[2] + a[3] * b[3],
        a[0] * b[4] + a[2] * b[5] + a[4],
        a[1] * b[4] + a[3] * b[5] + a[5],
    )


def _moved(run: Run, matrix: Matrix) -> Run:
    if matrix == _SAME:
        return run
    a, b, c, d, e, f = matrix
    return [(a * x + c * y + e, b * x + d * y + f) for x, y in run]
