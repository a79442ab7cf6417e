"""What is told to the outside under a topic is told under it for good: another meaning is another version."""

from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

from marketplace import flows
from marketplace.events import Event
from tests.architecture.house_rules import slices
from tests.snapshots import kept

ROOT: Final = Path(__file__).parents[2]
KEPT: Final = Path(__file__).parent / "topics.txt"


def published() -> Iterator[type[Event]]:
    """Find every fact that a slice can publish."""
    for name in slices(ROOT):
        if (ROOT / "marketplace" / name / "events.py").exists():
            module = import_module(f"marketplace.{name}.events")
            yield from (
                fact for fact in vars(module).values() if isinstance(fact, type) and _is_published(fact, module)
            )


def _is_published(fact: type, module: ModuleType) -> bool:
    return issubclass(fact, Event) and fact.__module__ == module.__name__ and "topic" in vars(fact)


class TestTopics:
    def test_and_what_they_carry_are_those_that_are_kept(self) -> None:
        found = sorted(
            f"{fact.topic}: {', '.join(sorted(field.name for field in fields(fact)))}" for fact in published()
        )

        assert found == kept(KEPT, found)

    def test_are_the_only_ones_that_anybody_reacts_to(self) -> None:
        heard = set(flows.consumers())

        assert heard - {fact.topic for fact in published()} == set()
