"""Bringing in a file of products from the command line."""

import csv
from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlmodel import Session

from marketplace import identity
from marketplace.catalog import ImportStatus, ImportView
from marketplace.flows import importing
from marketplace.flows.import_files import ColumnMap
from marketplace.flows.importing import Incoming
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.errors import Invalid
from marketplace.kernel.ids import StoreId
from marketplace.ports import House

ACTOR: Final = system("import")
HEADER: Final = ("row", "status", "field", "code", "sentence")


class Result(Protocol):
    """What became of a row."""

    @property
    def number(self) -> int:
        """The line of the file at which the row begins."""

    @property
    def status(self) -> ImportStatus:
        """What became of it."""

    @property
    def field(self) -> str:
        """What it is about."""

    @property
    def code(self) -> str:
        """Why, for machines."""

    @property
    def sentence(self) -> str:
        """Why, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for on the command line."""

    file: Path
    vendor: str
    columns: str
    results: Path | None
    is_rehearsal: bool


def run(house: House, asked: Asked) -> str:
    """Bring the file in, or rehearse it; returns what is to be said in the end."""
    store_id = house.db.read(_store, ACTOR, slug=asked.vendor)
    if asked.results:
        asked.results.open("a").close()
    with asked.file.open("rb") as file:
        incoming = Incoming(file, asked.file.name, _columns(asked.columns))
        if asked.is_rehearsal:
            return _rehearse(house, asked, store_id, incoming)
        begun = importing.begin(ACTOR, house, store_id=store_id, incoming=incoming)
    finished = _finish(house, begun)
    if asked.results:
        _write(asked.results, importing.results(ACTOR, house, import_id=finished.id))
    return (
        f"{finished.total} rows: {finished.created} created, {finished.merged} merged, "
        f"{finished.unchanged} unchanged, {finished.refused} refused."
    )


def _store(_actor: Actor, session: Session, *, slug: str) -> StoreId:
    store = identity.store_by_slug(session, slug=slug)
    if not store.can_sell:
        raise Invalid("That store only buys: name one that sells.", code="imports.store_sells_nothing")
    return store.id


def _columns(written: str) -> ColumnMap:
    """Read the map as it stands there, or from the file of that name."""
    path = Path(written)
    is_file = written.endswith(".json") and path.is_file()
    return ColumnMap.parse(path.read_text(encoding="utf-8") if is_file else written)


def _finish(house: House, begun: ImportView) -> ImportView:
    with _bar(begun.file_name, begun.total) as bar:
        task = bar.task_ids[0]
        bar.update(task, completed=begun.done)
        return importing.finish(
            ACTOR, house, import_id=begun.id, tell=lambda view: bar.update(task, completed=view.done)
        )


def _rehearse(house: House, asked: Asked, store_id: StoreId, incoming: Incoming) -> str:
    counted: dict[ImportStatus, set[int]] = {status: set() for status in ImportStatus}

    def watched() -> Generator[Result]:
        for result in importing.rehearse(ACTOR, house, store_id=store_id, incoming=incoming):
            counted[result.status].add(result.number)
            yield result

    with closing(watched()) as found:
        if asked.results:
            _write(asked.results, found)
        else:
            for result in found:
                if result.status is ImportStatus.REFUSED:
                    print(f"line {result.number}: {result.field}: {result.sentence}")  # noqa: T201 (what was asked for)
    figures = ", ".join(f"{len(numbers)} {status.value}" for status, numbers in counted.items())
    return f"Nothing was changed. It would be: {figures}."


def _write(path: Path, results: Iterable[Result]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows((one.number, one.status.value, one.field, one.code, one.sentence) for one in results)


def _bar(name: str, total: int) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True))
    bar.add_task(name, total=total)
    return bar
