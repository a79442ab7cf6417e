"""Commands on imports: the rows of a file are set down first, then taken in by batches, each in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from psycopg import Connection, sql
from sqlalchemy import delete, func, select, text
from sqlmodel import col

from marketplace.catalog import policy
from marketplace.catalog.errors import EmptyFile, ImportNotFound
from marketplace.catalog.models import Import, ImportLine, ImportResult
from marketplace.catalog.states import ImportState, ImportStatus
from marketplace.catalog.views import ImportView
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import ImportId, StoreId
from marketplace.kernel.work import UnitOfWork

LONGEST_COPY: Final = "10min"
"""A file is read while it is copied: that may take longer than any other statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFile:
    """A file by what it holds: the hash of its bytes, and the hash of how its columns are read."""

    name: str
    hash: str
    map_hash: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: the line of the file at which it begins, and the text of each of our fields that it has."""

    number: int
    said: dict[str, str]


@dataclass(frozen=True, slots=True)
class LineResult:
    """What became of the row that begins at a line, and what was to be said of it."""

    number: int
    status: ImportStatus
    field: str = ""
    code: str = ""
    sentence: str = ""


def open_import(
    actor: Actor, uow: UnitOfWork, *, store_id: StoreId, file: ImportFile, lines: Iterable[Line]
) -> ImportView:
    """Set down the rows of a file to be taken in; the same file, while it is not finished, goes on where it stopped."""
    permit(policy.can_import(actor, store_id), "import into this store")
    running = _running(uow, store_id, file)
    if running is not None:
        return ImportView.of(running)
    begun = Import(
        store_id=store_id,
        file_name=file.name,
        file_hash=file.hash,
        map_hash=file.map_hash,
        state=ImportState.RUNNING,
        total=0,
        started_by=actor.name,
        started_at=uow.now,
    )
    uow.session.add(begun)
    uow.session.flush()
    written = ((begun.id, line.number, orjson.dumps(line.said).decode()) for line in lines)
    begun.total = _copy(uow, ImportLine, ("import_id", "number", "said"), written)
    if begun.total == 0:
        raise EmptyFile
    uow.session.flush()
    return ImportView.of(begun)


def lock_import(uow: UnitOfWork, *, import_id: ImportId) -> ImportView:
    """Hold an import, once nobody else does: nobody takes in its rows meanwhile."""
    return ImportView.of(_locked(uow, import_id))


def lock_import_if_free(uow: UnitOfWork, *, import_id: ImportId) -> ImportView | None:
    """Hold an import, unless somebody else takes in its rows at this moment."""
    free = select(Import).where(col(Import.id) == import_id).with_for_update(skip_locked=True)
    held = uow.session.execute(free.execution_options(populate_existing=True)).scalar_one_or_none()
    return ImportView.of(held) if held else None


def next_lines(uow: UnitOfWork, *, import_id: ImportId, limit: int) -> tuple[Line, ...]:
    """The rows that come next, of an import that is held."""
    told = select(func.coalesce(func.max(col(ImportResult.number)), 0)).where(col(ImportResult.import_id) == import_id)
    found = (
        select(col(ImportLine.number), col(ImportLine.said))
        .where(col(ImportLine.import_id) == import_id, col(ImportLine.number) > told.scalar_subquery())
        .order_by(col(ImportLine.number))
        .limit(limit)
    )
    return tuple(Line(row.number, row.said) for row in uow.session.execute(found))


def note_results(uow: UnitOfWork, *, import_id: ImportId, results: Sequence[tuple[LineResult, ...]]) -> ImportView:
    """Write down what became of the next rows, one tuple a row, in the transaction that took them in."""
    held = _locked(uow, import_id)
    written = (
        (import_id, one.number, place, one.status.value, one.field[:60], one.code[:80], one.sentence[:400])
        for of_row in results
        for place, one in enumerate(of_row)
    )
    _copy(uow, ImportResult, ("import_id", "number", "place", "status", "field", "code", "sentence"), written)
    held.count([of_row[0].status for of_row in results], at=uow.now)
    uow.session.flush()
    if held.state is ImportState.FINISHED:
        uow.session.execute(delete(ImportLine).where(col(ImportLine.import_id) == import_id))
    return ImportView.of(held)


def _running(uow: UnitOfWork, store_id: StoreId, file: ImportFile) -> Import | None:
    found = select(Import).where(
        col(Import.store_id) == store_id,
        col(Import.file_hash) == file.hash,
        col(Import.map_hash) == file.map_hash,
        col(Import.state) == ImportState.RUNNING,
    )
    running: Import | None = uow.session.execute(found).scalar_one_or_none()
    return running


def _locked(uow: UnitOfWork, import_id: ImportId) -> Import:
    found = select(Import).where(col(Import.id) == import_id).with_for_update()
    held: Import | None = uow.session.execute(found.execution_options(populate_existing=True)).scalar_one_or_none()
    if held is None:
        raise ImportNotFound
    return held


def _copy(
    uow: UnitOfWork, table: type[ImportLine] | type[ImportResult], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Copy rows in as they come, never holding them all; returns how many there were."""
    uow.session.execute(text(f"SET LOCAL statement_timeout = '{LONGEST_COPY}'"))
    driver: Connection = uow.session.connection().connection.driver_connection  # type: ignore[assignment]  # psycopg's
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(str(table.__tablename__)), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    count = 0
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for count, row in enumerate(rows, start=1):  # noqa: B007 (the last number is how many there were)
            copy.write_row(row)
    return count
