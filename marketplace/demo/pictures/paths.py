"""Outlines: SVG path data turned into runs of points, fine enough for the largest picture."""

import math
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

Point = tuple[float, float]
Run = list[Point]

_PIECES = re.compile(r"([MmLlHhVvCcQqSsTtAaZz])|(-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)")
_COUNTS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_UNITS_PER_SEGMENT: Final = 2.5
_FEWEST, _MOST = 6, 48
_SHARPEST: Final = 0.2
_LONGEST_MITER: Final = 1.8


def runs(data: str) -> list[Run]:
    """The sub-paths of some path data, each a run of points; a closed one ends where it began."""
    pen = _Pen()
    for command, numbers in _commands(data):
        pen.follow(command, numbers)
    return [run for run in pen.runs if len(run) > 1]


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    command, numbers = "", list[float]()
    for letter, number in _PIECES.findall(data):
        if letter:
            yield from _repeated(command, numbers)
            command, numbers = letter, []
        else:
            numbers.append(float(number))
    yield from _repeated(command, numbers)


def _repeated(command: str, numbers: list[float]) -> Iterator[tuple[str, list[float]]]:
    if not command:
        return
    count = _COUNTS[command.upper()]
    if count == 0:
        yield command, []
        return
    for start in range(0, len(numbers), count):
        yield command, numbers[start : start + count]
        command = {"M": "L", "m": "l"}.get(command, command)


