"""Dispatch: what waits for an agent, who could take it, and questions about cash."""

from typing import Final
from uuid import UUID

from fastapi import Response

from marketplace import delivery, orders
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import CashExceptionId, UserId
from marketplace.rest.caller import Caller
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Router
from marketplace.rest.shapes.base import Listed
from marketplace.rest.shapes.delivery import (
    Agent,
    Assignment,
    AssignmentWish,
    CashException,
    ExceptionDecision,
    QueuedOrder,
)
from marketplace.rest.shapes.orders import Order

router = Router(prefix="/dispatch", tags=["dispatch"])

WEEK: Final = 7


@router.get("/queue", access=Permission.DISPATCH_ASSIGN, returns=Listed[QueuedOrder])
def queue(caller: Caller, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Listed[QueuedOrder]:
    """List the orders that are packed and not picked up, the soonest promised first."""
    page = caller.read(delivery.paged_queue, limit=limit, cursor=cursor)
    known = caller.read(orders.by_id, order_ids=[item.order_id for item in page.items])
    items = tuple(QueuedOrder.of(item, Order.of(known[item.order_id])) for item in page.items)
    return Listed[QueuedOrder](items=items, next_cursor=page.next_cursor)


@router.get("/agents", access=Permission.DISPATCH_ASSIGN, returns=Listed[Agent])
def agents(caller: Caller, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Listed[Agent]:
    """List everybody who works the road, by name, with what he carries."""
    page = caller.read(delivery.paged_agents, at=caller.house.db.now(), limit=limit, cursor=cursor).map(Agent.of)
    return Listed[Agent](items=page.items, next_cursor=page.next_cursor)


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


@router.get("/cash-exceptions", access=Permission.DISPATCH_ASSIGN, returns=Listed[CashException])
def exceptions(
    caller: Caller,
    *,
    all: bool = False,  # noqa: A002 (a word of the contract)
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Listed[CashException]:
    """List the sums that differ from what was due, oldest first; the decided ones too, where all are asked for."""
    page = caller.read(delivery.paged_exceptions, only_open=not all, limit=limit, cursor=cursor).map(CashException.of)
    return Listed[CashException](items=page.items, next_cursor=page.next_cursor)


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
