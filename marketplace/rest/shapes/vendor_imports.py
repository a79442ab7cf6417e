"""Imports as the contract prints them."""

from uuid import UUID

from marketplace.catalog import ImportResultView, ImportState, ImportStatus, ImportView, LineResult
from marketplace.rest.shapes.base import Moment, Shape


class Import(Shape):
    """A file that is being taken in, and how far that is."""

    id: UUID
    file_name: str
    state: ImportState
    total: int
    done: int
    created: int
    merged: int
    unchanged: int
    refused: int
    started_at: Moment
    finished_at: Moment | None

    @classmethod
    def of(cls, begun: ImportView) -> "Import":
        """Print an import."""
        return cls(
            id=begun.id,
            file_name=begun.file_name,
            state=begun.state,
            total=begun.total,
            done=begun.done,
            created=begun.created,
            merged=begun.merged,
            unchanged=begun.unchanged,
            refused=begun.refused,
            started_at=begun.started_at,
            finished_at=begun.finished_at,
        )


class ImportResult(Shape):
    """What became of a row, or would; `row` is the line of the file at which it begins, the header on the first."""

    row: int
    status: ImportStatus
    field: str
    code: str
    sentence: str

    @classmethod
    def of(cls, result: ImportResultView | LineResult) -> "ImportResult":
        """Print a result."""
        return cls(
            row=result.number,
            status=result.status,
            field=result.field,
            code=result.code,
            sentence=result.sentence,
        )


class Rehearsal(Shape):
    """What would become of a file; of its rows, the first thousand that something is to be said of."""

    created: int
    merged: int
    unchanged: int
    refused: int
    results: tuple[ImportResult, ...]
