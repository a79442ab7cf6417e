"""Reads of the road. An agent sees orders through these alone."""

from marketplace.delivery.queries.cash import cash_at_door, cash_in_hand, hand_over, hand_overs, loads
from marketplace.delivery.queries.dispatch import (
    agents,
    exception,
    exceptions,
    is_agent,
    paged_agents,
    paged_exceptions,
    paged_queue,
    parcel,
    queue,
)
from marketplace.delivery.queries.round import can_renew_code, code_for_buyer, of_order, paged_stops, stop, stops

__all__ = [
    "agents",
    "can_renew_code",
    "cash_at_door",
    "cash_in_hand",
    "code_for_buyer",
    "exception",
    "exceptions",
    "hand_over",
    "hand_overs",
    "is_agent",
    "loads",
    "of_order",
    "paged_agents",
    "paged_exceptions",
    "paged_queue",
    "paged_stops",
    "parcel",
    "queue",
    "stop",
    "stops",
]
