"""Every route of the REST surface, called by whoever a test names: generated from the routes themselves."""

from collections.abc import Mapping
from itertools import count
from string import Formatter
from typing import Any

from fastapi.routing import APIRoute
from httpx import Response
from starlette.testclient import TestClient

from marketplace.identity import Keys, Standing, StoreKind, StoreRole, SystemRole, mint
from marketplace.identity.models import Membership
from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.clock import utc_now
from marketplace.kernel.ids import StoreId, UserId
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House
from marketplace.rest.access import CATALOG, PUBLIC, SIGNED_IN
from marketplace.rest.app import ROUTERS, make_app
from tests.factories.belongings import come_in
from tests.factories.houses import forget_rates
from tests.factories.people import make_officer, make_store
from tests.factories.wishes import Call, calls

OPEN = {PUBLIC.value, CATALOG.value}
ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
CALLS = sorted(calls(make_app(), ROUTES), key=lambda call: call.path == "/auth/logout")
"""Leaving comes last."""
STORE_ROLES = [(kind, role) for kind in StoreKind for role in StoreRole]
HOUSE = "/admin"

FULLER = {"POST /agent/stops/{stop_id}/deliver": {"proof": {"code": "111111"}}}
"""Bodies that must hold one of several fields, which no schema says."""

_keys = count(1)

Ids = dict[str, object]


def ask(
    client: TestClient,
    call: Call,
    house: House,
    who: Standing | None,
    ids: Mapping[str, object],
    *,
    body: Mapping[str, Any] | None = None,
) -> Response:
    """Call a route as somebody, or as nobody."""
    forget_rates()
    headers = {"Idempotency-Key": f"key-{next(_keys)}"}
    if who is not None:
        headers["Authorization"] = f"Bearer {mint(who, keys=Keys.of(house.secret), now=utc_now())}"
    wish = body or FULLER.get(call.name, call.body)
    answer: Response = client.request(call.method, call.to(ids), headers=headers, json=wish)
    return answer


def member(uow: UnitOfWork, kind: StoreKind, role: StoreRole) -> Standing:
    """Sign in somebody with this role in a store that is not his own."""
    _, store = make_store(uow, kind=kind)
    user, _ = make_store(uow)
    uow.session.add(Membership(user_id=user.id, store_id=store.id, role=role, joined_at=uow.now))
    uow.session.flush()
    return come_in(uow, UserId(user.id), StoreId(store.id))


def officer(uow: UnitOfWork, role: SystemRole) -> Standing:
    """Sign in somebody of the house."""
    return come_in(uow, make_officer(uow, role).id)


def parameters(call: Call) -> list[str]:
    """What its path names."""
    return [name for _, name, _, _ in Formatter().parse(call.path) if name]


def may_come_in(call: Call, actor: Actor) -> bool:
    """Whether the matrix lets somebody call a route at all."""
    if call.access in OPEN | {SIGNED_IN.value}:
        return True
    wanted = Permission(call.access.removeprefix("house:"))
    return actor.may(wanted, store_id=None) if call.path.startswith(HOUSE) else actor.has(wanted)
