"""From settings to a house."""

import subprocess
import sys
from ast import literal_eval
from collections.abc import Iterator
from traceback import format_exception

import pytest
from psycopg.errors import NotNullViolation
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from marketplace import bootstrap
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.ids import new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.settings import settings

SETTLED = (
    "import gc; from marketplace import bootstrap; bootstrap.settle(); print(gc.get_freeze_count(), gc.get_count())"
)


WAITS = ("lock", "statement")


class TestSettle:
    def test_leaves_the_collector_nothing_of_what_was_loaded(self) -> None:
        said = subprocess.run([sys.executable, "-c", SETTLED], check=True, capture_output=True, text=True)  # noqa: S603 (ours)

        frozen, left = said.stdout.split(" ", 1)
        assert int(frozen) > 100_000
        assert sum(literal_eval(left)) < 1_000


@pytest.fixture
def _serving(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", database_url)
    settings.cache_clear()
    bootstrap.close()
    yield
    bootstrap.close()
    settings.cache_clear()


def patience(session: Session) -> tuple[str, str]:
    """How long a connection waits for a lock, and for an answer."""
    lock, answer = (session.connection().execute(text(f"SHOW {name}_timeout")).scalar_one() for name in WAITS)
    return lock, answer


class TestConnections:
    @pytest.mark.usefixtures("_serving")
    def test_wait_twice_for_a_lock_within_the_time_that_a_page_has(self) -> None:
        def reading(_actor: Actor, session: Session) -> tuple[str, str]:
            return patience(session)

        def writing(_actor: Actor, uow: UnitOfWork) -> tuple[str, str]:
            return patience(uow.session)

        assert bootstrap.database().read(reading, system("test")) == ("4s", "15s")
        assert bootstrap.database().transact(writing, system("test")) == ("4s", "15s")


class TestErrors:
    @pytest.mark.usefixtures("_serving")
    def test_name_what_was_broken_and_nothing_of_what_was_written(self) -> None:
        def enroll(_actor: Actor, uow: UnitOfWork) -> None:
            user = {"id": new_uuid(), "name": "Noura Alharbi", "email": "noura@example.com"}
            uow.session.execute(text("INSERT INTO users (id, email, full_name) VALUES (:id, :email, :name)"), user)

        with pytest.raises(IntegrityError) as broken:
            bootstrap.database().transact(enroll, system("test"))

        told = "".join(format_exception(broken.value))
        assert "noura" not in told.lower()
        assert 'null value in column "locale"' in told
        assert isinstance(broken.value.orig, NotNullViolation)
        assert broken.value.orig.diag.column_name == "locale"
