"""What the browser sends to a handler, read by the handler's annotations: they promise nothing by themselves."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, get_type_hints

from pydantic import TypeAdapter, ValidationError

from marketplace.kernel.errors import FieldProblem, Invalid
from marketplace.kernel.words import mark

UNREADABLE: Final = mark("This page sent something we cannot read. Load it again.")
CHECK_FIELDS: Final = mark("Some fields need another look.")
SAID: Final = {
    "missing": mark("Fill this in."),
    "string_too_short": mark("Fill this in."),
    "too_short": mark("Fill this in."),
    "string_too_long": mark("This is too long."),
    "too_long": mark("This is too long."),
    "int_parsing": mark("Write a whole number."),
    "int_from_float": mark("Write a whole number."),
    "decimal_parsing": mark("Write a number."),
    "greater_than_equal": mark("This is too small."),
    "greater_than": mark("This is too small."),
    "less_than_equal": mark("This is too large."),
    "less_than": mark("This is too large."),
    "enum": mark("Choose one of these."),
    "literal_error": mark("Choose one of these."),
}
OTHERWISE: Final = mark("This cannot be taken as it is.")


@dataclass(frozen=True, slots=True)
class Reading:
    """The parameters of a handler after `self`, each with what reads it."""

    names: tuple[str, ...]
    readers: Mapping[str, TypeAdapter[Any]]

    def read(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """Read what was sent; refuses what does not fit, with the fields of a form named."""
        sent = {**dict(zip(self.names, args, strict=False)), **kwargs}
        return {name: self._read_one(name, value) for name, value in sent.items()}

    def _read_one(self, name: str, value: object) -> object:
        try:
            return self.readers[name].validate_python(value)
        except KeyError:
            raise Invalid(UNREADABLE, code="page.unknown_argument") from None
        except ValidationError as invalid:
            raise _refusal(invalid) from None


def reading_of(handler: Callable[..., Any]) -> Reading:
    """Learn how to read a handler's arguments."""
    names = tuple(inspect.signature(handler).parameters)[1:]
    hints = get_type_hints(handler, include_extras=True)
    return Reading(names, {name: TypeAdapter(hints[name]) for name in names})


def _refusal(invalid: ValidationError) -> Invalid:
    problems = invalid.errors(include_input=False, include_url=False, include_context=False)
    if not all(problem["loc"] for problem in problems):
        return Invalid(UNREADABLE, code="page.malformed_argument")
    fields = tuple(
        FieldProblem(str(problem["loc"][0]), f"field.{problem['type']}", _sentence(problem)) for problem in problems
    )
    return Invalid(CHECK_FIELDS, code="page.fields", fields=fields)


def _sentence(problem: Any) -> str:  # noqa: ANN401 (pydantic's ErrorDetails, a TypedDict with optional parts)
    if problem["type"] == "value_error":
        return str(problem["msg"]).removeprefix("Value error, ")
    return SAID.get(problem["type"], OTHERWISE)
