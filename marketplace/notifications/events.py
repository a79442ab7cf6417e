"""What notifications tell the others."""

from dataclasses import dataclass
from typing import ClassVar

from marketplace.events import Event
from marketplace.kernel.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed(Event):
    """These people have something new to read; their bells ring."""

    topic: ClassVar[str] = "notifications.noticed.v1"

    user_ids: tuple[UserId, ...]

    @property
    def aggregate(self) -> str:
        """The bells: their order does not matter."""
        return f"bell:{self.user_ids[0]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Event):
    """What these people were asked for is done: their bells count it no more."""

    topic: ClassVar[str] = "notifications.answered.v1"

    user_ids: tuple[UserId, ...]

    @property
    def aggregate(self) -> str:
        """The bells: their order does not matter."""
        return f"bell:{self.user_ids[0]}"
