"""Logs: structured events with the name of the request, never money beside a name, never a token."""

import logging
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog

from marketplace.kernel.work import request_id


def configure(level: str) -> None:
    """Write one JSON object a line to standard error, from our own code and from every library."""
    shared = [structlog.contextvars.merge_contextvars, _named, structlog.processors.TimeStamper(fmt="iso", utc=True)]
    shared.append(structlog.stdlib.add_log_level)
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],  # type: ignore[list-item]  # as above
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        foreign_pre_chain=shared,  # type: ignore[arg-type]  # as above
    )
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(formatter)
    logging.basicConfig(handlers=[stream], level=level.upper(), force=True)


@contextmanager
def working_on(request: str = "", **names: str) -> Iterator[None]:
    """Name in each line what is being worked on: the request that began it, and the event or the task that goes on."""
    token = request_id.set(request or request_id.get())
    try:
        with structlog.contextvars.bound_contextvars(**names):
            yield
    finally:
        request_id.reset(token)


def _named(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if name := request_id.get():
        event["request_id"] = name
    return event
