"""Counts what a command asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from marketplace.kernel.work import UnitOfWork


@contextmanager
def counted(uow: UnitOfWork) -> Iterator[list[str]]:
    """Collect the statements that are sent within."""
    statements: list[str] = []
    connection = uow.session.connection()

    def note(_connection: object, _cursor: object, statement: str, *_rest: Any) -> None:  # noqa: ANN401  as it comes
        statements.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(connection, "before_cursor_execute", note)
