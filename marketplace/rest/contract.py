"""The application that keeps the public contract: problem documents for everything, and a document of itself."""

from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from marketplace.rest.errors import too_large
from marketplace.rest.requests import name_of
from marketplace.rest.shapes.base import Problem

SHAPES: Final = "#/components/schemas/{model}"
BEARER: Final = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "The `access_token` of `/auth/login`; after `expires_in` seconds `/auth/refresh` gives the next.",
}


class Contract(FastAPI):
    """FastAPI, with what it says by itself put into the words of the contract."""

    def openapi(self) -> dict[str, Any]:
        """Describe every route, with the one shape of a refusal and the way to say who calls."""
        if self.openapi_schema is None:
            _, problem = models_json_schema([(Problem, "serialization")], ref_template=SHAPES)
            components = super().openapi()["components"]
            components["schemas"] |= problem["$defs"]
            components["securitySchemes"] = {"bearer": BEARER}
        return self.openapi_schema or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; a body that announces itself too long is refused as everything is refused.

        Where it does, the framework drops our answer for one of its own words, under no name.
        """
        is_replaced = False

        async def in_our_words(message: Message) -> None:
            nonlocal is_replaced
            if message["type"] == "http.response.start" and _is_of_the_framework(message):
                is_replaced = True
                await too_large(name_of(scope))(scope, receive, send)
            elif not is_replaced:
                await send(message)

        await super().__call__(scope, receive, in_our_words)


def _is_of_the_framework(message: Message) -> bool:
    kind = Headers(raw=message["headers"]).get("content-type", "")
    return bool(message["status"] == HTTPStatus.REQUEST_ENTITY_TOO_LARGE) and kind.startswith("text/plain")
