"""Many rows at once: one statement whatever their number, and hardly any work of ours for each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any, Final, TypeVar

import orjson
from pydantic.fields import FieldInfo
from sqlalchemy import ARRAY, Column, ColumnElement, Table, any_, func, literal, select, tuple_
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, Session
from sqlmodel import SQLModel

T = TypeVar("T")

DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own


GUESSED: Final = 10
"""How many values PostgreSQL thinks an array holds that it has not seen (`estimate_array_length`)."""


MANY: Final = 100
"""From so many values on they are hashed, in case that the plan was made when the table had hardly a row."""


def among(column: Mapped[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether a column holds one of these: one parameter whatever their number, so that the statement stays the same.

    With `in_`, five hundred values are five hundred parameters, and taking that text apart costs more than the query.
    With a kept plan of `= ANY` that reads the table whole, each row of it is compared with each of the five hundred.
    """
    given = padded(values)
    array = literal(given, ARRAY(column.type))  # type: ignore[attr-defined]  # a mapped column has the type of its column
    if len(given) < MANY:
        return column == any_(array)
    return column.in_(select(func.unnest(array)))


def padded(values: Iterable[T]) -> list[T]:
    """The values, the last of them repeated up to as many as PostgreSQL guesses.

    Its plan for any array is kept only where it looks no dearer than one for this array: a plan for three values looks
    cheaper, so a join of eight tables would be planned anew each time, which takes ten times as long as running it.
    """
    given = list(values)
    return given + given[-1:] * (GUESSED - len(given))


def after(columns: Sequence[Any], mark: Sequence[Any]) -> ColumnElement[bool]:
    """Whether a row stands behind a mark in a list that ascends by these columns, the first of them first."""
    last = (literal(part, column.type) for column, part in zip(columns, mark, strict=True))
    return tuple_(*columns) > tuple_(*last)


class Row(SQLModel):
    """A table whose new rows are made at once, for where a request makes many.

    SQLModel sets one attribute after the other, each through SQLAlchemy and pydantic, so that they know what changed:
    of a new row everything is new, and what a session inserts it reads from the row itself.
    """

    def __init__(self, **values: Any) -> None:  # noqa: ANN401 (columns of any type)
        """Take the values as they are, and the defaults of what was not given."""
        kept, made = _defaults(type(self))
        own = self.__dict__
        own.update(kept)
        own.update(values)
        for name, make in made:
            if name not in values:
                own[name] = make()


@cache
def _defaults(model: type[Row]) -> tuple[Mapping[str, Any], Sequence[tuple[str, Callable[[], Any]]]]:
    """What is the same in every new row, and what is made anew for each."""
    optional = {name: field for name, field in model.model_fields.items() if not field.is_required()}
    fixed = {name: field.default for name, field in optional.items() if _is_fixed(field)}
    made = [
        (name, partial(field.get_default, call_default_factory=True, validated_data={}))
        for name, field in optional.items()
        if name not in fixed
    ]
    return fixed, made


def _is_fixed(field: FieldInfo) -> bool:
    return field.default_factory is None and isinstance(field.default, str | int | None)


def put_rows(
    session: Session, model: type[SQLModel], rows: Sequence[Mapping[str, Any]], *, replacing: str | None = None
) -> None:
    """Insert rows, given as values by column; with `replacing`, those that are there under that key are overwritten.

    They go over as one JSON text that PostgreSQL takes apart: for 500 rows a tenth of what the ORM costs us.
    """
    if rows:
        statement = _statement(model, tuple(rows[0]), replacing)
        session.connection().exec_driver_sql(statement, {"rows": orjson.dumps(list(rows)).decode()})


@cache
def _statement(model: type[SQLModel], names: tuple[str, ...], replacing: str | None) -> str:
    table: Table = model.__table__  # type: ignore[attr-defined]  # every model has one
    listed = ", ".join(_quoted(table.c[name]) for name in names)
    typed = ", ".join(f"{_quoted(table.c[name])} {_type(table.c[name])}" for name in names)
    insert = (
        f"INSERT INTO {table.name} ({listed})"  # noqa: S608 (names of our own tables and columns)
        f" SELECT {listed} FROM json_to_recordset(%(rows)s::json) AS given ({typed})"
    )
    if replacing is None:
        return insert
    replaced = ", ".join(
        f"{_quoted(table.c[name])} = excluded.{_quoted(table.c[name])}" for name in names if name != replacing
    )
    return f"{insert} ON CONFLICT ({replacing}) DO UPDATE SET {replaced}"


def _quoted(column: Column[Any]) -> str:
    return f'"{column.name}"'


def _type(column: Column[Any]) -> str:
    return column.type.compile(dialect=DIALECT)
