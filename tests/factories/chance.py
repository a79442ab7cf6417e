"""Chance for tests that does not fall as one would like."""

from collections.abc import Sequence
from random import Random


class Unlucky(Random):
    """Chance that always falls on the same letter, and on the same number."""

    def choices(self, population: Sequence[str], *_: object, k: int = 1, **__: object) -> list[str]:  # type: ignore[override]
        """Draw it so many times."""
        return [population[0]] * k

    def randrange(self, *_: object, **__: object) -> int:
        """Draw the first one."""
        return 0
