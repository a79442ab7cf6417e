"""Which pages a fact touches: pings without data, told after the commit, that may be lost."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from marketplace import delivery, events, identity, notifications, orders, settlement
from marketplace.delivery import Assigned, CashWentOverdue, HandOverFact, ParcelFact
from marketplace.events import Envelope, Event
from marketplace.inventory import StockChanged
from marketplace.notifications import Answered, Noticed
from marketplace.orders import OrderFact
from marketplace.settlement import PayoutFact

Topics = tuple[str, ...]


def _shelves(fact: StockChanged) -> Topics:
    """The stock pages of the stores concerned."""
    return tuple(f"stock:store:{store_id}" for store_id in fact.store_ids)


def _order(fact: OrderFact) -> Topics:
    """The boards of both sides, and the page of the order itself."""
    return f"orders:store:{fact.store_id}", f"orders:store:{fact.buyer_store_id}", f"order:{fact.order_id}"


def _order_and_dispatch(fact: OrderFact) -> Topics:
    """These, and the desk that sends agents."""
    return *_order(fact), "dispatch"


def _payouts(_fact: PayoutFact) -> Topics:
    """The page on which finance pays vendors."""
    return ("payouts",)


def _stores(_fact: Event) -> Topics:
    """The page on which the house looks after stores."""
    return ("stores",)


def _bells(fact: Noticed | Answered) -> Topics:
    """The bell of everybody who was told, or whose answer is not waited for any more."""
    return tuple(f"bell:{user_id}" for user_id in fact.user_ids)


def _parcel(fact: ParcelFact) -> Topics:
    """The desk that sends agents, the agent's round, and the order's page on either side."""
    stores = f"orders:store:{fact.store_id}", f"orders:store:{fact.buyer_store_id}"
    return "dispatch", f"agent:{fact.agent_id}", f"order:{fact.order_id}", *stores


def _assignment(fact: Assigned) -> Topics:
    """These, and the round of the agent who had it before."""
    before = () if fact.from_agent_id is None else (f"agent:{fact.from_agent_id}",)
    return *_parcel(fact), *before


def _overdue(fact: CashWentOverdue) -> Topics:
    """The agent's cash, and the desk that would give him more."""
    return "dispatch", f"agent:{fact.agent_id}"


def _hand_over(fact: HandOverFact) -> Topics:
    """The agent's cash, the cashier's desk, and who may take cash orders."""
    return "hand_overs", "dispatch", f"agent:{fact.agent_id}"


LIVE: Final[Mapping[type[Event], Callable[[Any], Topics]]] = {
    orders.OrderPlaced: _order,
    orders.OrderDecided: _order,
    orders.OrderNudged: _order,
    orders.OrderExpired: _order,
    orders.OrderSettled: _order,
    orders.OrderClosed: _order,
    orders.OrderReady: _order_and_dispatch,
    orders.OrderHeld: _order_and_dispatch,
    orders.OrderResumed: _order_and_dispatch,
    orders.OrderCanceled: _order_and_dispatch,
    orders.OrderPickedUp: _order_and_dispatch,
    orders.OrderDeliveryFailed: _order_and_dispatch,
    orders.OrderDelivered: _order_and_dispatch,
    orders.OrderReturned: _order_and_dispatch,
    delivery.Assigned: _assignment,
    delivery.Withdrawn: _parcel,
    delivery.PickedUp: _parcel,
    delivery.DeliveryFailed: _parcel,
    delivery.CodeRenewed: _parcel,
    delivery.CashCollected: _parcel,
    delivery.CashWentOverdue: _overdue,
    delivery.CashExceptionRaised: _parcel,
    delivery.CashExceptionDecided: _parcel,
    delivery.HandedOver: _hand_over,
    delivery.HandOverAccepted: _hand_over,
    delivery.HandOverDisputed: _hand_over,
    settlement.PayoutProposed: _payouts,
    settlement.PayoutConfirmed: _payouts,
    settlement.PayoutPaid: _payouts,
    StockChanged: _shelves,
    identity.StoreOpened: _stores,
    identity.StandingChanged: _stores,
    notifications.Noticed: _bells,
    notifications.Answered: _bells,
}
"""For each kind of fact, the topics of the pages that show it."""

_BY_TOPIC: Final = {kind.topic: (kind, topics) for kind, topics in LIVE.items()}


def page_topics(envelope: Envelope) -> Topics:
    """Name the pages that a fact touches."""
    known = _BY_TOPIC.get(envelope.topic)
    if known is None:
        return ()
    kind, topics = known
    return topics(events.read_body(kind, envelope.body))
