"""Setting units aside, promising them, handing them over and getting them back."""

import pytest
from sqlmodel import col, select

from marketplace import inventory
from marketplace.events.models import OutboxMessage
from marketplace.inventory import NotReserved, ReservationState, Short, StockView, Want
from marketplace.inventory.models import Reservation
from marketplace.kernel.ids import ListingId, OrderLineId, new_uuid
from marketplace.kernel.work import UnitOfWork
from tests.factories.counting import counted
from tests.factories.goods import make_stock
from tests.factories.people import make_vendor


def line() -> OrderLineId:
    return OrderLineId(new_uuid())


def stock(uow: UnitOfWork, listing_id: ListingId) -> StockView:
    return inventory.stock_of(uow.session, listing_ids=[listing_id])[listing_id]


def buckets(uow: UnitOfWork, listing_id: ListingId) -> tuple[int, int, int]:
    seen = stock(uow, listing_id)
    return seen.on_hand, seen.reserved, seen.allocated


def facts(uow: UnitOfWork) -> list[str]:
    found = select(OutboxMessage).where(col(OutboxMessage.topic).startswith("inventory."))
    return [message.topic for message in uow.session.exec(found.order_by(col(OutboxMessage.position))).all()]


def reserved(uow: UnitOfWork, listing_id: ListingId, quantity: int) -> OrderLineId:
    holder = line()
    inventory.reserve(uow, wants=[Want(listing_id, quantity, holder)])
    return holder


def state_of(uow: UnitOfWork, holder: OrderLineId) -> ReservationState:
    held = uow.session.exec(select(Reservation).where(Reservation.holder_id == holder)).one()
    uow.session.refresh(held)
    return held.state


