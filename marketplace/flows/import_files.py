"""Files of products as they come: CSV, TSV and JSON lines, read row by row and never held whole."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import IO, Final

import orjson

from marketplace.catalog import Line
from marketplace.kernel.errors import Invalid
from marketplace.kernel.text import tidy_prose

FIELDS: Final = (
    "title",
    "title_ar",
    "brand",
    "description",
    "description_ar",
    "category",
    "upc",
    "sku",
    "condition",
    "price",
    "list_price",
    "stock",
    "min_quantity",
    "max_quantity",
    "quantity_step",
)
"""What a row may say; columns of these names mean themselves."""

NEEDED: Final = ("title", "category", "price", "stock")

LONGEST_CELL: Final = 1_000_000
CHUNK: Final = 1 << 20

PARAGRAPHS: Final = frozenset({"description", "description_ar"})
"""Fields whose columns, when several are joined, stand below one another."""

csv.field_size_limit(LONGEST_CELL)


class UnreadableFile(Invalid):
    """A file that is not what its name says."""

    code = "import.unreadable"


class BadMap(Invalid):
    """A map of columns that leaves out what is needed, or names what is not there."""

    code = "import.map_wrong"


class FileFormat(StrEnum):
    """How rows are written."""

    CSV = "csv"
    TSV = "tsv"
    JSON_LINES = "jsonl"

    @classmethod
    def of(cls, name: str) -> "FileFormat":
        """Tell it by the end of a file's name."""
        ending = name.rpartition(".")[2].lower()
        return {"tsv": cls.TSV, "tab": cls.TSV, "jsonl": cls.JSON_LINES, "ndjson": cls.JSON_LINES}.get(ending, cls.CSV)


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """From which columns each of our fields is read."""

    columns: Mapping[str, tuple[str, ...]]

    @classmethod
    def parse(cls, text: str) -> "ColumnMap":
        """Read a map: a JSON object from fields to columns, or `title=name,description=short+long`."""
        try:
            pairs = orjson.loads(text) if text.lstrip().startswith("{") else dict(_pairs(text))
        except ValueError as error:
            raise BadMap("Write the map as title=name,description=short+long, or as a JSON object.") from error
        if unknown := sorted(set(pairs) - set(FIELDS)):
            raise BadMap(
                "There is no field {unknown}: choose from {known}.", unknown=unknown[0], known=", ".join(FIELDS)
            )
        return cls({field: _columns(written) for field, written in pairs.items()})

    def completed(self, header: Sequence[str]) -> "ColumnMap":
        """The same with every field that the file names itself; refuses what the file cannot give."""
        columns = {field: (field,) for field in FIELDS if field in header} | dict(self.columns)
        if missing := [field for field in NEEDED if field not in columns]:
            raise BadMap(
                "Say which column holds the {missing}: the file has no column of that name.", missing=missing[0]
            )
        if strange := [name for names in columns.values() for name in names if name not in header]:
            raise BadMap(
                "The file has no column {strange}: its columns are {header}.",
                strange=strange[0],
                header=", ".join(header),
            )
        return ColumnMap(columns)

    def read(self, row: Mapping[str, str]) -> dict[str, str]:
        """What a row says of each field; what it says nothing of is left out."""
        said = {}
        for field, names in self.columns.items():
            parts = [str(tidy_prose(row.get(name, ""))) for name in names]
            value = parts[0] if len(parts) == 1 else ("\n\n" if field in PARAGRAPHS else " ").join(filter(None, parts))
            if value:
                said[field] = value
        return said

    @property
    def hash(self) -> str:
        """What tells this map from others."""
        return hashlib.sha256(orjson.dumps(dict(self.columns), option=orjson.OPT_SORT_KEYS)).hexdigest()


def file_hash(file: IO[bytes]) -> str:
    """What tells these bytes from others; the file stands at its start again."""
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def header_of(file: IO[bytes], kind: FileFormat) -> tuple[str, ...]:
    """The columns of a file; the file stands at its start again."""
    if kind is FileFormat.JSON_LINES:
        header: Iterable[str] = next((row for _, row in _objects(file)), {})
    else:
        with _text(file) as text:
            header = _head(_records(text, kind))
    file.seek(0)
    return tuple(header)


def rows(file: IO[bytes], kind: FileFormat, columns: ColumnMap) -> Iterator[Line]:
    """What each row says of our fields, in the order of the file, and at which of its lines the row begins."""
    if kind is FileFormat.JSON_LINES:
        yield from (Line(begins, columns.read(row)) for begins, row in _objects(file))
        return
    with _text(file) as text:
        records = _records(text, kind)
        header = _head(records)
        for begins, cells in records:
            if any(cells):
                yield Line(begins, columns.read(dict(zip(header, cells, strict=False))))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for pair in filter(None, (part.strip() for part in text.split(","))):
        field, equals, columns = pair.partition("=")
        if not equals:
            raise ValueError(pair)
        yield field.strip(), columns


def _columns(written: object) -> tuple[str, ...]:
    names = written.split("+") if isinstance(written, str) else written
    if not isinstance(names, list) or not names or not all(isinstance(name, str) and name.strip() for name in names):
        raise BadMap("Write the map as title=name,description=short+long, or as a JSON object.")
    return tuple(name.strip() for name in names)


def _text(file: IO[bytes]) -> "_Borrowed":
    return _Borrowed(file, encoding="utf-8-sig", newline="")


class _Borrowed(io.TextIOWrapper):
    """Text over a file of somebody else's: left behind open."""

    def __exit__(self, *_: object) -> None:
        self.detach()


def _records(text: io.TextIOWrapper, kind: FileFormat) -> Iterator[tuple[int, list[str]]]:
    """The cells of each record, and the line at which it begins: one with line breaks in its cells takes several."""
    delimiter = "\t" if kind is FileFormat.TSV else _delimiter(text)
    reader = csv.reader(text, delimiter=delimiter, skipinitialspace=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except UnicodeDecodeError as error:
        raise UnreadableFile("The file is not in UTF-8: save it so, and bring it again.") from error
    except csv.Error as error:
        raise UnreadableFile("Line {line} cannot be read: look for a quote that is not closed.", line=begins) from error


def _head(records: Iterator[tuple[int, list[str]]]) -> list[str]:
    """The names in the first line, without the spaces that people leave around them."""
    return [name.strip() for _, cells in islice(records, 1) for name in cells]


def _delimiter(text: io.TextIOWrapper) -> str:
    """The sign between the columns of a CSV file: spreadsheets of some countries write semicolons."""
    try:
        first = text.readline()
    except UnicodeDecodeError as error:
        raise UnreadableFile("The file is not in UTF-8: save it so, and bring it again.") from error
    text.seek(0)
    return ";" if first.count(";") > first.count(",") else ","


def _objects(file: IO[bytes]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise UnreadableFile("Line {line} is not JSON: put one object on each line.", line=number) from error
        if not isinstance(row, dict):
            raise UnreadableFile("Line {line} is not a JSON object: put one on each line.", line=number)
        yield number, {name: _printed(value) for name, value in row.items()}


def _printed(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " > ".join(_printed(part) for part in value)
    return value if isinstance(value, str) else orjson.dumps(value).decode()
