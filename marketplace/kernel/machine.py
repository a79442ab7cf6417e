"""State machines as tables: what may happen next is data, not a thicket of ifs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from marketplace.kernel.errors import Conflict

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Machine(Generic[S, A]):
    """States, the actions open in each, and where each action leads."""

    noun: str
    initial: S
    moves: Mapping[S, Mapping[A, S]]

    def after(self, state: S, action: A) -> S:
        """Where the action leads from here; refuses where it leads nowhere."""
        target = self.moves[state].get(action)
        if target is None:
            code = f"{self.noun.replace(' ', '_').replace('-', '_')}.cannot_{action}"
            raise Conflict(
                "A {state} {noun} cannot {action}.",
                code=code,
                state=state.replace("_", " "),
                noun=self.noun,
                action=action.replace("_", " "),
            )
        return target

    def allows(self, state: S, action: A) -> bool:
        """Whether the action is open in this state."""
        return action in self.moves[state]

    def reachable(self) -> frozenset[S]:
        """Every state some path leads to from the initial one."""
        seen: set[S] = set()
        frontier = [self.initial]
        while frontier:
            state = frontier.pop()
            if state not in seen:
                seen.add(state)
                frontier.extend(self.moves[state].values())
        return frozenset(seen)
