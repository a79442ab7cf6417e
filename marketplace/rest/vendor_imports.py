"""Files of products, brought in by the active store."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Annotated, Final
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from marketplace import catalog
from marketplace.catalog import ImportStatus
from marketplace.flows import importing
from marketplace.flows.import_files import ColumnMap
from marketplace.flows.importing import Incoming
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.ids import ImportId, StoreId
from marketplace.rest import sheets
from marketplace.rest.caller import Caller, CallerOf
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Router
from marketplace.rest.shapes.base import Line, Listed
from marketplace.rest.shapes.vendor_imports import Import, ImportResult, Rehearsal

router = Router(prefix="/vendor/imports", tags=["vendor imports"])

MOST_BYTES: Final = 100_000_000
KEPT_IN_MEMORY: Final = 1_000_000
ENDINGS: Final = {
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
}
MOST_SHOWN: Final = 1_000
HEADING: Final = ("row", "status", "field", "code", "sentence")


async def _sent(request: Request) -> AsyncIterator[IO[bytes]]:
    """The body as a file, on disk where it is large."""
    with SpooledTemporaryFile(max_size=KEPT_IN_MEMORY) as file:
        async for chunk in request.stream():
            file.write(chunk)
        file.seek(0)
        yield file


Sent = Annotated[IO[bytes], Depends(_sent)]
Name = Annotated[Line, Query(max_length=200, description="What the file is called; its end may tell its type.")]
Map = Annotated[
    str, Query(max_length=4_000, alias="map", description="title=name,description=short+long; or a JSON object.")
]


@router.post(
    "",
    access=Permission.LISTINGS_EDIT,
    returns=Import,
    status=201,
    also={200: Rehearsal},
    takes=tuple(ENDINGS),
    most_bytes=MOST_BYTES,
)
def bring_in(
    caller: Caller, request: Request, file: Sent, *, name: Name = "", columns: Map = "", dry_run: bool = False
) -> Import | Response:
    """Bring in a file: its rows are set down at once and taken in soon; with `dry_run`, say what would become of them.

    The same file, sent again before it is finished, is not begun again.
    """
    ending = ENDINGS.get(request.headers.get("content-type", "").partition(";")[0].strip().lower(), "csv")
    called = name if "." in name else f"{name or 'products'}.{ending}"
    incoming = Incoming(file, called, ColumnMap.parse(columns))
    if dry_run:
        found = importing.rehearse(caller.actor, caller.house, store_id=_store(caller), incoming=incoming)
        return Response(_rehearsed(found).model_dump_json(), media_type="application/json")
    return Import.of(importing.begin(caller.actor, caller.house, store_id=_store(caller), incoming=incoming))


@router.get("", access=Permission.LISTINGS_READ, returns=Listed[Import])
def list_imports(caller: Caller, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Listed[Import]:
    """List what was brought in, newest first."""
    page = caller.read(catalog.imports, limit=limit, cursor=cursor)
    return Listed[Import](items=tuple(Import.of(begun) for begun in page.items), next_cursor=page.next_cursor)


@router.get("/{import_id}", access=Permission.LISTINGS_READ, returns=Import)
def show_import(caller: Caller, import_id: UUID) -> Import:
    """Show how far a file is taken in."""
    return Import.of(caller.read(catalog.import_by_id, import_id=ImportId(import_id)))


@router.get("/{import_id}/results.csv", access=Permission.LISTINGS_READ, returns=None, media_type="text/csv")
def send_results(caller: Caller, import_id: UUID) -> StreamingResponse:
    """Send what became of every row, as a file."""
    caller.read(catalog.import_by_id, import_id=ImportId(import_id))
    found = importing.results(caller.actor, caller.house, import_id=ImportId(import_id))
    rows = ((str(one.number), one.status.value, one.field, one.code, sheets.written(one.sentence)) for one in found)
    return sheets.sheet(f"import-{import_id}", HEADING, rows)


def _store(caller: CallerOf) -> StoreId:
    if caller.actor.store_id is None:
        raise Forbidden("Choose one of your stores first: a file is brought into a store.", code="access.needs_store")
    return caller.actor.store_id


def _rehearsed(found: Iterator[catalog.LineResult]) -> Rehearsal:
    counted: Counter[ImportStatus] = Counter()
    shown: list[ImportResult] = []
    line = 0
    for result in found:
        if result.number != line:
            line = result.number
            counted[result.status] += 1
        if result.code and len(shown) < MOST_SHOWN:
            shown.append(ImportResult.of(result))
    return Rehearsal(
        created=counted[ImportStatus.CREATED],
        merged=counted[ImportStatus.MERGED],
        unchanged=counted[ImportStatus.UNCHANGED],
        refused=counted[ImportStatus.REFUSED],
        results=tuple(shown),
    )
