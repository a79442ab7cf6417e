"""Every field of a body that names something, naming what is others'."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from httpx import Response
from starlette.testclient import TestClient

from marketplace import fees, taxes
from marketplace.identity import Standing, StoreKind, SystemRole
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import OrderState
from marketplace.ports import House
from marketplace.rest.app import make_app
from tests.factories.actors import clerk
from tests.factories.belongings import Belongings, come_in, make_belongings
from tests.factories.houses import Do
from tests.factories.orders import BUYS, Buyer, make_order, make_shopper
from tests.factories.people import make_store
from tests.factories.road import make_agent, send
from tests.factories.shelves import OnSale, make_product, put_on_sale
from tests.factories.wishes import Call
from tests.rest.calling import CALLS, Ids, ask, officer

pytestmark = pytest.mark.slow


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

    def test_take_nothing_of_others(self, client: TestClient, house: House, done: Do) -> None:
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
        dispatcher=officer(uow, SystemRole.DISPATCHER),
        own_number=make_order(uow, make_shopper(uow), (sold, 1), state=OrderState.PLACED).number,
        packed_number=make_order(uow, make_shopper(uow), (sold, 1), state=OrderState.READY).number,
        own_stop=door.id,
        sold=sold,
        notice_of=theirs.people["buyer"],
    )


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
