"""The road, for tests: its people, and parcels on it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from marketplace import delivery, ledger
from marketplace.delivery import Evidence, StopKind, StopView
from marketplace.delivery.models import DeliveryCode
from marketplace.events.models import OutboxMessage
from marketplace.identity import SystemRole
from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.ids import OrderId, UserId
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import OrderState, OrderView
from tests.factories.actors import officer
from tests.factories.orders import Buyer, make_order
from tests.factories.people import make_officer
from tests.factories.shelves import OnSale


@dataclass(frozen=True, slots=True)
class Rider:
    """An agent, and who he is to the house."""

    actor: Actor
    user_id: UserId


def make_agent(uow: UnitOfWork) -> Rider:
    """Somebody who works the road."""
    user = make_officer(uow, SystemRole.AGENT)
    return Rider(officer(Permission.ROUND_WORK, user_id=user.id), user.id)


def make_cashier(uow: UnitOfWork) -> Actor:
    """Somebody who counts cash."""
    return officer(Permission.CASH_COUNT, user_id=make_officer(uow, SystemRole.CASHIER).id)


DISPATCHER = officer(Permission.DISPATCH_ASSIGN, Permission.ORDERS_READ)


def give(uow: UnitOfWork, buyer: Buyer, rider: Rider, *wanted: tuple[OnSale, int]) -> OrderView:
    """An order that is packed and given to an agent."""
    order = make_order(uow, buyer, *wanted, state=OrderState.READY)
    delivery.assign(DISPATCHER, uow, order_number=order.number, agent_id=rider.user_id)
    return order


def send(uow: UnitOfWork, buyer: Buyer, rider: Rider, *wanted: tuple[OnSale, int]) -> tuple[OrderView, StopView]:
    """An order that is on its way to the buyer's door, and that door."""
    order = give(uow, buyer, rider, *wanted)
    delivery.pick_up(rider.actor, uow, stop_id=stop_of(uow, rider, order, StopKind.PICKUP).id)
    return order, stop_of(uow, rider, order, StopKind.DROP)


def stop_of(uow: UnitOfWork, rider: Rider, order: OrderView, kind: StopKind) -> StopView:
    """A stop on the agent's round."""
    round_ = delivery.stops(rider.actor, uow.session, since=uow.now)
    return next(stop for stop in round_ if stop.number == order.number and stop.kind is kind)


def code_of(uow: UnitOfWork, order_id: OrderId) -> str:
    """The code that only the buyer sees."""
    return uow.session.get_one(DeliveryCode, order_id).code


def hand_over_parcel(uow: UnitOfWork, rider: Rider, order: OrderView, stop: StopView) -> None:
    """Deliver against the buyer's code."""
    delivery.deliver(rider.actor, uow, stop_id=stop.id, evidence=Evidence(code=code_of(uow, order.id)))


def sell_for_cash(uow: UnitOfWork, buyer: Buyer, rider: Rider, *wanted: tuple[OnSale, int]) -> OrderView:
    """An order that is delivered, with its cash in the agent's pocket."""
    order, stop = send(uow, buyer, rider, *wanted)
    hand_over_parcel(uow, rider, order, stop)
    delivery.collect_cash(rider.actor, uow, stop_id=stop.id, amount=order.due)
    return order


def sar(minor: int) -> Money:
    """So many halalas."""
    return Money(minor, "SAR")


def pot(uow: UnitOfWork, account: ledger.Account) -> int:
    """What an account holds."""
    return ledger.balance(uow.session, account=account, currency="SAR").minor


def topics(uow: UnitOfWork, aggregate: str) -> list[str]:
    """What was said of a thing, in its order."""
    said = (
        select(col(OutboxMessage.topic))
        .where(col(OutboxMessage.aggregate) == aggregate)
        .order_by(col(OutboxMessage.position))
    )
    return list(uow.session.execute(said).scalars())
