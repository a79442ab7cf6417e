"""A fact of no slice, for tests of how facts travel; and samples of any kind of fact."""

from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, get_args

from marketplace.events import Event
from marketplace.kernel.ids import new_uuid


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


def sample(kind: type[Any]) -> Any:  # noqa: ANN401 (a fact of any kind)
    """A fact of a kind, with something in every field."""
    samples = {"str": "word", "int": 1, "bool": True, "UUID": new_uuid()}

    def value(annotation: Any) -> Any:  # noqa: ANN401 (whatever the field holds)
        if hasattr(annotation, "__supertype__"):
            return annotation(new_uuid())
        if get_args(annotation):
            return value(get_args(annotation)[0]) if type(None) in get_args(annotation) else ("word",)
        if hasattr(annotation, "__members__"):
            return next(iter(annotation))
        return samples[annotation.__name__]

    filled = {field.name: value(field.type) for field in fields(kind)}
    return kind(**(filled | {"currency": "SAR"} if "currency" in filled else filled))


def variants(fact: Any) -> list[Any]:  # noqa: ANN401 (a fact of any kind)
    """A fact with every yes or no and every state in turn."""
    found = [fact]
    for field in fields(fact):
        current = getattr(fact, field.name)
        if isinstance(current, bool):
            found += [replace(one, **{field.name: not current}) for one in list(found)]
        elif hasattr(type(current), "__members__"):
            found += [replace(one, **{field.name: other}) for one in list(found) for other in type(current)]
    return found
