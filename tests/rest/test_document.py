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

    def test_leads_every_reference_somewhere(self) -> None:
        """A reference that ends nowhere stops whoever makes a client of the document."""
        document = make_app().openapi()
        shapes = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}

        assert set(_references(document)) <= shapes

    def test_says_how_a_caller_says_who_he_is(self) -> None:
        document = make_app().openapi()
        operations = {
            f"{method.upper()} {path}": operation
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        }

        assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
        assert operations["POST /auth/login"]["security"] == []
        assert operations["GET /products"]["security"] == [{}, {"bearer": []}]
        assert operations["GET /me"]["security"] == [{"bearer": []}]

    def test_names_every_route_by_what_it_promises(self) -> None:
        document = make_app().openapi()

        summaries = [operation["summary"] for methods in document["paths"].values() for operation in methods.values()]
        assert "Price the cart as things stand" in summaries
        assert [summary for summary in summaries if " " not in summary] == []

    def test_tells_of_the_headers_that_a_client_acts_on(self) -> None:
        answers = make_app().openapi()["paths"]["/checkouts"]["post"]["responses"]

        assert "Idempotent-Replayed" in answers["201"]["headers"]
        assert "Retry-After" in answers["429"]["headers"]
        assert answers["409"]["content"]["application/problem+json"]["schema"] == {
            "$ref": "#/components/schemas/Problem"
        }


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


def _references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (value for name, value in part.items() if name == "$ref")
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _references(value)


def _shapes(parent: type[Shape]) -> Iterator[type[Shape]]:
    for shape in parent.__subclasses__():
        yield shape
        yield from _shapes(shape)
