"""A house of the test's own, installed as a serving process would find it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from marketplace import bootstrap
from marketplace.flows.compositions import installing
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House
from marketplace.settings import settings

MakeHouse = Callable[[str], House]


@pytest.fixture
def house_of(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[MakeHouse]:
    """Open the house of a profile, with its categories, fees and taxes."""

    def opened(name: str) -> House:
        monkeypatch.setenv("DATABASE_URL", database_url)
        monkeypatch.setenv("MARKETPLACE_PROFILE", name)
        monkeypatch.setenv("MARKETPLACE_DATA_DIR", str(tmp_path))
        settings.cache_clear()
        bootstrap.close()
        house = bootstrap.house()
        house.db.transact(_install, system("install"))
        return house

    yield opened
    bootstrap.close()
    settings.cache_clear()
    profile.choose(profile.SAUDI)


def _install(_actor: Actor, uow: UnitOfWork) -> None:
    installing.install(uow)
