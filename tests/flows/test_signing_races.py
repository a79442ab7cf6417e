"""A button that is pressed twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlmodel import Session

from marketplace import identity
from marketplace.flows import signing
from marketplace.flows.signing import Arrival, SignedIn
from marketplace.identity import Door, Registration, StoreKind
from marketplace.identity.models import Store
from marketplace.kernel.actor import Actor, system, visitor
from marketplace.kernel.work import Database, Wiring
from marketplace.ports import House, Ports

PASSWORD = "correct horse battery"
PRESSES = 4


@pytest.fixture
def wiring(wiring: Wiring) -> Wiring:
    """The refusals of identity are told in our words."""
    return Wiring(clock=wiring.clock, random=wiring.random, constraints=identity.CONSTRAINTS)


@pytest.fixture
def house(real_database: Database, ports: Ports) -> House:
    return House(db=real_database, ports=ports, secret="a secret of thirty-two characters")


def pressed(house: House, *, kind: StoreKind) -> list[SignedIn]:
    """Open an account, or another store, with several presses at once."""
    registration = Registration(
        email="noura@example.com", full_name="Noura Alharbi", store_name="Noura", store_kind=kind
    )
    arrival, together = Arrival(door=Door.BROWSER, network=identity.THIS_MACHINE), Barrier(PRESSES)

    def press(_number: int) -> SignedIn:
        together.wait()
        return signing.register(visitor(), house, registration=registration, password=PASSWORD, arrival=arrival)

    with ThreadPoolExecutor(PRESSES) as pool:
        return list(pool.map(press, range(PRESSES)))


def stores(house: House) -> int:
    def count(_actor: Actor, session: Session) -> int:
        counted: int = session.execute(select(func.count()).select_from(Store)).scalar_one()
        return counted

    return house.db.read(count, system("test"))


class TestPressedTwice:
    def test_joins_once_and_is_let_in_each_time(self, house: House) -> None:
        seen = pressed(house, kind=StoreKind.BUYER)

        assert len({one.user.id for one in seen}) == len({one.store.id for one in seen if one.store}) == 1
        assert len({one.cookie for one in seen}) == PRESSES
        assert stores(house) == 1

    def test_opens_one_more_store(self, house: House) -> None:
        pressed(house, kind=StoreKind.BUYER)

        seen = pressed(house, kind=StoreKind.VENDOR)

        assert len({one.store.id for one in seen if one.store}) == 1
        assert stores(house) == 2
