"""Every route against every role, and against the ids of strangers: generated from the routes themselves."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from string import Formatter
from typing import Any
from uuid import UUID

import pytest
from fastapi.routing import APIRoute
from httpx import Response
from starlette.testclient import TestClient

from marketplace import fees, taxes
from marketplace.identity import Keys, Standing, StoreKind, StoreRole, SystemRole, mint
from marketplace.identity.models import Membership
from marketplace.kernel.actor import Actor, Permission, system
from marketplace.kernel.clock import utc_now
from marketplace.kernel.ids import StoreId, UserId
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import OrderState
from marketplace.ports import House
from marketplace.rest.access import CATALOG, PUBLIC, SIGNED_IN, InTheHouse
from marketplace.rest.app import ROUTERS, make_app
from tests.factories.actors import clerk
from tests.factories.belongings import Belongings, come_in, make_belongings
from tests.factories.orders import BUYS, Buyer, make_order, make_shopper
from tests.factories.people import make_officer, make_store
from tests.factories.road import make_agent, send
from tests.factories.shelves import OnSale, make_product, put_on_sale
from tests.factories.wishes import Call, calls
from tests.fuzz.knowing import let_go

OPEN = {PUBLIC.value, CATALOG.value}
ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
CALLS = sorted(calls(make_app(), ROUTES), key=lambda call: call.path == "/auth/logout")
"""Leaving comes last."""
STORE_ROLES = [(kind, role) for kind in StoreKind for role in StoreRole]
HOUSE = "/admin"

FULLER = {"POST /agent/stops/{stop_id}/deliver": {"proof": {"code": "111111"}}}
"""Bodies that must hold one of several fields, which no schema says."""

SHARED = "/vendor/products/{fsin}"
"""Products are everybody's to see, but only their creator's to change."""

OF_THE_HOUSE = (HOUSE, "/dispatch")
"""Where the house looks after what is everybody's."""

READ_BY_THE_HOUSE = {
    "GET /vendor/imports/{import_id}",
    "GET /vendor/imports/{import_id}/results.csv",
    "GET /vendor/listings/{listing_id}",
    "GET /vendor/listings/{listing_id}/stock",
    "GET /vendor/listings/{listing_id}/stock/movements",
}
"""What the matrix lets some roles of the house look at in every store (domain rules B1: listings)."""

WITHOUT_A_CODE = {"GET /orders/{number}/code", "POST /admin/orders/{number}/code"}
"""What is handed over has no code any more."""

_keys = count(1)

pytestmark = pytest.mark.slow

Ids = dict[str, object]
Hire = Callable[[Callable[[UnitOfWork], Standing]], Standing]
Fill = Callable[[Callable[[UnitOfWork], Any]], Any]


@pytest.fixture
def done(house: House) -> Callable[..., object]:
    """Runs a function in a unit of its own."""

    def do(deed: Callable[[UnitOfWork], object]) -> object:
        def command(_actor: Actor, uow: UnitOfWork) -> object:
            return deed(uow)

        return house.db.transact(command, system("test"))

    return do


def ask(
    client: TestClient,
    call: Call,
    house: House,
    who: Standing | None,
    ids: Mapping[str, object],
    *,
    body: Mapping[str, Any] | None = None,
) -> Response:
    let_go()
    headers = {"Idempotency-Key": f"key-{next(_keys)}"}
    if who is not None:
        headers["Authorization"] = f"Bearer {mint(who, keys=Keys.of(house.secret), now=utc_now())}"
    wish = body or FULLER.get(call.name, call.body)
    answer: Response = client.request(call.method, call.to(ids), headers=headers, json=wish)
    return answer


class Nowhere(Ids):
    """Ids of nothing."""

    def __missing__(self, name: str) -> object:
        return UUID(int=7) if name.endswith("_id") else "25-0101-0000-0"


class TestEveryRoute:
    def test_says_who_may_call_it_in_known_words(self) -> None:
        known = {
            PUBLIC.value,
            SIGNED_IN.value,
            CATALOG.value,
            *Permission,
            *(InTheHouse(one).value for one in Permission),
        }

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
        assert _wrongly_answered(client, house, done(lambda uow: _member(uow, kind, role))) == {}

    @pytest.mark.parametrize("role", SystemRole)
    def test_lets_in_just_the_roles_of_the_house_that_the_matrix_names(
        self, client: TestClient, house: House, done: Hire, role: SystemRole
    ) -> None:
        assert _wrongly_answered(client, house, done(lambda uow: _officer(uow, role))) == {}

    @pytest.mark.parametrize("odd", ["%00", "%0A", "%27", "%F0%9F%93%A6", "9" * 400])
    def test_stumbles_over_no_name(self, client: TestClient, house: House, done: Fill, odd: str) -> None:
        people = done(make_belongings).people
        broken = {}
        for call in CALLS:
            ids = dict.fromkeys(_parameters(call), odd)
            for name, who in people.items() if ids else ():
                answer = ask(client, call, house, who, ids)
                if answer.status_code not in {401, 403, 404, 422}:
                    broken[f"{call.name} as {name}"] = f"{answer.status_code} {answer.text[:200]}"

        assert broken == {}


