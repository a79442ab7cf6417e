"""The application that keeps the public contract: problem documents for everything, and a document of itself."""

from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from pydantic.json_schema import models_json_schema
from starlette.datastructures import Headers, MutableHeaders
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

    def __init__(self, **declared: Any) -> None:  # noqa: ANN401 (what FastAPI takes)
        super().__init__(**declared)
        self._declared: list[APIRoute] = []

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

        Where it does, the framework drops our answer for one of its own words, under no name. Of what may be done at an
        address, it names what its first route may do.
        """
        is_replaced = False

        async def in_our_words(message: Message) -> None:
            nonlocal is_replaced
            if message["type"] == "http.response.start" and _is_of_the_framework(message):
                is_replaced = True
                await too_large(name_of(scope))(scope, receive, send)
                return
            if message["type"] == "http.response.start" and message["status"] == HTTPStatus.METHOD_NOT_ALLOWED:
                MutableHeaders(scope=message)["Allow"] = ", ".join(self._methods_at(scope))
            if not is_replaced:
                await send(message)

        await super().__call__(scope, receive, in_our_words)

    def include(self, router: APIRouter) -> None:
        """Take in the routes of a resource."""
        self._declared += [route for route in router.routes if isinstance(route, APIRoute)]
        self.include_router(router)

    def _methods_at(self, scope: Scope) -> list[str]:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        found = {method for route in self._declared if route.path_regex.match(path) for method in route.methods or ()}
        return sorted(found | {"HEAD"} if "GET" in found else found)


def _is_of_the_framework(message: Message) -> bool:
    kind = Headers(raw=message["headers"]).get("content-type", "")
    return bool(message["status"] == HTTPStatus.REQUEST_ENTITY_TOO_LARGE) and kind.startswith("text/plain")
