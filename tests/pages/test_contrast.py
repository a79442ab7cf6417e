"""Words can be read on everything they may stand on, in light and dark (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "assets" / "tokens.css").read_text()
ROLES = dict(re.findall(r"--([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", TOKENS))
GROUNDS = ("canvas", "surface", "raised", "sunken")

PAIRS = [
    *(
        (word, ground, 4.5)
        for word in ("ink", "muted", "accent-ink", "good", "warn", "bad", "info")
        for ground in GROUNDS
    ),
    *((tone, f"{tone}-soft", 4.5) for tone in ("good", "warn", "bad", "info")),
    *((word, f"{tone}-soft", 4.5) for word in ("ink", "muted") for tone in ("accent", "good", "warn", "bad", "info")),
    ("accent-ink", "accent-soft", 4.5),
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-hover", 4.5),
    ("on-accent", "bad-fill", 4.5),
    *((mark, ground, 3.0) for mark in ("edge", "focus", "accent") for ground in ("canvas", "surface", "raised")),
    *(("star", ground, 3.0) for ground in ("canvas", "surface")),
]


def _luminance(color: str) -> float:
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


class TestContrast:
    @pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
    @pytest.mark.parametrize(("word", "ground", "least"), PAIRS, ids=str)
    def test_is_enough(self, word: str, ground: str, least: float, theme: int) -> None:
        assert _contrast(ROLES[word].split(", ")[theme], ROLES[ground].split(", ")[theme]) >= least