class TestIds:
    def test_are_there_for_every_parameter_of_every_route(self, done: Fill) -> None:
        ids = done(make_belongings).ids

        assert {name for call in CALLS for name in _parameters(call)} == set(ids)

    def test_are_of_things_that_those_find_whom_they_concern(
        self, client: TestClient, house: House, done: Fill
    ) -> None:
        theirs: Belongings = done(make_belongings)
        lost = {}
        for call in sorted(CALLS, key=lambda call: call.method != "GET"):
            if not _parameters(call) or call.name in WITHOUT_A_CODE or call.method == "DELETE":
                continue
            answers = [ask(client, call, house, who, theirs.ids) for who in theirs.people.values()]
            if all(answer.status_code in {401, 403, 404} for answer in answers):
                lost[call.name] = [f"{answer.status_code} {answer.text[:100]}" for answer in answers]

        assert lost == {}


class TestStrangers:
    @pytest.mark.parametrize(("kind", "role"), STORE_ROLES)
    def test_find_nothing_of_another_store(
        self, client: TestClient, house: House, done: Fill, kind: StoreKind, role: StoreRole
    ) -> None:
        theirs, who = done(lambda uow: (make_belongings(uow), _member(uow, kind, role)))

        assert _found(client, house, who, theirs.ids) == {}

    @pytest.mark.parametrize("role", SystemRole)
    def test_find_nothing_of_another_store_outside_the_house(
        self, client: TestClient, house: House, done: Fill, role: SystemRole
    ) -> None:
        theirs, who = done(lambda uow: (make_belongings(uow), _officer(uow, role)))

        found = _found(client, house, who, theirs.ids)

        open_ones = READ_BY_THE_HOUSE if who.actor.has(Permission.LISTINGS_READ) else set()
        assert {name for name, said in found.items() if said.startswith("2")} <= open_ones
        assert {name: said for name, said in found.items() if name not in open_ones} == {}

    def test_change_no_product_of_another_store(self, client: TestClient, house: House, done: Fill) -> None:
        theirs, who = done(lambda uow: (make_belongings(uow), _member(uow, StoreKind.VENDOR, StoreRole.OWNER)))

        answers = {call.method: ask(client, call, house, who, theirs.ids) for call in CALLS if call.path == SHARED}

        assert {method: answer.status_code for method, answer in answers.items()} == {
            "GET": 200,
            "PATCH": 403,
            "DELETE": 403,
        }

    @pytest.mark.parametrize(("kind", "role"), STORE_ROLES)
    def test_see_nothing_of_others_in_their_lists(
        self, client: TestClient, house: House, done: Fill, kind: StoreKind, role: StoreRole
    ) -> None:
        theirs, who = done(lambda uow: (make_belongings(uow), _member(uow, kind, role)))

        assert _leaks(client, house, who, theirs.ids) == set()

    @pytest.mark.parametrize("role", SystemRole)
    def test_of_the_house_see_nothing_of_others_as_their_own(
        self, client: TestClient, house: House, done: Fill, role: SystemRole
    ) -> None:
        theirs, who = done(lambda uow: (make_belongings(uow), _officer(uow, role)))

        leaks = {name for name, _ in _leaks(client, house, who, theirs.ids) if not name[4:].startswith(OF_THE_HOUSE)}

        assert leaks <= {"GET /vendor/imports", "GET /vendor/listings", "GET /vendor/products"}


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody with a store, an order and a round of his own, and what of others he may name in a body."""

    theirs: Belongings
    buyer: Standing
    vendor: Standing
    agent: Standing
    dispatcher: Standing
    own_number: str
    packed_number: str
    own_stop: UUID
    sold: OnSale
    notice_of: Standing


class TestBodies:
    """What names something of others in a body comes to nothing: one case for each field that names anything."""

    CASES = (
        "PATCH /vendor/products/{fsin} images",
        "POST /agent/stops/{stop_id}/deliver asset_id",
        "POST /auth/switch-store store_id",
        "POST /checkouts address_id",
        "POST /dispatch/assignments agent_id",
        "POST /dispatch/assignments instead_of",
        "POST /notifications/read-all up_to",
        "POST /vendor/orders/{number}/decision line_id",
        "POST /vendor/products images",
    )
    OF_EVERYBODY = ("PUT /cart listing_id",)
    """Fields that name what everybody may see."""

    def test_are_all_known_that_name_anything(self) -> None:
        document = make_app().openapi()
        named = {f"{call.name} {field}" for call in CALLS for field in _names(_body_of(document, call), document)}

        assert named == {*self.CASES, *self.OF_EVERYBODY}

    def test_take_nothing_of_others(self, client: TestClient, house: House, done: Fill) -> None:
        own: Stranger = done(_stranger)
        answers = {
            name: (answer.status_code, answer.json()["code"], *[error["field"] for error in answer.json()["errors"]])
            for name, answer in _tried(client, house, own)
        }

        assert set(answers) == {*self.CASES}
        assert answers == {
            "PATCH /vendor/products/{fsin} images": (422, "catalog.product_invalid", "images.0"),
            "POST /agent/stops/{stop_id}/deliver asset_id": (422, "delivery.photo_missing"),
            "POST /auth/switch-store store_id": (404, "identity.not_a_member"),
            "POST /checkouts address_id": (404, "identity.address_not_found"),
            "POST /dispatch/assignments agent_id": (404, "delivery.agent_not_found"),
            "POST /dispatch/assignments instead_of": (404, "delivery.agent_not_found"),
            "POST /notifications/read-all up_to": (404, "notifications.not_found"),
            "POST /vendor/orders/{number}/decision line_id": (422, "orders.lines_undecided"),
            "POST /vendor/products images": (422, "catalog.product_invalid", "images.0"),
        }
        unread = next(call for call in CALLS if call.name == "GET /notifications")
        assert ask(client, unread, house, own.notice_of, {}).json()["unread"] == 1


def _tried(client: TestClient, house: House, own: Stranger) -> Iterator[tuple[str, Response]]:
    """Name things of others in bodies, each where everything else is one's own."""
    by_name = {call.name: call for call in CALLS}
    ids = own.theirs.ids

    def say(case: str, who: Standing, body: Mapping[str, Any], path: Ids | None = None) -> tuple[str, Response]:
        return case, ask(client, by_name[case.rpartition(" ")[0]], house, who, path or {}, body=body)

    lines = {"lines": [{"listing_id": str(own.sold.listing.id), "quantity": 1}], "coupon_codes": []}
    quote = ask(client, by_name["PUT /cart"], house, own.buyer, {}, body=lines).json()["quote_version"]
    words = {"title": "Gooseneck kettle", "category": "kettles", "images": [str(ids["asset_id"])]}
    yield say("POST /vendor/products images", own.vendor, words)
    revised = {"images": [str(ids["asset_id"])], "base_revision": 1}
    yield say("PATCH /vendor/products/{fsin} images", own.vendor, revised, {"fsin": own.sold.product.fsin})
    photo = {"proof": {"asset_id": str(own.theirs.photo_id)}}
    yield say("POST /agent/stops/{stop_id}/deliver asset_id", own.agent, photo, {"stop_id": own.own_stop})
    yield say("POST /auth/switch-store store_id", own.buyer, {"store_id": str(ids["store_id"])})
    bought = {"quote_version": quote, "shipping_address": {"address_id": str(ids["address_id"])}}
    yield say("POST /checkouts address_id", own.buyer, {**bought, "payment_method": "cash"})
    nobody = str(own.buyer.user_id)
    given = {"order_number": own.packed_number, "agent_id": nobody}
    yield say("POST /dispatch/assignments agent_id", own.dispatcher, given)
    yield say("POST /dispatch/assignments instead_of", own.dispatcher, {**given, "instead_of": nobody})
    yield say("POST /notifications/read-all up_to", own.buyer, {"up_to": str(ids["notification_id"])})
    decided = {"lines": [{"line_id": str(own.theirs.line_id), "decision": "accept"}]}
    yield say("POST /vendor/orders/{number}/decision line_id", own.vendor, decided, {"number": own.own_number})


