"""Who may see and do what with orders. The only place that decides it."""

from collections.abc import Callable, Mapping
from typing import Final, Literal

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import col

from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, Permission
from marketplace.orders.models import Order
from marketplace.orders.states import HOLDABLE, NOT_PLACED, ORDER, WAITING_FOR_VENDOR, OrderAction, OrderState, Side

OrdersSide = Literal["buyer", "vendor", "house", "any"]
"""Where somebody stands who asks about orders: on one side of them, in the house, or wherever he may."""

BEFORE_ACCEPTANCE: Final = frozenset({OrderState.PLACED})


def visible(actor: Actor) -> ColumnElement[bool]:
    """The orders of the actor's active store, bought or sold; all of them for a system role that may read all."""
    return true() if reads_all(actor) else or_(bought(actor), sold(actor))


def bought(actor: Actor) -> ColumnElement[bool]:
    """The orders that the actor's active store has placed, whatever else he may read."""
    return col(Order.buyer_store_id) == actor.store_id if _reads_own(actor) else false()


def sold(actor: Actor) -> ColumnElement[bool]:
    """The orders that the actor's active store is to fill: it sees none before it is placed."""
    if not _reads_own(actor):
        return false()
    return and_(col(Order.store_id) == actor.store_id, col(Order.state).not_in(NOT_PLACED))


def of_everybody(actor: Actor) -> ColumnElement[bool]:
    """All orders for the house, and none for anybody else."""
    return true() if reads_all(actor) else false()


SEEN: Final[Mapping[OrdersSide, Callable[[Actor], ColumnElement[bool]]]] = {
    "buyer": bought,
    "vendor": sold,
    "house": of_everybody,
    "any": visible,
}
"""Which orders somebody sees from where he stands."""


def reads_all(actor: Actor) -> bool:
    """Those of the house who help with orders."""
    return actor.may(Permission.ORDERS_READ, store_id=None)


def _reads_own(actor: Actor) -> bool:
    return actor.store_id is not None and actor.may(Permission.ORDERS_READ, store_id=actor.store_id)


def side_of(actor: Actor, order: Order) -> Side:
    """On whose side the actor stands: of the vendor, of the buyer, or of the house."""
    if actor.store_id == order.store_id:
        return Side.VENDOR
    return Side.BUYER if actor.store_id == order.buyer_store_id else Side.HOUSE


def sees_fees(actor: Actor, order: Order) -> bool:
    """What the house takes is between it and the vendor."""
    return side_of(actor, order) is not Side.BUYER


def can_decide(actor: Actor, order: Order) -> bool:
    """Whoever decides for the selling store."""
    return actor.may(Permission.ORDERS_DECIDE, store_id=order.store_id)


def can_pack(actor: Actor, order: Order) -> bool:
    """Whoever fulfils for the selling store."""
    return actor.may(Permission.ORDERS_FULFILL, store_id=order.store_id)


def can_cancel(actor: Actor, order: Order) -> bool:
    """Whoever may cancel for the buying or the selling store."""
    return any(actor.may(Permission.ORDERS_CANCEL, store_id=store) for store in (order.buyer_store_id, order.store_id))


def may_still_cancel(side: Side, state: OrderState) -> bool:
    """Until when that side calls an order off: some buyers only before the vendor has accepted."""
    if side is Side.BUYER and profile.chosen().buyer_cancels_until == "accepted":
        return state in BEFORE_ACCEPTANCE
    return ORDER.allows(state, OrderAction.CANCEL)


def can_nudge(actor: Actor, order: Order) -> bool:
    """Whoever may order for the buying store may also remind the vendor."""
    return actor.may(Permission.CHECKOUT_PLACE, store_id=order.buyer_store_id)


def can_retry(actor: Actor, order: Order) -> bool:
    """Whoever may order for the buying store."""
    return actor.may(Permission.CHECKOUT_PLACE, store_id=order.buyer_store_id)


def can_hold(actor: Actor, _order: Order) -> bool:
    """The house alone: no vendor lifts what was placed for fraud, nor holds an order back himself."""
    return actor.may(Permission.ORDERS_HOLD, store_id=None)


def open_to(actor: Actor, order: Order, *, is_retried: bool) -> frozenset[str]:
    """What the actor could do to this order now: what a page shows buttons for."""
    return frozenset(
        deed
        for deed, (is_allowed, is_open) in _DEEDS.items()
        if is_allowed(actor, order) and is_open(actor, order) and not (deed == "retry" and is_retried)
    )


def _goes_on(action: OrderAction) -> Callable[[Actor, Order], bool]:
    return lambda _actor, order: ORDER.allows(order.state, action) and not order.is_held


_DEEDS: Final[Mapping[str, tuple[Callable[[Actor, Order], bool], Callable[[Actor, Order], bool]]]] = {
    "decide": (can_decide, _goes_on(OrderAction.ACCEPT)),
    "ready": (can_pack, _goes_on(OrderAction.PACK)),
    "cancel": (can_cancel, lambda actor, order: may_still_cancel(side_of(actor, order), order.state)),
    "nudge": (can_nudge, lambda _actor, order: order.state in WAITING_FOR_VENDOR),
    "retry": (can_retry, lambda _actor, order: order.state is OrderState.EXPIRED),
    "hold": (can_hold, lambda _actor, order: order.state in HOLDABLE),
    "resume": (can_hold, lambda _actor, order: order.is_held),
}
