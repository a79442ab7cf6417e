"""Every route against every role, and against the ids of strangers: generated from the routes themselves."""

from collections.abc import Callable
from itertools import count
from uuid import UUID

import pytest
from fastapi.routing import APIRoute
from httpx import Response
from sqlmodel import col, select
from starlette.testclient import TestClient

from marketplace import identity, media, notifications
from marketplace.delivery.models import Assignment, Stop
from marketplace.delivery.states import StopKind
from marketplace.identity import Door, Keys, Standing, StoreKind, StoreRole, SystemRole, mint
from marketplace.identity.models import Membership
from marketplace.kernel.actor import Actor, Permission, system
from marketplace.kernel.clock import utc_now
from marketplace.kernel.ids import EventId, StoreId, UserId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.media import AssetKind, make_picture
from marketplace.orders.models import OrderLine
from marketplace.ports import House
from marketplace.rest.access import CATALOG, PUBLIC, SIGNED_IN
from marketplace.rest.app import ROUTERS, make_app
from tests.factories.people import make_officer, make_store
from tests.factories.pictures import drawn
from tests.factories.sales import Market
from tests.factories.wishes import Call, calls

OPEN = {PUBLIC.value, CATALOG.value}
ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
CALLS = sorted(calls(make_app(), ROUTES), key=lambda call: call.path == "/auth/logout")
"""Leaving comes last."""
STORE_ROLES = [(kind, role) for kind in StoreKind for role in StoreRole]

FULLER = {"POST /agent/stops/{stop_id}/deliver": {"proof": {"code": "111111"}}}
"""Bodies that must hold one of several fields, which no schema says."""

SHARED = "/vendor/products/{fsin}"
"""Products are everybody's to see, but only their creator's to change."""

_keys = count(1)

pytestmark = pytest.mark.slow

Ids = dict[str, object]
Hire = Callable[[Callable[[UnitOfWork], Standing]], Standing]
Fill = Callable[[Callable[[UnitOfWork], tuple[Ids, Standing]]], tuple[Ids, Standing]]


def come_in(uow: UnitOfWork, user_id: UserId, store_id: StoreId | None = None) -> Standing:
    """Sign somebody in."""
    return identity.enter(uow, user_id=user_id, store_id=store_id, door=Door.CLIENT, at=utc_now()).standing


@pytest.fixture
def done(house: House) -> Callable[..., object]:
    """Runs a function in a unit of its own."""

    def do(deed: Callable[[UnitOfWork], object]) -> object:
        def command(_actor: Actor, uow: UnitOfWork) -> object:
            return deed(uow)

        return house.db.transact(command, system("test"))

    return do


def ask(client: TestClient, call: Call, house: House, who: Standing | None, ids: Ids) -> Response:
    headers = {"Idempotency-Key": f"key-{next(_keys)}"}
    if who is not None:
        headers["Authorization"] = f"Bearer {mint(who, keys=Keys.of(house.secret), now=utc_now())}"
    answer: Response = client.request(call.method, call.to(ids), headers=headers, json=FULLER.get(call.name, call.body))
    return answer


class Nowhere(Ids):
    """Ids of nothing."""

    def __missing__(self, name: str) -> object:
        return UUID(int=7) if name.endswith("_id") else "25-0101-0000-0"


class TestEveryRoute:
    def test_says_who_may_call_it_in_known_words(self) -> None:
        known = {PUBLIC.value, SIGNED_IN.value, CATALOG.value, *Permission}

        assert [call.name for call in CALLS if call.access not in known] == []

    def test_turns_nobody_away_with_401(self, client: TestClient, house: House) -> None:
        answers = {call.name: ask(client, call, house, None, Nowhere()) for call in CALLS if call.access not in OPEN}

        assert {name: answer.status_code for name, answer in answers.items() if answer.status_code != 401} == {}

    @pytest.mark.parametrize(("kind", "role"), STORE_ROLES)
    def test_lets_in_just_the_roles_of_a_store_that_the_matrix_names(
        self,
        client: TestClient,
        house: House,
        done: Hire,
        kind: StoreKind,
        role: StoreRole,
    ) -> None:
        def hire(uow: UnitOfWork) -> Standing:
            _, store = make_store(uow, kind=kind)
            user, _ = make_store(uow)
            uow.session.add(Membership(user_id=user.id, store_id=store.id, role=role, joined_at=uow.now))
            return come_in(uow, user.id, store.id)

        assert _wrongly_answered(client, house, done(hire)) == {}

    @pytest.mark.parametrize("role", SystemRole)
    def test_lets_in_just_the_roles_of_the_house_that_the_matrix_names(
        self, client: TestClient, house: House, done: Hire, role: SystemRole
    ) -> None:
        def hire(uow: UnitOfWork) -> Standing:
            return come_in(uow, make_officer(uow, role).id)

        assert _wrongly_answered(client, house, done(hire)) == {}


