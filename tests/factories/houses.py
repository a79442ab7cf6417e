"""A house over a database of the test's own, for those who come in by the door: imported by their conftest files."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from marketplace import bootstrap
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House
from marketplace.rest import limits
from marketplace.settings import settings

Do = Callable[[Callable[[UnitOfWork], Any]], Any]
"""Does something in a unit of its own, and gives what came of it."""


@pytest.fixture
def house(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The house as a serving process has it, over a database of this test alone."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    settings.cache_clear()
    bootstrap.close()
    forget_rates()
    yield bootstrap.house()
    bootstrap.close()
    settings.cache_clear()


def forget_rates() -> None:
    """Forget who asked how often: a new process knows nothing of it, and tests all come from one network."""
    limits._buckets._levels.clear()


@pytest.fixture
def done(house: House) -> Do:
    """Do something in the house."""

    def do(deed: Callable[[UnitOfWork], Any]) -> Any:  # noqa: ANN401 (whatever comes of it)
        return house.db.transact(command, system("test"), deed=deed)

    def command(_actor: Actor, uow: UnitOfWork, *, deed: Callable[[UnitOfWork], Any]) -> Any:  # noqa: ANN401 (likewise)
        return deed(uow)

    return do
