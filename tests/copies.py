"""Copies of the migrated database, each lent to one test at a time and washed after it.

Washing takes a tenth of the time that making and dropping a copy takes.
"""

from itertools import count
from typing import Any, Final

import psycopg
from psycopg import sql

from marketplace.stack.postgres import DATABASE, Cluster

Connection = psycopg.Connection[tuple[Any, ...]]

SEND_AWAY: Final = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
WRITTEN: Final = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
"""
COUNT_ANEW: Final = """
    SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence
    WHERE pg_sequence_last_value(seqrelid) IS NOT NULL
"""
SHAPE: Final = " UNION ALL ".join(
    f"SELECT count(*), max(xmin::text::bigint) FROM {known}"  # noqa: S608  our own names
    for known in (
        "pg_class WHERE relpersistence = 'p'",
        "pg_attribute",
        "pg_constraint",
        "pg_trigger",
        "pg_proc",
        "alembic_version",
    )
)
"""How many of each there are, and who last changed one."""


class Copies:
    """What there is to lend; a copy is made where none is free."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster, self._numbers = cluster, count(1)
        self._free: list[str] = []
        self._shape: list[tuple[Any, ...]] = []

    def take(self) -> str:
        """Name a database as the migrations left it."""
        return self._free.pop() if self._free else self._make()

    def give_back(self, name: str) -> None:
        """Wash it for the next test; where the test has changed more than rows, throw it away."""
        with psycopg.connect(self.owner_url_of(name), autocommit=True) as db:
            db.execute(SEND_AWAY)
            is_clean = self._wash(db)
        if is_clean:
            self._free.append(name)
        else:
            self._drop(name)

    def url_of(self, name: str) -> str:
        """The address by which it is served."""
        return self._cluster.serving_url_to(name).replace("postgresql://", "postgresql+psycopg://", 1)

    def owner_url_of(self, name: str) -> str:
        """The address for whoever may do everything there."""
        return self._cluster.owner_url_to(name)

    def _make(self) -> str:
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self._cluster.owner_url_to("postgres"), autocommit=True) as owner:
            copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
            owner.execute(copy.format(sql.Identifier(name), sql.Identifier(DATABASE)))
        if not self._shape:
            with psycopg.connect(self.owner_url_of(name), autocommit=True) as db:
                self._shape = db.execute(SHAPE.encode()).fetchall()
        return name

    def _drop(self, name: str) -> None:
        with psycopg.connect(self._cluster.owner_url_to("postgres"), autocommit=True) as owner:
            owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _wash(self, db: Connection) -> bool:
        """Take every row out past triggers and references, and the space it took; say whether all is as it was."""
        written = [sql.Identifier(row[0]) for row in db.execute(WRITTEN)]
        if written:
            db.execute("SET session_replication_role = replica")
            db.execute(sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(table) for table in written))
            db.execute(sql.SQL("VACUUM {}").format(sql.SQL(", ").join(written)))
        db.execute(COUNT_ANEW)
        return db.execute(WRITTEN).fetchone() is None and db.execute(SHAPE.encode()).fetchall() == self._shape
