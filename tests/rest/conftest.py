"""The REST application over a database of the test's own, spoken to over HTTP."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from marketplace import identity
from marketplace.identity import SystemRole
from marketplace.kernel.actor import Actor, visitor
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House
from marketplace.rest import outer
from marketplace.rest.app import make_app
from tests.factories.houses import done, house

__all__ = ["done", "house"]

PASSWORD = "correct horse battery"

_numbers = count(1)


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    """Somebody who speaks HTTP to the REST application."""
    with TestClient(make_app(), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def served(house: House) -> Starlette:
    """The outer application, with REST mounted as it is served."""
    app = Starlette(routes=list(outer.ROUTES))
    app.mount("/api/v1", make_app())
    return app


@pytest.fixture
def web(served: Starlette) -> Iterator[TestClient]:
    """A browser at the outer application."""
    with TestClient(served, base_url="http://localhost:8000") as opened:
        yield opened


@pytest.fixture
def join(client: TestClient) -> Callable[..., dict[str, str]]:
    """Register somebody, and give the headers that he is known by."""

    def joined(*, kind: str = "buyer", name: str = "Dune") -> dict[str, str]:
        wish = {
            "email": f"person{next(_numbers)}@example.com",
            "password": PASSWORD,
            "full_name": "Noura Alharbi",
            "store": {"name": name, "kind": kind, "address": {"line1": "12 Olaya Street", "city": "Riyadh"}},
        }
        answer = client.post("/auth/register", json=wish)
        assert answer.status_code == 201, answer.text
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    return joined


@pytest.fixture
def hire(house: House, client: TestClient) -> Callable[[SystemRole], dict[str, str]]:
    """Give somebody a role of the house, and give the headers that he is known by."""

    def hired(role: SystemRole) -> dict[str, str]:
        email = f"{role}{next(_numbers)}@example.com"

        def enroll(_actor: Actor, uow: UnitOfWork) -> None:
            password_hash = identity.hash_password(PASSWORD)
            user = identity.enroll(uow, email=email, full_name="Officer", password_hash=password_hash)
            identity.grant_role(uow, user_id=user.id, role=role)

        house.db.transact(enroll, visitor())
        tokens = client.post("/auth/login", json={"email": email, "password": PASSWORD}).json()
        return {"Authorization": f"Bearer {tokens['access_token']}"}

    return hired
