"""Two at once on the road: one of them wins, and nothing happens twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from marketplace import delivery, fees, ledger, media, taxes
from marketplace.delivery import Evidence, StopKind
from marketplace.delivery.errors import PhotoMissing
from marketplace.kernel.actor import Actor, Permission, system
from marketplace.kernel.errors import Refusal
from marketplace.kernel.ids import AssetId, StopId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import Database, UnitOfWork, Wiring
from marketplace.media import AssetKind, make_picture
from marketplace.orders import OrderState, OrderView
from tests.factories.actors import officer
from tests.factories.orders import Buyer, make_order, make_shopper
from tests.factories.people import make_vendor
from tests.factories.pictures import drawn
from tests.factories.road import DISPATCHER, Rider, code_of, make_agent, make_cashier, send, stop_of
from tests.factories.shelves import make_product, put_on_sale

TEST = system("test")


@pytest.fixture
def wiring(wiring: Wiring) -> Wiring:
    """The refusals of the road are told in our words."""
    return Wiring(clock=wiring.clock, random=wiring.random, constraints=delivery.CONSTRAINTS)


@dataclass
class Road:
    """One buyer, two agents, and an order in some state, all of it committed."""

    buyer: Buyer
    riders: tuple[Rider, Rider]
    cashiers: tuple[Actor, Actor]
    order: OrderView
    drop: StopId
    code: str


def laid(db: Database, *, state: str) -> Road:
    """Lay a road with an order that is packed, or on its way to the door."""

    def lay(_actor: Actor, uow: UnitOfWork) -> Road:
        taxes.install_default(uow)
        fees.install_default(uow)
        store = make_vendor(uow).id
        kettle = put_on_sale(uow, make_product(uow, "Kettle", owner=store), store=store, price=149_00)
        buyer, riders = make_shopper(uow), (make_agent(uow), make_agent(uow))
        cashiers = (make_cashier(uow), make_cashier(uow))
        if state == "packed":
            order = make_order(uow, buyer, (kettle, 2), state=OrderState.READY)
            return Road(buyer, riders, cashiers, order, StopId(new_uuid()), "")
        order, drop = send(uow, buyer, riders[0], (kettle, 2))
        return Road(buyer, riders, cashiers, order, drop.id, code_of(uow, order.id))

    return db.transact(lay, TEST)


def together(*deeds: Callable[[], Any]) -> list[str]:
    """Do these at once; say for each whether it was done, or why not."""

    def tried(deed: Callable[[], Any]) -> str:
        try:
            deed()
        except Refusal as refusal:
            return refusal.reason
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(tried, deeds))


def pot(db: Database, account: ledger.Account) -> int:
    return db.read(lambda _actor, session: ledger.balance(session, account=account, currency="SAR").minor, TEST)


class TestTwoDispatchers:
    def test_give_an_order_to_one_agent(self, real_database: Database) -> None:
        road = laid(real_database, state="packed")

        def give(rider: Rider) -> Callable[[], Any]:
            return lambda: real_database.transact(
                delivery.assign, DISPATCHER, order_number=road.order.number, agent_id=rider.user_id
            )

        outcomes = together(*(give(rider) for rider in road.riders))

        assert outcomes == ["delivery.already_assigned", "done"]
        agents = real_database.read(delivery.agents, DISPATCHER, at=real_database.now())
        assert sorted(agent.parcels for agent in agents) == [0, 1]

    def test_give_a_new_agent_his_first_two_orders(self, real_database: Database) -> None:
        first, second = (laid(real_database, state="packed").order.number for _ in range(2))
        agent = real_database.transact(lambda _, uow: make_agent(uow), TEST)

        def give(number: str) -> object:
            return real_database.transact(delivery.assign, DISPATCHER, order_number=number, agent_id=agent.user_id)

        with ThreadPoolExecutor(1) as beside:
            with real_database.unit(DISPATCHER) as uow:
                delivery.assign(DISPATCHER, uow, order_number=first, agent_id=agent.user_id)
                waiting = beside.submit(give, second)
                with pytest.raises(TimeoutError):
                    waiting.result(timeout=0.5)
            waiting.result()

        load = real_database.read(delivery.agents, DISPATCHER, at=real_database.now())
        assert [one.parcels for one in load if one.user_id == agent.user_id] == [2]


class TestTwoTaps:
    def test_take_the_cash_once(self, real_database: Database) -> None:
        road = laid(real_database, state="sent")
        agent = road.riders[0]

        def take() -> object:
            return real_database.transact(
                delivery.collect_cash, agent.actor, stop_id=road.drop, amount=Money(298_00, "SAR")
            )

        outcomes = together(take, take, take)

        assert outcomes == ["delivery.cash_taken", "delivery.cash_taken", "done"]
        assert pot(real_database, ledger.agent_cash(agent.user_id)) == 298_00

    def test_prove_one_parcel_alone_by_one_photo(self, real_database: Database) -> None:
        road = laid(real_database, state="sent")
        agent = officer(Permission.ROUND_WORK, Permission.MEDIA_UPLOAD, user_id=road.riders[0].user_id)

        def sent(_actor: Actor, uow: UnitOfWork) -> tuple[AssetId, StopId]:
            store = make_vendor(uow, name="Dar Al Fakhar").id
            mugs = put_on_sale(uow, make_product(uow, "Mugs", owner=store), store=store, price=90_00)
            _, drop = send(uow, road.buyer, road.riders[0], (mugs, 1))
            photo = media.announce(
                agent, uow, kind=AssetKind.DELIVERY_PHOTO, content_type="image/png", size=len(drawn())
            )
            media.settle(uow, asset_id=photo.id, outcome=make_picture(drawn(), is_public=False))
            return photo.id, drop.id

        photo_id, other = real_database.transact(sent, TEST)

        def deliver(stop_id: StopId) -> object:
            return real_database.transact(
                delivery.deliver, road.riders[0].actor, stop_id=stop_id, evidence=Evidence(photo_id=photo_id)
            )

        with ThreadPoolExecutor(1) as beside:
            with real_database.unit(TEST) as uow:
                delivery.deliver(road.riders[0].actor, uow, stop_id=road.drop, evidence=Evidence(photo_id=photo_id))
                waiting = beside.submit(deliver, other)
                with pytest.raises(TimeoutError):
                    waiting.result(timeout=0.5)
            with pytest.raises(PhotoMissing):
                waiting.result()

    def test_hand_the_parcel_over_once(self, real_database: Database) -> None:
        road = laid(real_database, state="sent")

        def deliver() -> object:
            return real_database.transact(
                delivery.deliver, road.riders[0].actor, stop_id=road.drop, evidence=Evidence(code=road.code)
            )

        outcomes = together(deliver, deliver)

        assert outcomes == ["delivery.cannot_deliver", "done"]
        assert pot(real_database, ledger.buyer_receivable(road.buyer.store_id)) == 298_00

    def test_use_up_a_try_each_when_the_code_is_wrong(self, real_database: Database) -> None:
        road = laid(real_database, state="sent")

        def guess() -> object:
            return real_database.transact(
                delivery.deliver, road.riders[0].actor, stop_id=road.drop, evidence=Evidence(code="wrong")
            )

        outcomes = together(*(guess for _ in range(8)))

        assert outcomes.count("done") == 5
        assert outcomes.count("delivery.code_locked") == 3


class TestTwoCashiers:
    def test_count_a_hand_over_once(self, real_database: Database) -> None:
        road = laid(real_database, state="sent")
        agent, cash = road.riders[0], Money(298_00, "SAR")
        real_database.transact(delivery.collect_cash, agent.actor, stop_id=road.drop, amount=cash)
        handed = real_database.transact(delivery.hand_over, agent.actor, counted=cash)

        def count(cashier: Actor) -> Callable[[], Any]:
            return lambda: real_database.transact(
                delivery.accept_hand_over, cashier, hand_over_id=handed.id, counted=cash
            )

        outcomes = together(*(count(cashier) for cashier in road.cashiers))

        assert outcomes == ["done", "hand_over.cannot_accept"]
        assert pot(real_database, ledger.SAFE) == 298_00
        assert pot(real_database, ledger.agent_cash(agent.user_id)) == 0


class TestPickUpAgainstReassignment:
    def test_leaves_the_parcel_with_one_of_them(self, real_database: Database) -> None:
        road = laid(real_database, state="packed")
        first, second = road.riders
        real_database.transact(delivery.assign, DISPATCHER, order_number=road.order.number, agent_id=first.user_id)

        def pickup_of(_actor: Actor, uow: UnitOfWork) -> StopId:
            return stop_of(uow, first, road.order, StopKind.PICKUP).id

        pickup = real_database.transact(pickup_of, TEST)
        outcomes = together(
            lambda: real_database.transact(delivery.pick_up, first.actor, stop_id=pickup),
            lambda: real_database.transact(
                delivery.assign,
                DISPATCHER,
                order_number=road.order.number,
                agent_id=second.user_id,
                instead_of=first.user_id,
            ),
        )

        assert outcomes in (["delivery.cannot_pick_up", "done"], ["delivery.on_the_way", "done"])
