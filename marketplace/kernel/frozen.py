"""Statements for the hottest paths: taken to pieces once, then sent as the text they came to.

A statement that SQLAlchemy is given anew is looked up, its values are bound and its result described, for each of the
dozen that a checkout sends: that took a sixth of it. Errors, connections and hooks are SQLAlchemy's as everywhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import CursorResult, Select
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.orm import Session

_NAMED: Final = re.compile(r"(?<!:):([a-z]\w*)")
"""A parameter, and not a type behind two colons."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A statement as the driver takes it, with the values that never change."""

    sql: str
    fixed: Mapping[str, Any] = field(default_factory=dict)

    def run(self, session: Session, values: Mapping[str, Any]) -> CursorResult[*tuple[Any, ...]]:
        """Send it with these values, after what the session has to write; rows hold what the driver gives."""
        session.flush()
        return session.connection().exec_driver_sql(self.sql, {**self.fixed, **values})


def frozen(statement: Select[*tuple[Any, ...]]) -> Frozen:
    """Write a statement out; values that are part of it stay, parameters are those declared by `bindparam`."""
    written = statement.compile(dialect=psycopg.dialect())  # type: ignore[no-untyped-call]  # its own
    return Frozen(str(written), {name: value for name, value in written.params.items() if value is not None})


def documents(statement: Select[*tuple[Any, ...]]) -> Frozen:
    """Write a statement out so that each row comes as one document: a dozen columns cost more than their values.

    Its values are those of JSON: identities come as text.
    """
    rows = frozen(statement)
    return Frozen(f"SELECT to_jsonb(found) FROM ({rows.sql}) AS found", rows.fixed)  # noqa: S608 (what was written out)


def by_hand(sql: str) -> Frozen:
    """Take a statement that was written as text, with its parameters as `:name`."""
    return Frozen(_NAMED.sub(r"%(\1)s", sql.replace("%", "%%")))
