"""Runs migrations as the owner of the database, one at a time, never waiting long for a lock."""

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, create_engine, pool, text
from sqlmodel.sql.sqltypes import AutoString

from marketplace import tables
from marketplace.settings import settings

LIMITS = "-c lock_timeout=5s -c statement_timeout=60s"
ONE_AT_A_TIME = 7_105_462_001
"""The advisory lock that two releases starting at once meet at."""


def upgrade() -> None:
    """Run what is asked, over a connection of our own or over the one we were given."""
    given = context.config.attributes.get("connection")
    if given is not None:
        _run(given)
        return
    url = context.config.attributes.get("url") or settings().owner_url
    engine = create_engine(url, poolclass=pool.NullPool, connect_args={"options": LIMITS})
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ONE_AT_A_TIME})
        connection.commit()
        _run(connection)


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=tables.metadata(),
        compare_type=True,
        transaction_per_migration=True,
        render_item=_write_plainly,
    )
    with context.begin_transaction():
        context.run_migrations()


def _write_plainly(kind: str, item: object, _: AutogenContext) -> str | bool:
    """Write SQLModel's own string type as SQLAlchemy's, so that migrations import neither it nor anything of ours."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


upgrade()
