"""Dispatch: what waits for an agent, who could take it, and questions about cash."""

from typing import Final
from uuid import UUID

from fastapi import Response

from marketplace import delivery, orders
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import CashExceptionId, UserId
from marketplace.kernel.pages import MAX_LIMIT
from marketplace.orders import OrderState
from marketplace.rest.caller import Caller
from marketplace.rest.routing import Router
from marketplace.rest.shapes.delivery import (
    Agent,
    Agents,
    Assignment,
    AssignmentWish,
    CashException,
    CashExceptions,
    ExceptionDecision,
    Queue,
    QueuedOrder,
)
from marketplace.rest.shapes.orders import Order

router = Router(prefix="/dispatch", tags=["dispatch"])

WEEK: Final = 7


@router.get("/queue", access=Permission.DISPATCH_ASSIGN, returns=Queue)
def queue(caller: Caller) -> Queue:
    """List the orders that are packed and not picked up, the soonest promised first."""
    waiting = caller.read(delivery.queue)
    ready = caller.read(orders.newest, side="house", states=(OrderState.READY,), limit=MAX_LIMIT).items
    known = {order.number: order for order in ready}
    return Queue(
        items=tuple(QueuedOrder.of(item, Order.of(known[item.number])) for item in waiting if item.number in known)
    )


@router.get("/agents", access=Permission.DISPATCH_ASSIGN, returns=Agents)
def agents(caller: Caller) -> Agents:
    """List everybody who works the road, with what he carries."""
    now = caller.house.db.now()
    return Agents(items=tuple(Agent.of(agent) for agent in caller.read(delivery.agents, at=now)))


@router.post(
    "/assignments", access=Permission.DISPATCH_ASSIGN, returns=Assignment, status=201, once=WEEK, refuses=[404]
)
def assign(caller: Caller, wish: AssignmentWish) -> Response:
    """Give an order to an agent who has room for it and for its cash."""
    return caller.once(
        delivery.assign,
        Assignment.of,
        order_number=wish.order_number.upper(),
        agent_id=UserId(wish.agent_id),
        instead_of=None if wish.instead_of is None else UserId(wish.instead_of),
    )


@router.get("/cash-exceptions", access=Permission.DISPATCH_ASSIGN, returns=CashExceptions)
def exceptions(caller: Caller, *, all: bool = False) -> CashExceptions:  # noqa: A002 (a word of the contract)
    """List the sums that differ from what was due; the decided ones too, where all are asked for."""
    found = caller.read(delivery.exceptions, only_open=not all)
    return CashExceptions(items=tuple(CashException.of(asked) for asked in found))


@router.post(
    "/cash-exceptions/{exception_id}/decision", access=Permission.DISPATCH_ASSIGN, returns=CashException, once=WEEK
)
def decide(caller: Caller, exception_id: UUID, wish: ExceptionDecision) -> Response:
    """Let the agent take that sum, or have him insist on the exact one."""
    return caller.once(
        delivery.decide_exception,
        CashException.of,
        exception_id=CashExceptionId(exception_id),
        is_accepted=wish.accept,
    )
