"""What the house checks of itself."""

import pytest

from marketplace import ledger
from marketplace.flows.checking import SomethingIsWrong, check
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.money import Money
from marketplace.kernel.work import Database, UnitOfWork
from marketplace.ledger import Posting
from marketplace.ports import House, Ports
from tests.factories.sales import Market

CLERK = system("test")


@pytest.fixture
def house(database: Database) -> House:
    """A house with nothing outside of it."""
    return House(db=database, ports=Ports.__new__(Ports), secret="not asked for")


def sell(_actor: Actor, uow: UnitOfWork) -> None:
    Market(uow).sell()


def mislay(_actor: Actor, uow: UnitOfWork) -> None:
    lines = [Posting.debit(ledger.BANK, Money(500, "SAR")), Posting.credit(ledger.SAFE, Money(500, "SAR"))]
    ledger.post(uow, kind="wrong", source="test", key="wrong", postings=lines)


class TestCheck:
    def test_is_silent_where_all_is_well(self, house: House) -> None:
        house.db.transact(sell, CLERK)

        check(house)

    def test_raises_its_voice_where_money_is_unexplained(self, house: House) -> None:
        house.db.transact(mislay, CLERK)

        with pytest.raises(SomethingIsWrong, match="in 2 accounts; 0 breaches"):
            check(house)
