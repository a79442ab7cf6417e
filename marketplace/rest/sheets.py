"""Lists as CSV: sent while they are read, so that a long one costs no memory."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, TypeVar

from fastapi.responses import StreamingResponse

from marketplace.kernel.money import Money
from marketplace.kernel.pages import MAX_LIMIT, Page

T = TypeVar("T")

MEDIA_TYPE: Final = "text/csv"

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula; only text is guarded, for our figures may begin with a minus."""


def every(read: Callable[..., Page[T]], /, **asked: object) -> Iterator[T]:
    """Everything a list holds, page by page."""
    cursor = None
    while True:
        page = read(limit=MAX_LIMIT, cursor=cursor, **asked)
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return


def sheet(name: str, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> StreamingResponse:
    """Send a list as a file. The first row is read before the answer begins, so that a refusal is still one."""
    remaining = iter(rows)
    first = list(_some(remaining))
    lines = map(_line, chain([heading], first, remaining))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return StreamingResponse(lines, media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)


def written(text: str | None) -> str:
    """Text as a cell that no spreadsheet takes for a formula."""
    text = text or ""
    return f"'{text}" if text.startswith(FORMULA) else text


def figure(amount: Money | None) -> str:
    """An amount as a cell, in whole units; its currency stands in a column of its own."""
    return "" if amount is None else str(amount.decimal)


def _some(rows: Iterator[Sequence[str]]) -> Iterator[Sequence[str]]:
    first = next(rows, None)
    if first is not None:
        yield first


def _line(row: Sequence[str]) -> str:
    written_line = io.StringIO()
    csv.writer(written_line).writerow(row)
    return written_line.getvalue()
