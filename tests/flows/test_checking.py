"""What the house checks of itself."""

import pytest

from marketplace.flows.checking import SomethingIsWrong, check
from marketplace.kernel.actor import system
from marketplace.kernel.work import Database
from marketplace.ports import House, Ports
from tests.factories.sales import mislay, sell

CLERK = system("test")


@pytest.fixture
def house(database: Database) -> House:
    """A house with nothing outside of it."""
    return House(db=database, ports=Ports.__new__(Ports), secret="not asked for")


class TestCheck:
    def test_is_silent_where_all_is_well(self, house: House) -> None:
        house.db.transact(sell, CLERK)

        check(house)

    def test_raises_its_voice_where_money_is_unexplained(self, house: House) -> None:
        house.db.transact(mislay, CLERK)

        with pytest.raises(SomethingIsWrong, match="in 2 accounts; 0 breaches"):
            check(house)