class TestReserve:
    def test_takes_lines_whole_and_tells_what_is_short(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        plenty, few = make_stock(uow, store, 10), make_stock(uow, store, 2)
        wants = [Want(plenty.id, 4, line()), Want(few.id, 3, line())]

        answer = inventory.reserve(uow, wants=wants)

        assert answer.taken == (wants[0],)
        assert answer.short == (Short(few.id, 3, 2, wants[1].holder_id),)
        assert buckets(uow, plenty.id) == (10, 4, 0)
        assert buckets(uow, few.id) == (2, 0, 0)
        assert inventory.available(uow.session, listing_ids=[plenty.id, few.id]) == {plenty.id: 6, few.id: 2}

    def test_counts_two_lines_of_one_listing_together(self, uow: UnitOfWork) -> None:
        listing = make_stock(uow, make_vendor(uow), 5)
        wants = [Want(listing.id, 3, line()), Want(listing.id, 3, line()), Want(listing.id, 2, line())]

        answer = inventory.reserve(uow, wants=wants)

        assert answer.taken == (wants[0], wants[2])
        assert buckets(uow, listing.id) == (5, 5, 0)

    def test_finds_nothing_of_a_listing_without_stock(self, uow: UnitOfWork) -> None:
        nothing = ListingId(new_uuid())

        answer = inventory.reserve(uow, wants=[Want(nothing, 1, line())])

        assert [(short.wanted, short.available) for short in answer.short] == [(1, 0)]

    def test_says_when_the_last_unit_is_gone(self, uow: UnitOfWork) -> None:
        listing = make_stock(uow, make_vendor(uow), 2)

        reserved(uow, listing.id, 1)
        reserved(uow, listing.id, 1)

        assert facts(uow) == [
            "inventory.stock_changed.v1",
            "inventory.stock_changed.v1",
            "inventory.stock_changed.v1",
            "inventory.stock_ran_out.v1",
        ]

    def test_leaves_the_version_to_what_lies_on_the_shelf(self, uow: UnitOfWork) -> None:
        listing = make_stock(uow, make_vendor(uow), 2)

        holder = reserved(uow, listing.id, 1)

        assert stock(uow, listing.id).version == 1
        inventory.convert(uow, holder_ids=[holder])
        inventory.consume(uow, holder_ids=[holder])
        assert stock(uow, listing.id).version == 2


class TestCost:
    def test_does_not_grow_with_the_lines(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        shelves = [make_stock(uow, store, 10) for _ in range(6)]

        with counted(uow) as few:
            inventory.reserve(uow, wants=[Want(shelf.id, 1, line()) for shelf in shelves[:2]])
        with counted(uow) as many:
            inventory.reserve(uow, wants=[Want(shelf.id, 1, line()) for shelf in shelves])

        assert len(many) == len(few) <= 6


class TestJourney:
    def test_goes_from_reserved_to_promised_to_gone(self, uow: UnitOfWork) -> None:
        listing = make_stock(uow, make_vendor(uow), 10)
        holder = reserved(uow, listing.id, 4)

        inventory.convert(uow, holder_ids=[holder])
        assert buckets(uow, listing.id) == (10, 0, 4)

        inventory.consume(uow, holder_ids=[holder])
        assert buckets(uow, listing.id) == (6, 0, 0)
        assert state_of(uow, holder) is ReservationState.CONSUMED

    def test_comes_back_to_the_shelf_and_never_more_than_left(self, uow: UnitOfWork) -> None:
        listing = make_stock(uow, make_vendor(uow), 10)
        holder = reserved(uow, listing.id, 4)
        inventory.convert(uow, holder_ids=[holder])
        inventory.consume(uow, holder_ids=[holder])

        inventory.take_back(uow, wants=[Want(listing.id, 3, holder)])

        assert buckets(uow, listing.id) == (9, 0, 0)
        with pytest.raises(Exception, match="ck_reservations_returned_within_quantity"), uow.session.begin_nested():
            inventory.take_back(uow, wants=[Want(listing.id, 2, holder)])
        assert buckets(uow, listing.id) == (9, 0, 0)

    def test_refuses_to_take_back_what_never_left(self, uow: UnitOfWork) -> None:
        listing = make_stock(uow, make_vendor(uow), 10)
        holder = reserved(uow, listing.id, 4)

        with pytest.raises(NotReserved, match="1 of the reservations cannot be taken back"):
            inventory.take_back(uow, wants=[Want(listing.id, 1, holder)])

    def test_refuses_to_promise_what_was_let_go(self, uow: UnitOfWork) -> None:
        listing = make_stock(uow, make_vendor(uow), 10)
        kept, gone = reserved(uow, listing.id, 4), reserved(uow, listing.id, 1)
        inventory.release(uow, holder_ids=[gone])

        with pytest.raises(NotReserved, match="1 of the reservations cannot be promised any more"):
            inventory.convert(uow, holder_ids=[kept, gone])

        assert buckets(uow, listing.id) == (10, 4, 0)


class TestRelease:
    def test_frees_what_was_set_aside_and_what_was_promised(self, uow: UnitOfWork) -> None:
        listing = make_stock(uow, make_vendor(uow), 10)
        waiting, promised = reserved(uow, listing.id, 4), reserved(uow, listing.id, 3)
        inventory.convert(uow, holder_ids=[promised])

        let_go = inventory.release(uow, holder_ids=[waiting, promised])

        assert let_go == {waiting, promised}
        assert buckets(uow, listing.id) == (10, 0, 0)
        assert state_of(uow, waiting) is ReservationState.RELEASED

    def test_is_done_once_however_often_it_is_asked(self, uow: UnitOfWork) -> None:
        listing = make_stock(uow, make_vendor(uow), 10)
        holder = reserved(uow, listing.id, 4)
        inventory.release(uow, holder_ids=[holder])

        assert inventory.release(uow, holder_ids=[holder]) == frozenset()

        assert buckets(uow, listing.id) == (10, 0, 0)

    def test_leaves_what_is_gone_alone(self, uow: UnitOfWork) -> None:
        listing = make_stock(uow, make_vendor(uow), 10)
        holder = reserved(uow, listing.id, 4)
        inventory.convert(uow, holder_ids=[holder])
        inventory.consume(uow, holder_ids=[holder])

        assert inventory.release(uow, holder_ids=[holder]) == frozenset()

        assert buckets(uow, listing.id) == (6, 0, 0)

    def test_tells_running_out_of_time_from_letting_go(self, uow: UnitOfWork) -> None:
        listing = make_stock(uow, make_vendor(uow), 10)
        holder = reserved(uow, listing.id, 4)

        inventory.release(uow, holder_ids=[holder], expired=True)

        assert state_of(uow, holder) is ReservationState.EXPIRED
        assert buckets(uow, listing.id) == (10, 0, 0)
