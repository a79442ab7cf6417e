"""Bringing in files: which column says what, what would become of it, and how far each file is."""

from dataclasses import dataclass
from typing import Annotated, Final, Self

import reflex as rx
from pydantic import BaseModel, Field
from reflex.event import EventSpec

from marketplace import catalog
from marketplace.catalog import ImportView
from marketplace.flows.import_files import FIELDS, NEEDED
from marketplace.kernel.actor import Permission
from state import place
from state.edge import acting, handles, read
from state.forms import Loads
from state.reader import Reader
from state.words import _, mark

PATH: Final = "/vendor/import"
SOON: Final = "new Promise((done) => setTimeout(() => done(true), 2000))"
SHOWN: Final = 50

NO_COLUMNS: Final = mark(
    "{file} names no columns in its first line: put title, category, price and stock there, and choose it again."
)

FIELD_WORDS: Final = {
    "title": mark("Title"),
    "title_ar": mark("Title in Arabic"),
    "brand": mark("Brand"),
    "description": mark("Description"),
    "description_ar": mark("Description in Arabic"),
    "category": mark("Category"),
    "upc": mark("Barcode"),
    "sku": mark("SKU"),
    "condition": mark("Condition"),
    "price": mark("Price"),
    "list_price": mark("Price before"),
    "stock": mark("Stock"),
    "min_quantity": mark("Least"),
    "max_quantity": mark("Most"),
    "quantity_step": mark("Sold in steps of"),
    "images": mark("Pictures"),
}

Cell = Annotated[str, Field(max_length=2_000)]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One of our fields, and the column it is read from so far."""

    name: str
    words: str
    column: str
    is_needed: bool


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One file that was brought in, ready to print."""

    id: str
    name: str
    begun: str
    begun_exact: str
    state: str
    state_words: str
    percent: int
    how_far: str
    created: str
    merged: str
    unchanged: str
    refused: str
    results: str
    is_finished: bool

    @classmethod
    def of(cls, begun: ImportView, reader: Reader) -> Self:
        """Print an import."""
        done, total = reader.number(begun.done), reader.number(begun.total)
        return cls(
            id=str(begun.id),
            name=begun.file_name,
            begun=reader.ago(begun.started_at),
            begun_exact=reader.exact(begun.started_at),
            state="delivered" if begun.is_finished else "in_transit",
            state_words=_("Finished") if begun.is_finished else _("Running"),
            percent=100 * begun.done // max(begun.total, 1),
            how_far=_("{done} of {total} rows").format(done=done, total=total),
            created=reader.number(begun.created),
            merged=reader.number(begun.merged),
            unchanged=reader.number(begun.unchanged),
            refused=reader.number(begun.refused),
            results=f"/api/v1/vendor/imports/{begun.id}/results.csv",
            is_finished=begun.is_finished,
        )


class Header(BaseModel):
    """What the browser read at the head of a file."""

    name: Cell = ""
    columns: Annotated[list[Cell], Field(max_length=200)] = []
    trouble: Cell = ""


class Problem(BaseModel):
    """What is wrong with one field of the row that begins at a line of the file."""

    line: int
    field: Cell = ""
    sentence: Cell = ""

    def told(self, reader: Reader) -> tuple[str, str, str]:
        """Say it in the reader's words: the line, the field as it is called on the page, and what to do."""
        field = FIELD_WORDS.get(self.field)
        return reader.number(self.line), _(field) if field else self.field, _(self.sentence) if self.sentence else ""


class Answer(BaseModel):
    """What the house said to a file: what would become of it, that it is on its way, or why not."""

    created: int = 0
    merged: int = 0
    unchanged: int = 0
    refused: int = 0
    results: list[Problem] = []
    trouble: Cell = ""


class ImportState(Loads, rx.State):
    """The files of the store, and the one at the door."""

    rows: list[ImportRow] = []
    first: str = ""
    after: str = ""
    file: str = ""
    columns: list[str] = []
    fields: list[FieldRow] = []
    trouble_with_file: str = ""
    rehearsed: str = ""
    problems: list[tuple[str, str, str]] = []

    @handles(Permission.LISTINGS_EDIT)
    async def load(self) -> EventSpec | None:
        """List the files, and look again soon while one is on its way."""
        cursor, reader = place.query_of(self).get("after"), Reader.of(self)
        page = await read(catalog.imports, acting(), cursor=cursor)
        self.rows = [ImportRow.of(begun, reader) for begun in page.items]
        self.first = PATH if cursor else ""
        more = page.next_cursor
        self.after = place.address(PATH, "en", {"after": more}) if more else ""
        return rx.call_script(SOON, callback=ImportState.look) if _is_busy(self.rows) else None

    @handles(Permission.LISTINGS_EDIT)
    async def look(self, _is_time: bool) -> EventSpec | None:  # noqa: FBT001 (the browser's answer)
        """Look how far the files are."""
        return ImportState.load if place.path_of(self) == PATH else None  # type: ignore[return-value]  # an event

    @handles(Permission.LISTINGS_EDIT)
    async def open_file(self, header: Header) -> None:
        """Show the columns of a file, each beside the field it seems to be."""
        self.file, self.columns, self.trouble_with_file = header.name, header.columns, _trouble_with(header)
        self.rehearsed, self.problems = "", []
        known = {column.strip().lower().replace(" ", "_"): column for column in header.columns}
        self.fields = [FieldRow(name, _(FIELD_WORDS[name]), known.get(name, ""), name in NEEDED) for name in FIELDS]

    @handles(Permission.LISTINGS_EDIT)
    async def rehearse(self, answer: Answer) -> None:
        """Show what would become of the file."""
        self.trouble_with_file, reader = answer.trouble, Reader.of(self)
        counts = (answer.created, answer.merged, answer.unchanged, answer.refused)
        new, joined, same, refused = (reader.number(count) for count in counts)
        said = _(
            "{new} would be new, {joined} would join what is there, {same} say nothing new, {refused} are refused."
        )
        self.rehearsed = "" if answer.trouble else said.format(new=new, joined=joined, same=same, refused=refused)
        self.problems = [one.told(reader) for one in answer.results[:SHOWN]]

    @handles(Permission.LISTINGS_EDIT)
    async def begun(self, answer: Answer) -> list[EventSpec] | None:
        """Say that the file is on its way."""
        self.trouble_with_file = answer.trouble
        if answer.trouble:
            return None
        said = _("{file} is being brought in.").format(file=self.file)
        self.file, self.columns, self.fields, self.rehearsed, self.problems = "", [], [], "", []
        return [rx.toast.success(said), ImportState.load]


def _trouble_with(header: Header) -> str:
    """Why a file cannot be matched; without a name none was chosen."""
    if header.trouble or header.columns or not header.name:
        return header.trouble
    return _(NO_COLUMNS).format(file=header.name)


def _is_busy(rows: list[ImportRow]) -> bool:
    return any(not row.is_finished for row in rows)
