"""Fifty buyers, ten units, two web processes: over HTTP, as it happens on a busy day."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from marketplace import fees, identity, inventory, taxes
from marketplace.identity import Keys, StoreRole
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.clock import utc_now
from marketplace.kernel.ids import SessionId, new_uuid
from marketplace.kernel.work import Database, UnitOfWork
from marketplace.settings import settings
from marketplace.stack.folders import free_port
from tests.factories.orders import Buyer, make_shopper
from tests.factories.people import make_vendor
from tests.factories.shelves import OnSale, make_product, put_on_sale

HOME = {"recipient": "Nora", "phone": "+966501234567", "line1": "7421 Anas Rd", "city": "Riyadh", "country": "SA"}
SYSTEM = system("test")
SECONDS_TO_START = 60

Shopper = tuple[dict[str, str], str]
"""The headers somebody is known by, and the version of the quote he looks at."""


@pytest.fixture
def web(database_url: str) -> Iterator[httpx.Client]:
    """The REST application on two processes."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "marketplace.rest.app:make_app"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--log-level", "warning"),
    ]
    serving = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": database_url})  # noqa: S603  our own command
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        try:
            _wait_for(client)
            yield client
        finally:
            serving.terminate()
            serving.wait(30)


def _wait_for(client: httpx.Client) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        try:
            client.get("/categories")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("The web did not start.")


def open_shop(_actor: Actor, uow: UnitOfWork) -> OnSale:
    taxes.install_default(uow)
    fees.install_default(uow)
    vendor = make_vendor(uow).id
    return put_on_sale(uow, make_product(uow, "Kettle", owner=vendor), store=vendor, price=50_00, stock=10)


def join(_actor: Actor, uow: UnitOfWork, *, count: int) -> list[Buyer]:
    return [make_shopper(uow) for _ in range(count)]


def headers_of(buyer: Buyer) -> dict[str, str]:
    standing = identity.Standing(
        user_id=buyer.user_id,
        session_id=SessionId(new_uuid()),
        store_id=buyer.store_id,
        role=StoreRole.OWNER,
        can_buy=True,
        can_sell=False,
        system_roles=(),
    )
    token = identity.mint(standing, keys=Keys.of(settings().secret_key), now=utc_now())
    return {"Authorization": f"Bearer {token}"}


def looking(web: httpx.Client, headers: dict[str, str], sold: OnSale) -> Shopper:
    wish = {"lines": [{"listing_id": str(sold.listing.id), "quantity": 1}], "coupon_codes": []}
    answer = web.put("/cart", headers=headers, json=wish)
    assert answer.status_code == 200, answer.text
    return headers, answer.json()["quote_version"]


def buying(web: httpx.Client, shopper: Shopper) -> Callable[[], str]:
    def buy() -> str:
        headers, version = shopper
        wish = {"quote_version": version, "shipping_address": HOME, "payment_method": "cash"}
        answer = web.post("/checkouts", headers={**headers, "Idempotency-Key": str(new_uuid())}, json=wish)
        return "sold" if answer.status_code == 201 else str(answer.json()["code"])

    return buy


def canceling(web: httpx.Client, headers: dict[str, str]) -> Callable[[], str]:
    def cancel() -> str:
        (order,) = web.get("/orders", headers=headers).json()["items"]
        path = f"/orders/{order['number']}/cancel"
        answer = web.post(path, headers={**headers, "Idempotency-Key": str(new_uuid())}, json={})
        return str(answer.json()["state"])

    return cancel


def at_once(deeds: Sequence[Callable[[], str]]) -> Counter[str]:
    with ThreadPoolExecutor(20) as crowd:
        return Counter(crowd.map(lambda deed: deed(), deeds))


@pytest.mark.slow
class TestRace:
    def test_sells_ten_units_to_ten_of_fifty(self, web: httpx.Client, real_database: Database) -> None:
        sold = real_database.transact(open_shop, SYSTEM)
        buyers = [headers_of(buyer) for buyer in real_database.transact(join, SYSTEM, count=70)]
        shoppers = [looking(web, headers, sold) for headers in buyers]

        first = at_once([buying(web, shopper) for shopper in shoppers[:50]])

        assert first == {"sold": 10, "inventory.insufficient_stock": 40}

        regretting = [headers for headers in buyers[:50] if web.get("/orders", headers=headers).json()["items"]][:5]
        late = [buying(web, shopper) for shopper in shoppers[50:]]
        second = at_once([*late[:10], *(canceling(web, headers) for headers in regretting), *late[10:]])

        stock = real_database.transact(look, SYSTEM, sold=sold)
        assert second["canceled"] == 5
        assert second["sold"] + second["inventory.insufficient_stock"] == 20
        assert second["sold"] <= 5
        assert (stock.on_hand, stock.reserved) == (10, 5 + second["sold"])


def look(_actor: Actor, uow: UnitOfWork, *, sold: OnSale) -> inventory.StockView:
    return inventory.stock_of(uow.session, listing_ids=[sold.listing.id])[sold.listing.id]
