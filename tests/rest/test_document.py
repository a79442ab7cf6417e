"""The document that integrators read."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

from pydantic import TypeAdapter

from marketplace.rest.app import make_app
from marketplace.rest.shapes.base import Moment, Shape


class TestDocument:
    def test_names_each_shape_by_its_own_word(self) -> None:
        """A shape that shares its name with another is named after modules of ours, which a contract must not know."""
        named = make_app().openapi()["components"]["schemas"]

        assert [name for name in named if not name.replace("_", "").isalnum() or "__" in name] == []


class TestInstants:
    def test_are_said_in_utc(self) -> None:
        in_riyadh = datetime(2026, 11, 30, 14, tzinfo=timezone(timedelta(hours=3)))

        said = TypeAdapter(Moment).validate_python(in_riyadh)

        assert (said, said.tzinfo) == (in_riyadh, UTC)

    def test_are_none_but_such_in_all_that_we_say(self) -> None:
        fields = [
            (f"{shape.__name__}.{name}", field)
            for shape in _shapes(Shape)
            for name, field in shape.model_fields.items()
            if "datetime.datetime" in str(field.annotation) or field.annotation is datetime
        ]

        assert fields
        assert [name for name, field in fields if "_in_utc" not in f"{field.annotation} {field.metadata}"] == []


def _shapes(parent: type[Shape]) -> Iterator[type[Shape]]:
    for shape in parent.__subclasses__():
        yield shape
        yield from _shapes(shape)
