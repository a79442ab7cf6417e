"""Bringing in a file: its rows are set down at once, and taken in by whoever has time, until all are."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, Final, NoReturn, TypeVar

import structlog
from sqlmodel import Session

from marketplace import catalog
from marketplace.catalog import ImportFile, ImportView, Line, LineResult
from marketplace.flows import import_files
from marketplace.flows.compositions.importing import (
    BATCH,
    REPEATS,
    Taken,
    take_each,
    take_lines,
    take_rows,
    take_rows_if_free,
    take_rows_one_by_one,
)
from marketplace.flows.import_files import ColumnMap, FileFormat
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Conflict, NotFound, Unavailable
from marketplace.kernel.ids import ImportId, StoreId
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House

T = TypeVar("T")

log = structlog.get_logger()

TRIES: Final = 3
"""How often a batch is tried that met another vendor's at the same barcode."""

ADVANCE_SECONDS: Final = 5.0
"""How long the schedule takes in rows before it looks after others again."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file at the door: its bytes, its name, and how its columns are read."""

    file: IO[bytes]
    name: str
    columns: ColumnMap

    @property
    def kind(self) -> FileFormat:
        """How its rows are written."""
        return FileFormat.of(self.name)

    def known(self) -> "Incoming":
        """The same with every column found; refuses a file that does not hold what is needed."""
        header = import_files.header_of(self.file, self.kind)
        return Incoming(self.file, self.name, self.columns.completed(header))

    def rows(self) -> Iterator[Line]:
        """Its rows, with a mark on those whose barcode another row before them had."""
        seen: set[str] = set()
        for row in import_files.rows(self.file, self.kind, self.columns):
            upc = catalog.barcode(row.said.get("upc"))
            yield Line(row.number, row.said | {REPEATS: "yes"}) if upc in seen else row
            if upc:
                seen.add(upc)


def begin(actor: Actor, house: House, *, store_id: StoreId, incoming: Incoming) -> ImportView:
    """Set the rows of a file down; one that was begun and not finished goes on where it stopped."""
    incoming = incoming.known()
    file = ImportFile(
        name=incoming.name[-200:],
        hash=import_files.file_hash(incoming.file),
        map_hash=incoming.columns.hash,
    )
    return house.db.transact(catalog.open_import, actor, store_id=store_id, file=file, lines=incoming.rows())


def finish(
    actor: Actor, house: House, *, import_id: ImportId, tell: Callable[[ImportView], None] = lambda _: None
) -> ImportView:
    """Take in all that is left of an import, telling after each batch how far it is."""
    view = _advanced(actor, house, import_id)
    tell(view)
    while not view.is_finished:
        view = _advanced(actor, house, import_id)
        tell(view)
    return view


def advance(house: House) -> int:
    """Take in rows of the imports that wait, for a few seconds, in the names of those who began them.

    One that somebody is at already, such as the command, is left to them.
    """
    deadline = time.monotonic() + ADVANCE_SECONDS
    batches = 0
    for waiting in house.db.read(_waiting, Actor(name="system:imports", is_system=True)):
        beginner = Actor(name=waiting.started_by, store_id=waiting.store_id, is_system=True)
        view: ImportView | None = waiting
        while view and not view.is_finished and time.monotonic() < deadline:
            view = _persistent(house, take_rows_if_free, beginner, waiting.id)
            batches += view is not None
    return batches


def rehearse(actor: Actor, house: House, *, store_id: StoreId, incoming: Incoming) -> Iterator[LineResult]:
    """Say what would become of each row, and change nothing."""
    rows = incoming.known().rows()
    while batch := tuple(islice(rows, BATCH)):
        yield from _rehearsed(actor, house, store_id, batch)


def results(actor: Actor, house: House, *, import_id: ImportId) -> Iterator[catalog.ImportResultView]:
    """What became of every row, in order, a thousand at a time."""
    after = (0, 0)
    while True:
        found = house.db.read(catalog.import_results, actor, import_id=import_id, after=after)
        yield from found
        if not found:
            return
        after = (found[-1].number, found[-1].place)


class _Undone(Exception):  # noqa: N818 (it carries what was found out)
    """Thrown to undo a rehearsal."""

    def __init__(self, results: Iterable[LineResult]) -> None:
        super().__init__("This was a rehearsal.")
        self.results = tuple(results)


def _rehearsed(actor: Actor, house: House, store_id: StoreId, batch: tuple[Line, ...]) -> tuple[LineResult, ...]:
    try:
        return _undone(actor, house, store_id, batch, take_lines)
    except Unavailable:
        raise
    except Exception:
        log.exception("a rehearsed batch broke", store_id=str(store_id))
        return _undone(actor, house, store_id, batch, take_each)


def _undone(
    actor: Actor, house: House, store_id: StoreId, batch: tuple[Line, ...], take: Callable[..., Taken]
) -> tuple[LineResult, ...]:
    try:
        return house.db.transact(_rehearse_lines, actor, store_id=store_id, lines=batch, take=take)
    except _Undone as undone:
        return undone.results


def _rehearse_lines(
    _actor: Actor, uow: UnitOfWork, *, store_id: StoreId, lines: tuple[Line, ...], take: Callable[..., Taken]
) -> NoReturn:
    taken, _ = take(uow, store_id=store_id, lines=lines)
    raise _Undone(result for of_row in taken for result in of_row)


def _advanced(actor: Actor, house: House, import_id: ImportId) -> ImportView:
    return _persistent(house, take_rows, actor, import_id)


def _persistent(house: House, command: Callable[..., T], actor: Actor, import_id: ImportId) -> T | ImportView:
    """Take in a batch, more than once where it met another's; row by row where it broke: then only one row is bad."""
    for _ in range(TRIES):
        try:
            return house.db.transact(command, actor, import_id=import_id)
        except Conflict:
            continue
        except (Unavailable, NotFound):
            raise
        except Exception:
            log.exception("a batch broke", import_id=str(import_id))
            break
    return house.db.transact(take_rows_one_by_one, actor, import_id=import_id)


def _waiting(_actor: Actor, session: Session) -> tuple[ImportView, ...]:
    return catalog.running_imports(session)
