"""Orders for tests, made by the commands that make them for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace import cart, checkout, orders
from marketplace.identity import StoreRole, roles
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.ids import StoreId, UserId
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import Decision, GroupView, LineDecision, OrderState, OrderView, RejectReason
from tests.factories.actors import clerk
from tests.factories.people import home, make_store
from tests.factories.shelves import OnSale

BUYS = tuple(roles.in_store(StoreRole.OWNER, can_buy=True, can_sell=False))
SELLS = tuple(roles.in_store(StoreRole.OWNER, can_buy=False, can_sell=True))
"""Just what the owners of such stores may do, by the house's own table."""

ROAD = system("road")

PATH = {
    OrderState.PLACED: (),
    OrderState.ACCEPTED: ("accept",),
    OrderState.READY: ("accept", "pack"),
    OrderState.IN_TRANSIT: ("accept", "pack", "pick_up"),
    OrderState.DELIVERY_FAILED: ("accept", "pack", "pick_up", "fail"),
    OrderState.DELIVERED: ("accept", "pack", "pick_up", "deliver"),
}
"""What is done to a placed order to bring it to a state."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody who buys, and the store he buys for."""

    actor: Actor
    store_id: StoreId
    user_id: UserId


def make_shopper(uow: UnitOfWork, *, name: str | None = None) -> Buyer:
    """A new store that buys, and its person."""
    user, store = make_store(uow, name=name)
    return Buyer(clerk(store.id, *BUYS, user_id=user.id), store.id, user.id)


def seller(store_id: StoreId) -> Actor:
    """Somebody who fills orders for a vendor."""
    return clerk(store_id, *SELLS)


def buy(uow: UnitOfWork, buyer: Buyer, *wanted: tuple[OnSale, int], all_or_nothing: bool = False) -> GroupView:
    """Put things into the cart and check out."""
    quote = cart.put_lines(buyer.actor, uow, lines=[(sold.listing.id, quantity) for sold, quantity in wanted])
    return checkout.confirm(
        buyer.actor, uow, quote_version=quote.quote_version, address=home(), all_or_nothing=all_or_nothing
    )


def make_order(
    uow: UnitOfWork, buyer: Buyer, *wanted: tuple[OnSale, int], state: OrderState = OrderState.PLACED
) -> OrderView:
    """One order with one vendor, in the state a test starts from."""
    (order,) = buy(uow, buyer, *wanted).orders
    return bring_to(uow, order, state)


def bring_to(uow: UnitOfWork, order: OrderView, state: OrderState) -> OrderView:
    """Take a placed order along its way."""
    vendor = seller(order.store.id)
    for step in PATH[state]:
        if step == "accept":
            orders.decide(vendor, uow, number=order.number, decisions=accept_all(order))
        elif step == "pack":
            orders.ready(vendor, uow, number=order.number)
        elif step == "pick_up":
            orders.pick_up(uow, order_id=order.id, by=ROAD)
        elif step == "fail":
            orders.fail_delivery(uow, order_id=order.id, by=ROAD, reason="not_home")
        else:
            orders.deliver(uow, order_id=order.id, by=ROAD)
    return orders.by_number(vendor, uow.session, number=order.number)


def accept_all(order: OrderView) -> Sequence[LineDecision]:
    """Yes to every line."""
    return [LineDecision(line.id, Decision.ACCEPT) for line in order.lines]


def reject_all(order: OrderView) -> Sequence[LineDecision]:
    """No to every line."""
    return [LineDecision(line.id, Decision.REJECT, RejectReason.OUT_OF_STOCK) for line in order.lines]