def _stranger(uow: UnitOfWork) -> Stranger:
    taxes.install_default(uow)
    fees.install_default(uow)
    theirs = make_belongings(uow)
    (selling, vendor), (buying, home) = make_store(uow, kind=StoreKind.VENDOR), make_store(uow)
    buyer = Buyer(clerk(home.id, *BUYS, user_id=buying.id), home.id, buying.id)
    sold = put_on_sale(uow, make_product(uow, "Kettle", owner=vendor.id), store=vendor.id, stock=50)
    rider = make_agent(uow)
    _, door = send(uow, buyer, rider, (sold, 1))
    return Stranger(
        theirs=theirs,
        buyer=come_in(uow, buying.id, home.id),
        vendor=come_in(uow, selling.id, vendor.id),
        agent=come_in(uow, rider.user_id),
        dispatcher=_officer(uow, SystemRole.DISPATCHER),
        own_number=make_order(uow, make_shopper(uow), (sold, 1), state=OrderState.PLACED).number,
        packed_number=make_order(uow, make_shopper(uow), (sold, 1), state=OrderState.READY).number,
        own_stop=door.id,
        sold=sold,
        notice_of=theirs.people["buyer"],
    )


def _member(uow: UnitOfWork, kind: StoreKind, role: StoreRole) -> Standing:
    _, store = make_store(uow, kind=kind)
    user, _ = make_store(uow)
    uow.session.add(Membership(user_id=user.id, store_id=store.id, role=role, joined_at=uow.now))
    uow.session.flush()
    return come_in(uow, UserId(user.id), StoreId(store.id))


