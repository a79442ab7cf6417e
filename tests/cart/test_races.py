"""One cart, changed from two places at once: nothing that somebody put in is lost, and nothing he took out stays."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from sqlalchemy import text
from sqlmodel import Session

from marketplace import cart, checkout, fees, taxes
from marketplace.cart import QuoteView
from marketplace.cart.policy import Owner
from marketplace.checkout import QuoteChanged
from marketplace.kernel.actor import Actor, system, visitor
from marketplace.kernel.ids import DeviceId, new_uuid
from marketplace.kernel.work import Database, UnitOfWork
from tests.factories.orders import Buyer, make_shopper
from tests.factories.people import home, make_vendor
from tests.factories.shelves import OnSale, make_product, put_on_sale

HOUSE = system("test")


@dataclass(frozen=True, slots=True)
class Shop:
    """Somebody who buys, three things on sale, and the first of them in his cart."""

    buyer: Buyer
    kettle: OnSale
    mugs: OnSale
    tray: OnSale
    quote: QuoteView


@pytest.fixture
def shop(real_database: Database) -> Shop:
    def opened(_actor: Actor, uow: UnitOfWork) -> Shop:
        taxes.install_default(uow)
        fees.install_default(uow)
        vendor = make_vendor(uow).id
        kettle, mugs, tray = (
            put_on_sale(uow, make_product(uow, title, owner=vendor), store=vendor)
            for title in ("Kettle", "Mugs", "Tray")
        )
        buyer = make_shopper(uow)
        quote = cart.put_lines(buyer.actor, uow, lines=[(kettle.listing.id, 1)])
        return Shop(buyer, kettle, mugs, tray, quote)

    return real_database.transact(opened, HOUSE)


@pytest.fixture
def beside() -> Iterator[ThreadPoolExecutor]:
    """Whoever acts at the same time."""
    with ThreadPoolExecutor(1) as pool:
        yield pool


def overtaken(
    db: Database, beside: ThreadPoolExecutor, first: Callable[[UnitOfWork], object], second: Callable[[], object]
) -> object:
    """Do the first, and begin the second before the first is committed: it has to wait, and sees what was done."""
    with db.unit(HOUSE) as uow:
        first(uow)
        waiting = beside.submit(second)
        while not waiting.done() and not db.read(_is_waiting, HOUSE):
            time.sleep(0.01)
    return waiting.result()


def _is_waiting(_actor: Actor, session: Session) -> bool:
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    return bool(session.execute(text(asked)).scalar_one())


def lines_of(db: Database, shop: Shop) -> dict[object, int]:
    def look(_actor: Actor, session: Session) -> dict[object, int]:
        found = cart.contents(session, owner=Owner(store_id=shop.buyer.store_id))
        return {one.listing_id: one.quantity for one in found.wanted}

    return db.read(look, HOUSE)


class TestTwoPages:
    def test_both_add_to_one_cart(self, real_database: Database, beside: ThreadPoolExecutor, shop: Shop) -> None:
        actor = shop.buyer.actor

        overtaken(
            real_database,
            beside,
            lambda uow: cart.add(actor, uow, listing_id=shop.mugs.listing.id, quantity=2),
            lambda: real_database.transact(cart.add, actor, listing_id=shop.tray.listing.id, quantity=3),
        )

        assert lines_of(real_database, shop) == {
            shop.kettle.listing.id: 1,
            shop.mugs.listing.id: 2,
            shop.tray.listing.id: 3,
        }

    def test_put_their_lines_in_place_of_each_other_s(
        self, real_database: Database, beside: ThreadPoolExecutor, shop: Shop
    ) -> None:
        actor = shop.buyer.actor

        overtaken(
            real_database,
            beside,
            lambda uow: cart.put_lines(actor, uow, lines=[(shop.mugs.listing.id, 2)]),
            lambda: real_database.transact(cart.put_lines, actor, lines=[(shop.tray.listing.id, 3)]),
        )

        assert lines_of(real_database, shop) == {shop.tray.listing.id: 3}


class TestTwoDevices:
    def test_both_bring_what_was_gathered_to_a_store_without_a_cart(
        self, real_database: Database, beside: ThreadPoolExecutor, shop: Shop
    ) -> None:
        phone, desk = DeviceId(new_uuid()), DeviceId(new_uuid())
        real_database.transact(
            checkout.confirm, shop.buyer.actor, quote_version=shop.quote.quote_version, address=home()
        )
        real_database.transact(cart.put_lines, visitor(phone), lines=[(shop.mugs.listing.id, 2)])
        real_database.transact(cart.put_lines, visitor(desk), lines=[(shop.tray.listing.id, 3)])

        def merge(_actor: Actor, uow: UnitOfWork, *, device_id: DeviceId) -> None:
            cart.merge(uow, device_id=device_id, store_id=shop.buyer.store_id)

        overtaken(
            real_database,
            beside,
            lambda uow: merge(HOUSE, uow, device_id=phone),
            lambda: real_database.transact(merge, HOUSE, device_id=desk),
        )

        assert lines_of(real_database, shop) == {shop.mugs.listing.id: 2, shop.tray.listing.id: 3}


class TestCheckout:
    def test_is_of_the_cart_as_it_is_and_not_as_it_was(
        self, real_database: Database, beside: ThreadPoolExecutor, shop: Shop
    ) -> None:
        actor = shop.buyer.actor

        def confirm() -> object:
            with pytest.raises(QuoteChanged) as refused:
                real_database.transact(checkout.confirm, actor, quote_version=shop.quote.quote_version, address=home())
            return refused.value

        overtaken(
            real_database, beside, lambda uow: cart.put_lines(actor, uow, lines=[(shop.mugs.listing.id, 2)]), confirm
        )

        assert lines_of(real_database, shop) == {shop.mugs.listing.id: 2}
