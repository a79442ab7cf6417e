"""Refusals as problem documents: the one place where the kinds become numbers."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from marketplace.kernel.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    OutcomeUnknown,
    Refusal,
    SignedOut,
    TooMany,
    Unavailable,
)
from marketplace.kernel.words import preferred, translated
from marketplace.kernel.work import request_id
from marketplace.rest.extensions import extension_of
from marketplace.rest.shapes.base import FieldProblem, Problem

MEDIA_TYPE: Final = "application/problem+json"
HEADER: Final = "X-Request-Id"

HTTP_CODES: Final[Mapping[int, str]] = {
    400: "request.malformed",
    404: "route.not_found",
    405: "route.method_not_allowed",
    413: "request.too_large",
    415: "request.media_type",
    500: "server.mistake",
}

UNREADABLE: Final = "The body is not JSON that we can read."
NO_JSON: Final = "Send the body as JSON, with Content-Type: application/json."

log = structlog.get_logger()


class Malformed(Refusal):
    """The request itself is not made as the contract says."""

    code = "request.malformed"


STATUSES: Final[Sequence[tuple[type[Refusal], int, str]]] = (
    (Malformed, 400, "Malformed"),
    (NotFound, 404, "Not found"),
    (Forbidden, 403, "Forbidden"),
    (Invalid, 422, "Invalid"),
    (Conflict, 409, "Conflict"),
    (SignedOut, 401, "Signed out"),
    (TooMany, 429, "Too many requests"),
)


def problem_of(refusal: Refusal, *, locale: str) -> Problem:
    """Print a refusal for a reader."""
    status, title = next((status, title) for kind, status, title in STATUSES if isinstance(refusal, kind))

    def translate(text: str) -> str:
        return translated(text, preferred(locale))

    return Problem(
        title=title,
        status=status,
        code=refusal.reason,
        detail=refusal.sentence(translate),
        errors=tuple(FieldProblem(field=f.field, code=f.code, message=translate(f.message)) for f in refusal.fields),
        request_id=request_id.get(),
        **extension_of(refusal),
    )


def printed(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Send a problem."""
    return Response(problem.model_dump_json(), status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)


def mistake(error: Exception) -> Response:
    """Answer for what we did wrong, and write it down."""
    log.error("our mistake", exc_info=error)
    return printed(_plain(500, "Something went wrong on our side. We have been told."))


def too_large(name: str) -> Response:
    """Refuse a body whose length nobody needs to read."""
    token = request_id.set(name)
    try:
        return printed(_plain(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Content Too Large"), {HEADER: name})
    finally:
        request_id.reset(token)


def install(app: FastAPI) -> None:
    """Teach an application to answer in problem documents; `requests.Named` answers for what nobody foresaw."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(Unavailable, _unavailable)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def _refused(request: Request, refusal: Exception) -> Response:
    if not isinstance(refusal, Refusal):
        raise refusal
    headers = {"Retry-After": str(refusal.retry_after_seconds)} if refusal.retry_after_seconds else None
    if isinstance(refusal, SignedOut):
        headers = {"WWW-Authenticate": "Bearer"}
    return printed(problem_of(refusal, locale=request.headers.get("accept-language", "")), headers)


def _unavailable(_request: Request, error: Exception) -> Response:
    code = error.code if isinstance(error, Unavailable) else Unavailable.code
    log.warning("unavailable", code=code, error=str(error))
    detail = (
        str(error)
        if isinstance(error, OutcomeUnknown)
        else "Something we need did not answer. Nothing was lost: try again in a moment."
    )
    problem = Problem(title="Unavailable", status=503, code=code, detail=detail, request_id=request_id.get())
    return printed(problem, {"Retry-After": "1"})


def _invalid(request: Request, error: Exception) -> Response:
    problems = error.errors() if isinstance(error, RequestValidationError) else []
    if any(problem["type"] in {"json_invalid", "bytes_type"} for problem in problems):
        return printed(_plain(400, UNREADABLE))
    if isinstance(error, RequestValidationError) and isinstance(error.body, bytes) and not _says_json(request):
        return printed(_plain(415, NO_JSON))
    fields = tuple(_field(problem) for problem in problems)
    problem = Problem(
        title="Invalid",
        status=422,
        code="request.invalid",
        detail="Some values cannot be taken as they are: see errors.",
        errors=fields,
        request_id=request_id.get(),
    )
    return printed(problem)


def _http(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    detail = UNREADABLE if error.status_code == HTTPStatus.BAD_REQUEST else str(error.detail)
    return printed(_plain(error.status_code, detail), error.headers)


def _says_json(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def _plain(status: int, detail: str) -> Problem:
    return Problem(
        title=detail,
        status=status,
        code=HTTP_CODES.get(status, "request.refused"),
        detail=detail,
        request_id=request_id.get(),
    )


def _field(problem: Mapping[str, Any]) -> FieldProblem:
    place = [str(part) for part in problem["loc"] if part not in {"body", "query", "path", "header"}]
    return FieldProblem(field=".".join(place) or "body", code=str(problem["type"]), message=str(problem["msg"]))
