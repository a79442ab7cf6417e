"""Columns: every kind the house uses, typed and constrained in one place."""

from enum import StrEnum
from typing import Any

from sqlalchemy import CHAR, BigInteger, Date, DateTime, Enum, ForeignKey, LargeBinary, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from marketplace.kernel.ids import new_uuid

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Column = Any
"""A column declaration: SQLModel wants the annotated type of the field, which the checker takes from the annotation."""


def key() -> Column:
    """The primary key, a UUIDv7 made in Python."""
    return Field(default_factory=new_uuid, primary_key=True, sa_type=Uuid)


def ref(table: str, *, index: bool = False, unique: bool = False, primary_key: bool = False) -> Column:
    """A reference to a row of this slice or of one below."""
    return Field(
        sa_type=Uuid,
        sa_column_args=[ForeignKey(f"{table}.id")],
        index=index,
        unique=unique,
        primary_key=primary_key,
    )


def maybe_ref(table: str, *, index: bool = False, unique: bool = False) -> Column:
    """A reference that may be missing."""
    return Field(
        default=None,
        sa_type=Uuid,
        sa_column_args=[ForeignKey(f"{table}.id")],
        nullable=True,
        index=index,
        unique=unique,
    )


def plain_id(*, index: bool = False, unique: bool = False, primary_key: bool = False) -> Column:
    """The id of something above, which this slice keeps but cannot ask for."""
    return Field(sa_type=Uuid, index=index, unique=unique, primary_key=primary_key)


def maybe_plain_id(*, index: bool = False, unique: bool = False) -> Column:
    """The id of something above, when there is one."""
    return Field(default=None, sa_type=Uuid, nullable=True, index=index, unique=unique)


def instant(*, index: bool = False) -> Column:
    """A point in time, aware, in UTC."""
    return Field(sa_type=DateTime(timezone=True), index=index)


def maybe_instant(*, index: bool = False) -> Column:
    """A point in time that may not have come yet."""
    return Field(default=None, sa_type=DateTime(timezone=True), nullable=True, index=index)


def day() -> Column:
    """A date."""
    return Field(sa_type=Date)


def maybe_day() -> Column:
    """A date that may be missing."""
    return Field(default=None, sa_type=Date, nullable=True)


def one_of(
    values: type[StrEnum], *, default: StrEnum | None = None, index: bool = False, primary_key: bool = False
) -> Column:
    """One of a list of words, kept to it by the database."""
    if default is None:
        return Field(sa_type=_words(values), index=index, primary_key=primary_key)
    return Field(default=default, sa_type=_words(values), index=index)


def word_of(values: type[StrEnum]) -> Column:
    """One of a list of words that grows with the code, so the database takes any word of the length."""
    return Field(sa_type=_words(values, is_kept_to=False))


def maybe_one_of(values: type[StrEnum], *, name: str | None = None) -> Column:
    """One of a list of words, or nothing; named where a table has two columns of one list."""
    return Field(default=None, sa_type=_words(values, name), nullable=True)


def minor_units(*, default: int | None = None) -> Column:
    """An amount in the smallest unit of the currency that stands beside it."""
    if default is None:
        return Field(sa_type=BigInteger)
    return Field(default=default, sa_type=BigInteger)


def maybe_minor_units() -> Column:
    """An amount that may be missing."""
    return Field(default=None, sa_type=BigInteger, nullable=True)


def big(*, default: int | None = None) -> Column:
    """A whole number that may outgrow 32 bits."""
    return minor_units(default=default)


def currency() -> Column:
    """The ISO 4217 code of the amounts in this row."""
    return Field(sa_type=CHAR(3), max_length=3)


def prose(*, default: str | None = None) -> Column:
    """Text without a length of its own; the edge has limited it."""
    if default is None:
        return Field(sa_type=Text)
    return Field(default=default, sa_type=Text)


def maybe_prose() -> Column:
    """Text that may be missing."""
    return Field(default=None, sa_type=Text, nullable=True)


def document(*, nullable: bool = False) -> Column:
    """A JSON document, replaced as a whole and never changed in place."""
    if nullable:
        return Field(default=None, sa_type=JSONB, nullable=True)
    return Field(sa_type=JSONB)


def raw(*, nullable: bool = False) -> Column:
    """Bytes as they are."""
    if nullable:
        return Field(default=None, sa_type=LargeBinary, nullable=True)
    return Field(sa_type=LargeBinary)


def _words(values: type[StrEnum], name: str | None = None, *, is_kept_to: bool = True) -> Any:  # noqa: ANN401 (SQLModel annotates sa_type as a class, and takes an instance)
    own = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in values.__name__).strip("_")
    return Enum(
        values,
        name=name or own,
        native_enum=False,
        create_constraint=is_kept_to,
        length=32 if is_kept_to else 60,
        values_callable=lambda listed: [word.value for word in listed],
    )
