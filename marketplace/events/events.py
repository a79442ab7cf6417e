"""What a fact is: past tense, frozen, ids and plain values, under a versioned topic."""

from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar, TypeVar

from pydantic import TypeAdapter

from marketplace.kernel.ids import StoreId

E = TypeVar("E", bound="Event")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. Its topic is `slice.fact.vN`; a change of meaning is a new version."""

    topic: ClassVar[str]

    @property
    def aggregate(self) -> str:
        """What the fact is about: facts of one aggregate reach a consumer in order."""
        raise NotImplementedError

    @property
    def concerns_store(self) -> StoreId | None:
        """The store whose business this is, when it is one store's."""
        return getattr(self, "store_id", None)


def body_of(event: Event) -> dict[str, Any]:
    """The fields of a fact as JSON values."""
    kind = type(event)
    body: dict[str, Any] = _adapter(kind).dump_python(event, mode="json")  # type: ignore[arg-type]  # classes do hash
    return body


def read_body(kind: type[E], body: dict[str, Any]) -> E:
    """Read a fact back; fields that a newer sender added are ignored."""
    known = {field.name for field in fields(kind)}
    values = {name: value for name, value in body.items() if name in known}
    event: E = _adapter(kind).validate_python(values)  # type: ignore[arg-type]  # classes do hash
    return event


@cache
def _adapter(kind: type[Event]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
