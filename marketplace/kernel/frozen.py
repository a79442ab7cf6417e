"""Statements for the hottest reads: built once from the models, then sent as the text they came to."""

import re
from typing import Any, Final

from sqlalchemy import Select, TextClause, text
from sqlalchemy.dialects.postgresql import psycopg

_TYPED: Final = re.compile(r":(\w+)::((?:TIMESTAMP WITH TIME ZONE|\w+)(?:\[\])?)")
"""A parameter with its type, as the dialect writes it and as text cannot be read."""


def frozen(statement: Select[*tuple[Any, ...]]) -> TextClause:
    """Write a statement out, so that sending it costs no more than its text.

    Values that are part of it stay; parameters are those declared by `bindparam`. Rows hold what the driver gives, so
    enumerations come as their words.
    """
    written = statement.compile(dialect=psycopg.dialect(paramstyle="named"))  # type: ignore[no-untyped-call]  # its own
    given = {name: value for name, value in written.params.items() if value is not None}
    return text(_TYPED.sub(r"CAST(:\1 AS \2)", str(written))).bindparams(**given)
