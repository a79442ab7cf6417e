"""Makes the served fonts out of the font packages: `uv run poe fonts`.

The result is committed, so that a build needs neither fonttools nor the packages. Latin is one variable file,
pinned to normal width and cut to the letters of European shops; Arabic is three weights.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

SERVED: Final = Path(__file__).parent.parent / "assets" / "fonts"

LATIN: Final = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026),
    *(0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193),
    *(0x2202, 0x2212, 0x2215, 0x221A, 0x2248, 0x2260, 0x2264, 0x2265, 0x25CF, 0x00D7, 0x202F, 0x2009),
]

ARABIC: Final = [
    *range(0x0600, 0x0700),
    *range(0x0750, 0x0780),
    *range(0x08A0, 0x0900),
    *range(0xFB50, 0xFE00),
    *range(0xFE70, 0xFF00),
    *range(0x200C, 0x2010),
]

ARABIC_WEIGHTS: Final = {400: "Regular", 500: "Medium", 600: "SemiBold"}


def make(folder: Path = SERVED) -> None:
    """Write the four files, the same whenever they are made, and say how large they are."""
    latin = _cut(_read(files("fontpkg_ibm_plex_sans") / "files" / "IBMPlexSans[wdth,wght].ttf"), LATIN)
    _save(instancer.instantiateVariableFont(latin, {"wdth": 100, "wght": (400, 700)}), folder / "plex-sans.woff2")
    for weight, name in ARABIC_WEIGHTS.items():
        arabic = _read(files("fontpkg_ibm_plex_sans_arabic") / "files" / f"IBMPlexSansArabic-{name}.ttf")
        _save(_cut(arabic, ARABIC), folder / f"plex-sans-arabic-{weight}.woff2")


def _read(file: Traversable) -> TTFont:
    return TTFont(file, recalcTimestamp=False)


def _cut(font: TTFont, letters: list[int]) -> TTFont:
    options = subset.Options(layout_features=["*"], hinting=False, name_IDs=["*"])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    return font


def _save(font: TTFont, file: Path) -> None:
    font.flavor = "woff2"
    file.parent.mkdir(parents=True, exist_ok=True)
    font.save(file)
    print(f"{file.name}: {file.stat().st_size // 1024} KB")  # noqa: T201 (the answer of the task)


if __name__ == "__main__":
    make()
