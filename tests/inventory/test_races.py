"""Many at once: each unit is sold once, and nobody waits for ever."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from sqlmodel import select

from marketplace import inventory
from marketplace.inventory import NotReserved, ReservationState, StockChangedMeanwhile, Want
from marketplace.inventory.models import Reservation
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.ids import ListingId, OrderLineId, StoreId, new_uuid
from marketplace.kernel.work import Database, UnitOfWork
from tests.factories.goods import keeper, make_stock
from tests.factories.people import make_vendor

HOUSE = system("test")


def open_shelves(database: Database, *, count: int, on_hand: int) -> tuple[StoreId, list[ListingId]]:
    def opened(_actor: Actor, uow: UnitOfWork) -> tuple[StoreId, list[ListingId]]:
        store = make_vendor(uow)
        return store.id, [make_stock(uow, store, on_hand).id for _ in range(count)]

    return database.transact(opened, HOUSE)


def reserve(database: Database, *wanted: tuple[ListingId, int]) -> list[OrderLineId]:
    def reserved(_actor: Actor, uow: UnitOfWork) -> list[OrderLineId]:
        wants = [Want(listing_id, quantity, OrderLineId(new_uuid())) for listing_id, quantity in wanted]
        return [want.holder_id for want in inventory.reserve(uow, wants=wants).taken]

    return database.transact(reserved, HOUSE)


def together(tasks: list[Callable[[], object]]) -> list[object]:
    start = threading.Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        start.wait()
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def buckets(database: Database, listing_id: ListingId) -> tuple[int, int, int]:
    def seen(_actor: Actor, uow: UnitOfWork) -> tuple[int, int, int]:
        stock = inventory.stock_of(uow.session, listing_ids=[listing_id])[listing_id]
        return stock.on_hand, stock.reserved, stock.allocated

    return database.transact(seen, HOUSE)


def state_of(database: Database, holder: OrderLineId) -> ReservationState:
    def seen(_actor: Actor, uow: UnitOfWork) -> ReservationState:
        return uow.session.exec(select(Reservation).where(Reservation.holder_id == holder)).one().state

    return database.transact(seen, HOUSE)


class TestReserveAtOnce:
    def test_sells_each_unit_once(self, real_database: Database) -> None:
        _, (listing_id,) = open_shelves(real_database, count=1, on_hand=3)

        taken = together([lambda: reserve(real_database, (listing_id, 1)) for _ in range(8)])

        assert sorted(len(lines) for lines in taken if isinstance(lines, list)) == [0] * 5 + [1] * 3
        assert buckets(real_database, listing_id) == (3, 3, 0)

    def test_does_not_block_itself_over_the_same_things_in_another_order(self, real_database: Database) -> None:
        _, (first, second) = open_shelves(real_database, count=2, on_hand=100)
        forth, back = [(first, 1), (second, 1)], [(second, 1), (first, 1)]

        together([partial(reserve, real_database, *wanted) for wanted in (forth, back) * 4])

        assert buckets(real_database, first) == buckets(real_database, second) == (100, 8, 0)


class TestOneWinner:
    def test_lets_either_the_promise_or_the_release_have_a_reservation(self, real_database: Database) -> None:
        _, (listing_id,) = open_shelves(real_database, count=1, on_hand=5)
        (holder,) = reserve(real_database, (listing_id, 2))

        def convert(_actor: Actor, uow: UnitOfWork) -> None:
            inventory.convert(uow, holder_ids=[holder])

        def expire(_actor: Actor, uow: UnitOfWork) -> None:
            inventory.release(uow, holder_ids=[holder], expired=True)

        def promised() -> bool:
            try:
                real_database.transact(convert, HOUSE)
            except NotReserved:
                return False
            return True

        won, _ = together([promised, lambda: real_database.transact(expire, HOUSE)])

        assert buckets(real_database, listing_id) == (5, 0, 0)
        assert state_of(real_database, holder) is (ReservationState.RELEASED if won else ReservationState.EXPIRED)

    def test_lets_one_of_two_counts_of_the_same_version_stand(self, real_database: Database) -> None:
        store_id, (listing_id,) = open_shelves(real_database, count=1, on_hand=5)

        def count(on_hand: int) -> int:
            try:
                real_database.transact(
                    inventory.set_on_hand,
                    keeper(store_id),
                    listing_id=listing_id,
                    on_hand=on_hand,
                    expected_version=1,
                )
            except StockChangedMeanwhile:
                return 0
            return on_hand

        stood = together([lambda: count(7), lambda: count(9)])

        (winner,) = [on_hand for on_hand in stood if on_hand]
        assert buckets(real_database, listing_id) == (winner, 0, 0)
