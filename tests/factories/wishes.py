"""Requests made from the document: for every route a body that its schema takes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from marketplace.rest.routing import access_of

Schema = Mapping[str, Any]

PATTERNS: Mapping[str, str] = {"^[A-Za-z]{2}$": "SA", "^[A-Z]{3}$": "SAR"}


@dataclass(frozen=True)
class Call:
    """A route, and the least that it takes."""

    method: str
    path: str
    access: str
    body: Any

    @property
    def name(self) -> str:
        """What the test is called."""
        return f"{self.method} {self.path}"

    def to(self, ids: Mapping[str, object]) -> str:
        """The path with these ids in it."""
        return self.path.format_map(ids)


def calls(app: FastAPI, routes: list[APIRoute]) -> Iterator[Call]:
    """Every route of the application."""
    document = app.openapi()
    for route in routes:
        for method in sorted(route.methods or ()):
            operation = document["paths"][route.path][method.lower()]
            schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            body = None if schema is None else least(schema, document)
            yield Call(method, route.path, access_of(route) or "", body)


def least(schema: Schema, document: Schema) -> Any:  # noqa: ANN401 (JSON)
    """The least that a schema takes: required fields alone, the first of the choices, the lowest figures."""
    if "$ref" in schema:
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return least(found, document)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return least(next(one for one in schema[choice] if one.get("type") != "null"), document)
    if "const" in schema or "enum" in schema:
        return schema.get("const") or schema["enum"][0]
    return _of_type(schema, document)


def _of_type(schema: Schema, document: Schema) -> Any:  # noqa: ANN401 (JSON)
    kind = schema.get("type")
    if kind == "object":
        fields = schema.get("properties", {})
        return {name: least(fields[name], document) for name in schema.get("required", ())}
    if kind == "array":
        return [least(schema["items"], document)] * max(1, schema.get("minItems", 0))
    if kind in {"integer", "number"}:
        return int(max(schema.get("minimum", 1), schema.get("exclusiveMinimum", 0) + 1, 1))
    if kind == "boolean":
        return True
    return _text(schema)


def _text(schema: Schema) -> str:
    if schema.get("format") == "uuid":
        return "01a1ffbc-0000-7000-8000-000000000000"
    return PATTERNS.get(str(schema.get("pattern")), "1" * max(1, int(schema.get("minLength", 1))))
