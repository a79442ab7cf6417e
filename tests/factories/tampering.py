"""Somebody who has the database itself in his hands: imported by the conftest files of what must find him out."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import make_url

from marketplace.stack.postgres import Cluster


@pytest.fixture
def owner(cluster: Cluster, database_url: str) -> Iterator[psycopg.Connection]:
    """The owner of this test's database with the triggers asleep: somebody who tampers with what was written."""
    name = make_url(database_url).database or ""
    url = make_url(cluster.owner_url).set(database=name, drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection
