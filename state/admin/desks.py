"""The desks of the house, in the order in which somebody is led to the first that is open to him."""

from collections.abc import Mapping
from typing import Any, Final

from state.admin.dispatch import DispatchState
from state.admin.events import EventsState
from state.admin.hand_overs import HandOversState
from state.admin.ledger import LedgerState
from state.admin.orders import HouseOrdersState
from state.admin.payouts import PayoutsState
from state.admin.stores import StoresState

DESKS: Final[Mapping[str, Any]] = {
    "/admin/dispatch": DispatchState.load,
    "/admin/hand-overs": HandOversState.load,
    "/admin/payouts": PayoutsState.load,
    "/admin/stores": StoresState.load,
    "/admin/orders": HouseOrdersState.load,
    "/admin/ledger": LedgerState.load,
    "/admin/events": EventsState.load,
}
"""Where each stands, and the handler that fills it and so says to whom it is open."""
