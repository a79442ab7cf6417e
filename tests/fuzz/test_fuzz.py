"""Requests nobody would think of, against the whole surface."""

import os
from collections.abc import Iterator
from typing import Final

import pytest
from fastapi import Query
from starlette.testclient import TestClient

from marketplace.kernel.actor import Actor, system
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House
from marketplace.rest.access import PUBLIC
from marketplace.rest.app import make_app
from marketplace.rest.routing import Router
from marketplace.rest.shapes.base import Shape
from tests.fuzz.asking import VISITOR, Asking
from tests.fuzz.knowing import EMAIL, PASSWORD
from tests.fuzz.world import World, fill

CASES: Final = int(os.environ.get("MARKETPLACE_FUZZ_CASES", "15"))
"""How often each operation is asked as its schema says, and as often as it does not."""

SEED: Final = int(os.environ.get("MARKETPLACE_FUZZ_SEED", "1"))
"""Which walk is taken: always the same one, until somebody asks for another."""

REACHED: Final = 0.7

pytestmark = [pytest.mark.fuzz, pytest.mark.timeout(1_200)]


@pytest.fixture
def world(house: House, client: TestClient) -> World:
    """Somebody in every role, and something of everything."""

    def filled(_actor: Actor, uow: UnitOfWork) -> World:
        return fill(uow)

    made = house.db.transact(filled, system("fuzz"))
    place = {"line1": "12 Olaya Street", "city": "Riyadh"}
    wish = {
        "email": EMAIL,
        "password": PASSWORD,
        "full_name": "Somebody",
        "store": {"name": "Dune", "kind": "buyer", "address": place},
    }
    assert client.post("/auth/register", json=wish).status_code == 201
    return made


class TestEveryOperation:
    # Threads of the application may draw from `random` while a case is made up: that is no strategy of ours.
    @pytest.mark.filterwarnings("ignore:Do not use the .random. module inside strategies")
    def test_keeps_its_contract_whoever_asks_whatever(self, client: TestClient, world: World) -> None:
        found = Asking(client, world, CASES, SEED).walk()

        assert [str(fault) for fault in found.faults.values()] == []
        assert set(found.asked_by) == {*world.people, VISITOR}
        reached = 1 - len(found.unreached) / len(found.answers)
        assert reached >= REACHED, found.unreached


class Echo(Shape):
    """What the planted route answers."""

    halves: int


@pytest.fixture
def planted(house: House) -> Iterator[TestClient]:
    """An application with one route, which crashes at zero."""
    router = Router(prefix="/planted", tags=["planted"])

    @router.get("", access=PUBLIC, returns=Echo)
    def halve(size: int = Query(ge=0, le=9)) -> Echo:
        return Echo(halves=10 // size)

    app = make_app()
    app.router.routes.clear()
    app.include_router(router)
    app.setup()
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


class TestAMistake:
    def test_is_found(self, planted: TestClient) -> None:
        found = Asking(planted, World({}), CASES, SEED).walk()

        assert sorted(title for _, title in found.faults) == ["Server error", "Undocumented status code"]
