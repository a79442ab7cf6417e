"""Stock is conserved: over any history each figure is the sum of its movements, and nothing is promised twice."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from marketplace import inventory
from marketplace.inventory import AdjustReason, NotReserved, PromisedAlready, ReservationState, Want
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Refusal
from marketplace.kernel.ids import ListingId, OrderLineId, new_uuid
from marketplace.kernel.work import UnitOfWork
from tests.factories.goods import keeper, make_stock
from tests.factories.people import make_vendor

QUANTITIES = st.integers(min_value=1, max_value=6)

SUMS = """
SELECT sum(on_hand), sum(reserved), sum(allocated) FROM movements WHERE listing_id = :listing_id
"""
HELD = """
SELECT coalesce(sum(quantity) FILTER (WHERE state = 'active'), 0),
    coalesce(sum(quantity) FILTER (WHERE state = 'converted'), 0)
FROM reservations WHERE listing_id = :listing_id
"""


class StockHistory(RuleBasedStateMachine):
    """One listing through whatever may befall it, beside a model of plain numbers."""

    uow: UnitOfWork
    held = Bundle("held")
    gone = Bundle("gone")

    def __init__(self) -> None:
        super().__init__()
        store = make_vendor(self.uow)
        self.actor: Actor = keeper(store.id)
        self.listing_id: ListingId = make_stock(self.uow, store, 10).id
        self.on_hand = 10
        self.quantities: dict[OrderLineId, int] = {}
        self.states: dict[OrderLineId, ReservationState] = {}

    def promised(self, state: ReservationState) -> int:
        return sum(self.quantities[holder] for holder, now in self.states.items() if now is state)

    @property
    def reserved(self) -> int:
        return self.promised(ReservationState.ACTIVE)

    @property
    def allocated(self) -> int:
        return self.promised(ReservationState.CONVERTED)

    @rule(target=held, quantity=QUANTITIES)
    def reserve(self, quantity: int) -> object:
        holder = OrderLineId(new_uuid())
        fits = quantity <= self.on_hand - self.reserved - self.allocated
        answer = inventory.reserve(self.uow, wants=[Want(self.listing_id, quantity, holder)])
        assert bool(answer.taken) is fits
        if not fits:
            return multiple()
        self.quantities[holder], self.states[holder] = quantity, ReservationState.ACTIVE
        return holder

    @rule(holder=held)
    def convert(self, holder: OrderLineId) -> None:
        try:
            inventory.convert(self.uow, holder_ids=[holder])
        except NotReserved:
            assert self.states[holder] is not ReservationState.ACTIVE
        else:
            assert self.states[holder] is ReservationState.ACTIVE
            self.states[holder] = ReservationState.CONVERTED

    @rule(target=gone, holder=held)
    def consume(self, holder: OrderLineId) -> object:
        try:
            inventory.consume(self.uow, holder_ids=[holder])
        except NotReserved:
            assert self.states[holder] is not ReservationState.CONVERTED
            return multiple()
        assert self.states[holder] is ReservationState.CONVERTED
        self.states[holder] = ReservationState.CONSUMED
        self.on_hand -= self.quantities[holder]
        return holder

    @rule(holder=held, expired=st.booleans())
    def release(self, holder: OrderLineId, expired: bool) -> None:  # noqa: FBT001 (drawn by name)
        was = self.states[holder]
        let_go = inventory.release(self.uow, holder_ids=[holder], expired=expired)
        assert bool(let_go) is (was in {ReservationState.ACTIVE, ReservationState.CONVERTED})
        if let_go:
            in_time = expired and was is ReservationState.ACTIVE
            self.states[holder] = ReservationState.EXPIRED if in_time else ReservationState.RELEASED

    @rule(holder=consumes(gone))
    def take_back(self, holder: OrderLineId) -> None:
        quantity = self.quantities[holder]
        inventory.take_back(self.uow, wants=[Want(self.listing_id, quantity, holder)])
        self.on_hand += quantity

    @rule(on_hand=st.integers(min_value=0, max_value=20))
    def count(self, on_hand: int) -> None:
        version = inventory.stock(self.actor, self.uow.session, listing_id=self.listing_id).version
        try:
            inventory.set_on_hand(
                self.actor, self.uow, listing_id=self.listing_id, on_hand=on_hand, expected_version=version
            )
        except PromisedAlready:
            assert on_hand < self.reserved + self.allocated
        else:
            self.on_hand = on_hand

    @rule(kind=st.sampled_from(AdjustReason), quantity=QUANTITIES)
    def adjust(self, kind: AdjustReason, quantity: int) -> None:
        adds = kind in {AdjustReason.RECEIVE, AdjustReason.FOUND}
        try:
            inventory.adjust(self.actor, self.uow, listing_id=self.listing_id, kind=kind, quantity=quantity)
        except Refusal:
            assert not adds
            assert self.on_hand - quantity < self.reserved + self.allocated
        else:
            self.on_hand += quantity if adds else -quantity

    @invariant()
    def is_what_the_model_says(self) -> None:
        seen = inventory.stock(self.actor, self.uow.session, listing_id=self.listing_id)
        assert (seen.on_hand, seen.reserved, seen.allocated) == (self.on_hand, self.reserved, self.allocated)

    @invariant()
    def is_the_sum_of_its_movements_and_of_what_is_held(self) -> None:
        listing = {"listing_id": self.listing_id}
        moved = self.uow.session.connection().execute(text(SUMS), listing).one()
        held = self.uow.session.connection().execute(text(HELD), listing).one()
        assert tuple(moved) == (self.on_hand, self.reserved, self.allocated)
        assert tuple(held) == (self.reserved, self.allocated)


@pytest.fixture
def history(uow: UnitOfWork) -> type[StockHistory]:
    class History(StockHistory):
        pass

    History.uow = uow
    return History


@pytest.mark.slow
class TestStockConservation:
    def test_holds_over_any_history(self, history: type[StockHistory]) -> None:
        bounds = settings(
            max_examples=30,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        )
        run_state_machine_as_test(history, settings=bounds)
