"""What the road hears."""

from marketplace import delivery
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import OrderCanceled


def take_off_the_round(uow: UnitOfWork, event: OrderCanceled) -> None:
    """An agent need not go for an order that was called off."""
    delivery.withdraw(uow, order_id=event.order_id)