def _officer(uow: UnitOfWork, role: SystemRole) -> Standing:
    return come_in(uow, make_officer(uow, role).id)


def _parameters(call: Call) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(call.path) if name]


def _may_come_in(call: Call, actor: Actor) -> bool:
    if call.access in OPEN | {SIGNED_IN.value}:
        return True
    wanted = Permission(call.access.removeprefix("house:"))
    return actor.may(wanted, store_id=None) if call.path.startswith(HOUSE) else actor.has(wanted)


def _wrongly_answered(client: TestClient, house: House, who: Standing) -> dict[str, str]:
    """The routes whose gate is open where it should be shut, or the other way round, or that stumble."""
    wrong = {}
    for call in CALLS:
        answer = ask(client, call, house, who, Nowhere())
        is_shut_out = answer.status_code == 403 and answer.json()["code"].startswith("access.")
        is_known = call.access in OPEN or answer.status_code != 401
        is_broken = answer.status_code in {429, *range(500, 600)}
        if _may_come_in(call, who.actor) == is_shut_out or not is_known or is_broken:
            wrong[call.name] = f"{answer.status_code} {answer.text[:200]}"
    return wrong


def _found(client: TestClient, house: House, who: Standing, ids: Mapping[str, object]) -> dict[str, str]:
    """The routes that answer about something of others otherwise than that it is not there, or not for them."""
    found = {}
    for call in CALLS:
        is_everybody_s = call.path == SHARED or call.access in OPEN
        is_their_work = call.path.startswith(OF_THE_HOUSE) and _may_come_in(call, who.actor)
        if not _parameters(call) or is_everybody_s or is_their_work:
            continue
        answer = ask(client, call, house, who, ids)
        wanted = 404 if _may_come_in(call, who.actor) else 403
        if answer.status_code != wanted:
            found[call.name] = f"{answer.status_code} {answer.text[:200]}"
    return found


def _leaks(client: TestClient, house: House, who: Standing, ids: Mapping[str, object]) -> set[tuple[str, str]]:
    """The lists that name something of others, and what."""
    lists = [call for call in CALLS if call.method == "GET" and not _parameters(call) and call.access not in OPEN]
    seen = {call.name: ask(client, call, house, who, {}).text for call in lists}
    return {(name, key) for name, text in seen.items() for key, value in ids.items() if str(value) in text}


def _body_of(document: Mapping[str, Any], call: Call) -> Mapping[str, Any]:
    operation = document["paths"][call.path][call.method.lower()]
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    schema: Mapping[str, Any] = content.get("schema", {})
    return schema


def _names(schema: Mapping[str, Any], document: Mapping[str, Any], field: str = "") -> Iterator[str]:
    """The fields of a body that hold an id."""
    if "$ref" in schema:
        shapes = document["components"]["schemas"]
        yield from _names(shapes[schema["$ref"].rpartition("/")[2]], document, field)
    if schema.get("format") == "uuid":
        yield field
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from _names(choice, document, field)
    for name, part in schema.get("properties", {}).items():
        yield from _names(part, document, name)
    if "items" in schema:
        yield from _names(schema["items"], document, field)