class TestStrangers:
    @pytest.mark.parametrize("kind", StoreKind)
    def test_find_nothing_of_another_store(self, client: TestClient, house: House, done: Fill, kind: StoreKind) -> None:
        def fill(uow: UnitOfWork) -> tuple[Ids, Standing]:
            ids = theirs(uow)
            user, store = make_store(uow, kind=kind)
            return ids, come_in(uow, user.id, store.id)

        ids, who = done(fill)

        assert _found(client, house, who, ids) == {}

    def test_change_no_product_of_another_store(self, client: TestClient, house: House, done: Fill) -> None:
        def fill(uow: UnitOfWork) -> tuple[Ids, Standing]:
            ids = theirs(uow)
            user, store = make_store(uow, kind=StoreKind.VENDOR)
            return ids, come_in(uow, user.id, store.id)

        ids, who = done(fill)
        answers = {call.method: ask(client, call, house, who, ids) for call in CALLS if call.path == SHARED}

        assert {method: answer.status_code for method, answer in answers.items()} == {
            "GET": 200,
            "PATCH": 403,
            "DELETE": 403,
        }

    def test_find_nothing_of_another_agent(self, client: TestClient, house: House, done: Fill) -> None:
        def fill(uow: UnitOfWork) -> tuple[Ids, Standing]:
            return theirs(uow), come_in(uow, make_officer(uow, SystemRole.AGENT).id)

        ids, who = done(fill)

        assert _found(client, house, who, ids) == {}

    def test_see_nothing_of_others_in_their_lists(self, client: TestClient, house: House, done: Fill) -> None:
        for kind in StoreKind:

            def fill(uow: UnitOfWork, kind: StoreKind = kind) -> tuple[Ids, Standing]:
                ids = theirs(uow)
                user, store = make_store(uow, kind=kind)
                return ids, come_in(uow, user.id, store.id)

            ids, who = done(fill)
            lists = [
                call for call in CALLS if call.method == "GET" and "{" not in call.path and call.access not in OPEN
            ]
            seen = {call.name: ask(client, call, house, who, {}).text for call in lists}

            leaks = {(name, key) for name, text in seen.items() for key, value in ids.items() if str(value) in text}
            assert leaks == set()


def theirs(uow: UnitOfWork) -> Ids:
    """A vendor, a buyer and an agent with something of every kind, and the ids of it all."""
    market = Market(uow)
    order = market.sell()
    line = uow.session.exec(select(OrderLine).where(col(OrderLine.order_id) == order.id)).one()
    assignment = uow.session.exec(select(Assignment).where(col(Assignment.order_id) == order.id)).one()
    stop = Stop(
        assignment_id=assignment.id, kind=StopKind.DROP, address={}, contact_name="Noura", contact_phone="+966501234567"
    )
    uow.session.add(stop)
    picture = make_picture(drawn(20, 20))
    (asset_id,) = media.adopt(uow, pictures=[picture], store_id=market.vendor.id, kind=AssetKind.PRODUCT_IMAGE)
    notifications.notify(
        uow,
        rule="order_delivered",
        user_ids=[market.buying_user],
        about={"number": order.number},
        event_id=EventId(new_uuid()),
    )
    reader = Actor(name="reader", user_id=market.buying_user)
    return {
        "store_id": market.vendor.id,
        "address_id": identity.default_addresses(uow.session, [market.buyer.id])[market.buyer.id].id,
        "asset_id": asset_id,
        "notification_id": notifications.newest(reader, uow.session).items[0].id,
        "number": order.number,
        "listing_id": line.listing_id,
        "fsin": line.fsin,
        "stop_id": stop.id,
    }


def _wrongly_answered(client: TestClient, house: House, who: Standing) -> dict[str, str]:
    """The routes whose gate is open where it should be shut, or the other way round, or that stumble."""
    wrong = {}
    for call in CALLS:
        answer = ask(client, call, house, who, Nowhere())
        is_let_in = call.access in OPEN | {SIGNED_IN.value} or who.actor.has(Permission(call.access))
        is_shut_out = answer.status_code == 403 and answer.json()["code"].startswith("access.")
        is_known = call.access in OPEN or answer.status_code != 401
        if is_let_in == is_shut_out or not is_known or answer.status_code in {429, *range(500, 600)}:
            wrong[call.name] = f"{answer.status_code} {answer.text[:200]}"
    return wrong


def _found(client: TestClient, house: House, who: Standing, ids: Ids) -> dict[str, str]:
    """The routes that answer about something of others otherwise than that it is not there, or not for them."""
    found = {}
    for call in CALLS:
        if "{" not in call.path or call.path == SHARED or call.access in OPEN:
            continue
        answer = ask(client, call, house, who, Nowhere(ids))
        wanted = 404 if call.access == SIGNED_IN.value or who.actor.has(Permission(call.access)) else 403
        if answer.status_code != wanted:
            found[call.name] = f"{answer.status_code} {answer.text[:200]}"
    return found


class TestDocument:
    def test_names_each_shape_by_its_own_word(self) -> None:
        """A shape that shares its name with another is named after modules of ours, which a contract must not know."""
        named = make_app().openapi()["components"]["schemas"]

        assert [name for name in named if not name.replace("_", "").isalnum() or "__" in name] == []
