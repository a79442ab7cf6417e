"""A fact of no slice, for tests of how facts travel."""

from dataclasses import dataclass
from typing import ClassVar

from marketplace.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BellRang(Event):
    """A bell was rung."""

    topic: ClassVar[str] = "tests.bell_rang.v1"

    bell: str
    times: int = 1

    @property
    def aggregate(self) -> str:
        """The bell."""
        return f"bell:{self.bell}"
