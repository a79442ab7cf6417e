"""Many buyers at once: nobody is sold what is not there, and nobody waits for ever."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlmodel import Session

from marketplace import cart, catalog, checkout, fees, inventory, orders, taxes
from marketplace.catalog import ProductWords
from marketplace.flows.compositions import listing as listings
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.errors import Refusal
from marketplace.kernel.work import Database, UnitOfWork
from marketplace.orders import CancelReason, Decision, LineDecision, OrderState, RejectReason
from tests.factories.orders import Buyer, make_shopper, seller
from tests.factories.people import home, make_vendor
from tests.factories.shelves import OnSale, make_product, put_on_sale

SYSTEM = system("test")
THREADS = 10
LOCK_STOCK = "SELECT FROM stock WHERE listing_id = :id FOR NO KEY UPDATE"


@pytest.fixture
def crowd() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(THREADS) as running:
        yield running


def at_once(crowd: ThreadPoolExecutor, deeds: Sequence[Callable[[], str]]) -> Counter[str]:
    return Counter(crowd.map(lambda deed: deed(), deeds))


def open_shop(_actor: Actor, uow: UnitOfWork, *, stocks: Sequence[int]) -> list[OnSale]:
    taxes.install_default(uow)
    fees.install_default(uow)
    vendor = make_vendor(uow).id
    products = [make_product(uow, f"Thing {place}", owner=vendor) for place in range(len(stocks))]
    return [
        put_on_sale(uow, product, store=vendor, price=50_00, stock=stock)
        for product, stock in zip(products, stocks, strict=True)
    ]


def ready_buyer(_actor: Actor, uow: UnitOfWork, *, wants: Sequence[OnSale]) -> tuple[Buyer, str]:
    buyer = make_shopper(uow)
    quote = cart.put_lines(buyer.actor, uow, lines=[(sold.listing.id, 1) for sold in wants])
    return buyer, quote.quote_version


def ready_buyers(db: Database, wants: Sequence[Sequence[OnSale]]) -> list[tuple[Buyer, str]]:
    return [db.transact(ready_buyer, SYSTEM, wants=one) for one in wants]


def buying(db: Database, buyer: Buyer, version: str) -> Callable[[], str]:
    def buy() -> str:
        try:
            db.transact(checkout.confirm, buyer.actor, quote_version=version, address=home(), all_or_nothing=True)
        except Refusal as refusal:
            return refusal.reason
        return "sold"

    return buy


def canceling(db: Database, buyer: Buyer) -> Callable[[], str]:
    def cancel() -> str:
        (order,) = db.read(orders.newest, buyer.actor, side="buyer").items
        db.transact(orders.cancel, buyer.actor, number=order.number, reason=CancelReason.OTHER)
        return "canceled"

    return cancel


def left(db: Database, sold: OnSale) -> tuple[int, int]:
    def look(_actor: Actor, uow: UnitOfWork) -> tuple[int, int]:
        stock = inventory.stock_of(uow.session, listing_ids=[sold.listing.id])[sold.listing.id]
        return stock.on_hand, stock.reserved

    return db.transact(look, SYSTEM)


def words_of(db: Database, sold: OnSale) -> ProductWords:
    """What is said of a product."""

    def look(_actor: Actor, session: Session) -> ProductWords:
        said = catalog.product_by_fsin(SYSTEM, session, fsin=sold.product.fsin)
        return ProductWords(title=said.title, category=said.category.slug)

    return db.read(look, SYSTEM)


def has_bought(db: Database, buyer: Buyer) -> bool:
    return bool(db.read(orders.newest, buyer.actor, side="buyer").items)


class TestRace:
    def test_sells_ten_units_to_ten_of_fifty(self, real_database: Database, crowd: ThreadPoolExecutor) -> None:
        (sold,) = real_database.transact(open_shop, SYSTEM, stocks=[10])
        buyers, late = (ready_buyers(real_database, [[sold]] * count) for count in (50, 20))

        first = at_once(crowd, [buying(real_database, *one) for one in buyers])

        assert first == {"sold": 10, "inventory.insufficient_stock": 40}
        assert left(real_database, sold) == (10, 10)

        regretting = [buyer for buyer, _ in buyers if has_bought(real_database, buyer)][:5]
        deeds = [*(buying(real_database, *one) for one in late), *(canceling(real_database, one) for one in regretting)]
        second = at_once(crowd, deeds[::-1])

        assert second["canceled"] == 5
        assert second["sold"] <= 5
        assert second["sold"] + second["inventory.insufficient_stock"] == 20
        assert left(real_database, sold) == (10, 5 + second["sold"])

    def test_makes_carts_that_share_things_wait_for_each_other(
        self, real_database: Database, crowd: ThreadPoolExecutor
    ) -> None:
        shelf = real_database.transact(open_shop, SYSTEM, stocks=[20, 20, 20])
        buyers = ready_buyers(real_database, [shelf if place % 2 else shelf[::-1] for place in range(30)])

        found = at_once(crowd, [buying(real_database, *one) for one in buyers])

        assert found == {"sold": 20, "inventory.insufficient_stock": 10}
        assert [left(real_database, sold) for sold in shelf] == [(20, 20)] * 3

    def test_orders_a_cart_once_however_often_it_is_confirmed(
        self, real_database: Database, crowd: ThreadPoolExecutor
    ) -> None:
        (sold,) = real_database.transact(open_shop, SYSTEM, stocks=[10])
        ((buyer, version),) = ready_buyers(real_database, [[sold]])

        found = at_once(crowd, [buying(real_database, buyer, version)] * 8)

        assert found == {"sold": 1, "cart.empty": 7}
        assert left(real_database, sold) == (10, 1)

    def test_waits_for_no_vendor_who_saves_his_page(self, real_database: Database, crowd: ThreadPoolExecutor) -> None:
        (sold,) = real_database.transact(open_shop, SYSTEM, stocks=[10])
        ((buyer, version),) = ready_buyers(real_database, [[sold]])
        vendor = seller(sold.listing.store_id)
        words = replace(words_of(real_database, sold), title="Another thing")

        with real_database.unit(vendor) as uow:
            offering, saying = listings.OfferingChange(sku="NEW-1"), listings.Saying(words, base_revision=1)
            listings.save(vendor, uow, listing_id=sold.listing.id, offering=offering, saying=saying)
            bought = crowd.submit(buying(real_database, buyer, version)).result(timeout=3)
            inventory.set_on_hand(vendor, uow, listing_id=sold.listing.id, on_hand=20, expected_version=1)

        assert bought == "sold"
        assert left(real_database, sold) == (20, 1)

    def test_never_waits_in_a_circle_with_a_vendor_who_sells_only_a_part(
        self, real_database: Database, crowd: ThreadPoolExecutor
    ) -> None:
        first, second = real_database.transact(open_shop, SYSTEM, stocks=[10, 10])
        ((buyer, version),) = ready_buyers(real_database, [[first, second]])
        buying(real_database, buyer, version)()
        vendor = seller(first.listing.store_id)
        (order,) = real_database.read(orders.newest, vendor, side="vendor").items
        said = {first.listing.id: Decision.REJECT, second.listing.id: Decision.ACCEPT}
        decisions = [LineDecision(line.id, said[line.listing_id], RejectReason.DAMAGED) for line in order.lines]

        with real_database.unit(SYSTEM) as uow:
            uow.session.execute(text(f"{LOCK_STOCK} NOWAIT"), {"id": first.listing.id})
            deciding = crowd.submit(
                real_database.transact, orders.decide, vendor, number=order.number, decisions=decisions
            )
            with pytest.raises(TimeoutError):
                deciding.result(timeout=0.5)
            with real_database.unit(SYSTEM) as beside:
                beside.session.execute(text(f"{LOCK_STOCK} NOWAIT"), {"id": second.listing.id})

        assert deciding.result().state is OrderState.PARTIALLY_ACCEPTED
        assert [left(real_database, sold) for sold in (first, second)] == [(10, 0), (10, 0)]