class _Pen:
    """Follows commands and leaves points behind."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self._at: Point = (0.0, 0.0)
        self._control: Point | None = None

    def follow(self, command: str, numbers: list[float]) -> None:
        kind = command.upper()
        if kind == "Z":
            self._close()
            return
        if kind in "HV":
            kind, numbers = "L", self._straight(command, numbers[0])
        elif command.islower():
            numbers = self._from_here(kind, numbers)
        draw: dict[str, Callable[[list[float]], None]] = {
            "M": self._move,
            "L": self._line,
            "C": self._cubic,
            "S": self._smooth_cubic,
            "Q": self._quadratic,
            "T": self._smooth_quadratic,
            "A": self._arc,
        }
        if kind not in "CSQT":
            self._control = None
        draw[kind](numbers)

    def _straight(self, command: str, number: float) -> list[float]:
        x, y = self._at
        if command == "H":
            return [number, y]
        if command == "h":
            return [x + number, y]
        return [x, number] if command == "V" else [x, y + number]

    def _from_here(self, kind: str, numbers: list[float]) -> list[float]:
        x, y = self._at
        if kind == "A":
            return [*numbers[:5], numbers[5] + x, numbers[6] + y]
        return [number + (y if index % 2 else x) for index, number in enumerate(numbers)]

    def _move(self, to: list[float]) -> None:
        self._at = (to[0], to[1])
        self.runs.append([self._at])

    def _line(self, to: list[float]) -> None:
        self._at = (to[0], to[1])
        self.runs[-1].append(self._at)

    def _close(self) -> None:
        self._at = self.runs[-1][0]
        self.runs[-1].append(self._at)
        self.runs.append([self._at])

    def _cubic(self, numbers: list[float]) -> None:
        start = self._at
        one, two, end = (numbers[0], numbers[1]), (numbers[2], numbers[3]), (numbers[4], numbers[5])
        self._trace([start, one, two, end])
        self._control = two

    def _smooth_cubic(self, numbers: list[float]) -> None:
        mirrored = self._mirrored()
        self._cubic([*mirrored, *numbers])

    def _quadratic(self, numbers: list[float]) -> None:
        control, end = (numbers[0], numbers[1]), (numbers[2], numbers[3])
        self._trace([self._at, control, end])
        self._control = control

    def _smooth_quadratic(self, numbers: list[float]) -> None:
        self._quadratic([*self._mirrored(), *numbers])

    def _mirrored(self) -> Point:
        x, y = self._at
        if self._control is None:
            return self._at
        return (2 * x - self._control[0], 2 * y - self._control[1])

    def _trace(self, points: list[Point]) -> None:
        length = sum(math.dist(a, b) for a, b in pairwise(points))
        steps = segments(length)
        self.runs[-1].extend(_bezier(points, step / steps) for step in range(1, steps + 1))
        self._at = points[-1]

    def _arc(self, numbers: list[float]) -> None:
        radius_x, radius_y, _tilt, is_large, is_swept, x, y = numbers
        start, end = self._at, (x, y)
        self.runs[-1].extend(_arc(start, end, (radius_x, radius_y), bool(is_large), bool(is_swept)))
        self._at = end


def segments(length: float) -> int:
    """How many straight pieces a curve of that length is cut into."""
    return max(_FEWEST, min(_MOST, math.ceil(length / _UNITS_PER_SEGMENT)))


def ellipse(center: Point, radius_x: float, radius_y: float) -> Run:
    """An ellipse as a closed run."""
    steps = 2 * segments(math.pi * (radius_x + radius_y) / 2)
    turns = (2 * math.pi * step / steps for step in range(steps))
    run = [(center[0] + radius_x * math.cos(turn), center[1] + radius_y * math.sin(turn)) for turn in turns]
    return [*run, run[0]]


def box(x: float, y: float, width: float, height: float, radius: float) -> Run:
    """A rectangle, its corners rounded, as a closed run."""
    if radius <= 0:
        return [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
    r = min(radius, width / 2, height / 2)
    corners = (
        (x + width - r, y + r, -90),
        (x + width - r, y + height - r, 0),
        (x + r, y + height - r, 90),
        (x + r, y + r, 180),
    )
    run = [
        (
            cx + r * math.cos(math.radians(turn + step * 90 / _FEWEST)),
            cy + r * math.sin(math.radians(turn + step * 90 / _FEWEST)),
        )
        for cx, cy, turn in corners
        for step in range(_FEWEST + 1)
    ]
    return [*run, run[0]]


def ribbon(run: Run, width: float) -> Iterator[Run]:
    """The pieces of a line of that width along a run; neighbours share their edge, so that no gap shows in a bend."""
    run = [point for point, before in zip(run, [None, *run], strict=False) if point != before]
    is_closed = run[0] == run[-1]
    sides = [_side(run, index, width / 2, is_closed=is_closed) for index in range(len(run))]
    for (a, side_a), (b, side_b) in pairwise(zip(run, sides, strict=True)):
        yield [_shifted(a, side_a, 1), _shifted(b, side_b, 1), _shifted(b, side_b, -1), _shifted(a, side_a, -1)]


def _side(run: Run, index: int, reach: float, *, is_closed: bool) -> Point:
    """Where the edge of the line lies beside a point: square to the bend there."""
    last = len(run) - 1
    before = run[index - 1] if index else run[-2] if is_closed else run[0]
    after = run[index + 1] if index < last else run[1] if is_closed else run[last]
    one, two = _heading(before, run[index]), _heading(run[index], after)
    if one == (0.0, 0.0) or two == (0.0, 0.0):
        way = two if one == (0.0, 0.0) else one
        return (-way[1] * reach, way[0] * reach)
    x, y = one[0] + two[0], one[1] + two[1]
    length = math.hypot(x, y)
    if length < _SHARPEST:
        return (-two[1] * reach, two[0] * reach)
    stretch = reach * min(_LONGEST_MITER, 2 / length)
    return (-y / length * stretch, x / length * stretch)


def _heading(start: Point, end: Point) -> Point:
    length = math.dist(start, end)
    return ((end[0] - start[0]) / length, (end[1] - start[1]) / length) if length else (0.0, 0.0)


def _shifted(point: Point, by: Point, sign: int) -> Point:
    return (point[0] + sign * by[0], point[1] + sign * by[1])


def _bezier(points: list[Point], t: float) -> Point:
    while len(points) > 1:
        points = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(points)]
    return points[0]


def _arc(start: Point, end: Point, radii: Point, is_large: bool, is_swept: bool) -> Run:  # noqa: FBT001 (the flags of SVG)
    """An elliptic arc by the center parametrisation of the SVG specification, without tilt."""
    radius_x, radius_y = radii
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    reach = math.hypot(half_x / radius_x, half_y / radius_y)
    if reach > 1:
        radius_x, radius_y = radius_x * reach, radius_y * reach
    square = max(0.0, 1 / math.hypot(half_x / radius_x, half_y / radius_y) ** 2 - 1)
    factor = math.sqrt(square) * (-1 if is_large == is_swept else 1)
    inner_x, inner_y = factor * radius_x * half_y / radius_y, -factor * radius_y * half_x / radius_x
    center = (inner_x + (start[0] + end[0]) / 2, inner_y + (start[1] + end[1]) / 2)
    first = math.atan2((half_y - inner_y) / radius_y, (half_x - inner_x) / radius_x)
    last = math.atan2((-half_y - inner_y) / radius_y, (-half_x - inner_x) / radius_x)
    sweep = (last - first) % (2 * math.pi) if is_swept else -((first - last) % (2 * math.pi))
    steps = segments(abs(sweep) * max(radius_x, radius_y))
    turns = (first + sweep * step / steps for step in range(1, steps + 1))
    return [(center[0] + radius_x * math.cos(turn), center[1] + radius_y * math.sin(turn)) for turn in turns]
