"""The holds of one order under its lock: which stand, and how they are lifted."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import col

from marketplace import audit
from marketplace.kernel.actor import Actor
from marketplace.kernel.work import UnitOfWork
from marketplace.orders.models import Order, OrderHold


def standing(uow: UnitOfWork, order: Order) -> list[OrderHold]:
    """The holds of an order that are not lifted, the oldest first."""
    found = select(OrderHold).where(col(OrderHold.order_id) == order.id, col(OrderHold.lifted_at).is_(None))
    return list(uow.session.execute(found.order_by(col(OrderHold.placed_at))).scalars())


def lift(uow: UnitOfWork, by: Actor, order: Order, holds: Iterable[OrderHold], *, reason: str | None = None) -> None:
    """Write down that these holds do not stand any more, and who says so."""
    for one in holds:
        one.lifted_at, one.lifted_by = uow.now, by.name
        audit.record(uow, by, "orders.resume", order.id, store_id=order.store_id, before=one.reason, reason=reason)


def not_given_back(uow: UnitOfWork, order: Order, holds: Iterable[OrderHold]) -> timedelta:
    """How long an order under these holds has stood still since time was last given back for it.

    Time is given back with every lifting, up to that moment: so holds that overlap count once, and all of them count.
    """
    lifted = select(func.max(col(OrderHold.lifted_at))).where(col(OrderHold.order_id) == order.id)
    counted_until: datetime | None = uow.session.execute(lifted).scalar_one()
    since = min(one.placed_at for one in holds)
    return uow.now - (since if counted_until is None else max(since, counted_until))
