"""What the database itself insists on, kept in files: whoever lets go of a promise is seen doing it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import psycopg
import pytest

from marketplace.stack.postgres import SERVING_ROLE, Cluster
from tests.snapshots import kept

HERE: Final = Path(__file__).parent

QUESTIONS: Final[Mapping[str, str]] = {
    "constraints": """
        SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'p', 'u', 'x')
    """,
    "unique indexes": """
        SELECT replace(indexdef, 'CREATE UNIQUE INDEX ', '') FROM pg_indexes
        WHERE schemaname = 'public' AND indexdef LIKE '%UNIQUE%'
        AND indexname NOT IN (SELECT conname FROM pg_constraint)
    """,
    "triggers": """
        SELECT format('%s | %s', pg_get_triggerdef(pg_trigger.oid), regexp_replace(prosrc, '\\s+', ' ', 'g'))
        FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal
    """,
    "grants": """
        SELECT format('%s: %s', table_name, string_agg(privilege_type, ', ' ORDER BY privilege_type))
        FROM information_schema.role_table_grants WHERE table_schema = 'public' AND grantee = '{role}'
        GROUP BY table_name
    """,
}
"""By what they are called, and by the file that keeps the answer."""


class TestPromises:
    @pytest.mark.parametrize("name", QUESTIONS)
    def test_are_those_that_are_kept(self, cluster: Cluster, name: str) -> None:
        with psycopg.connect(cluster.owner_url) as db:
            rows = db.execute(QUESTIONS[name].replace("{role}", SERVING_ROLE).encode()).fetchall()
        found = sorted(str(row[0]) for row in rows)

        assert found == kept(HERE / "snapshots" / f"{name.replace(' ', '_')}.txt", found)
