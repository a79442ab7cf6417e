"""Colours: eight soft grounds and the families that things are painted in."""

from dataclasses import dataclass
from typing import Final

RGB = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Ground:
    """The wall and the table of a scene."""

    wall: str
    table: str


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours of one thing: its body, what is lit, what is in shade, and the trim."""

    body: str
    trim: str

    def color(self, name: str) -> RGB:
        """The colour behind a name of a shape; a colour outright stands for itself."""
        match name:
            case "body":
                return rgb(self.body)
            case "shade":
                return mixed(rgb(self.body), _DARK, 0.28)
            case "light":
                return mixed(rgb(self.body), _LIGHT, 0.32)
            case "trim":
                return rgb(self.trim)
            case "trim-shade":
                return mixed(rgb(self.trim), _DARK, 0.25)
        return rgb(name)


_DARK: Final[RGB] = (34, 22, 14)
_LIGHT: Final[RGB] = (255, 246, 230)

GROUNDS: Final = (
    Ground("#efe5d3", "#e3d5bc"),
    Ground("#d9e4ea", "#c5d5de"),
    Ground("#dfe6d3", "#cdd8bc"),
    Ground("#f6e8c4", "#ecd8a4"),
    Ground("#e9dcea", "#dac6db"),
    Ground("#f3ddd3", "#e8c9bb"),
    Ground("#d7e8df", "#c0d9cc"),
    Ground("#ecd2c1", "#dfbda6"),
)

COLORS: Final = {
    "black": "#3b3633",
    "white": "#f4efe6",
    "cream": "#efe0c4",
    "sand": "#d9bd8e",
    "oak": "#b98a50",
    "walnut": "#7a4e2f",
    "brown": "#5b3a29",
    "copper": "#c07a4f",
    "brass": "#c9973f",
    "steel": "#c3beb6",
    "sage": "#8fa889",
    "olive": "#7c8a45",
    "green": "#3f7a5f",
    "teal": "#4f8f86",
    "sky": "#9dbfcd",
    "blue": "#4a6f9c",
    "navy": "#34485f",
    "lilac": "#a993b8",
    "plum": "#7f4468",
    "blush": "#d9a08d",
    "rose": "#c4737a",
    "red": "#ab4438",
    "terracotta": "#c9785a",
    "saffron": "#d9a441",
}
"""The colours things come in, by the word a title uses for them."""


def rgb(text: str) -> RGB:
    """Read a colour written as #abc or #aabbcc."""
    digits = text.removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004 (the short form of CSS)
        digits = "".join(digit * 2 for digit in digits)
    return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16))


def mixed(color: RGB, other: RGB, part: float) -> RGB:
    """A colour with a part of another in it."""
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(color, other, strict=True))
    return (red, green, blue)


def distance(color: RGB, other: RGB) -> int:
    """How unlike two colours are."""
    return sum(abs(a - b) for a, b in zip(color, other, strict=True))
