"""The pages of those who work the road."""

from pages.delivery.cash import cash_page
from pages.delivery.stop import stop_page
from pages.delivery.stops import stops_page
from pages.routes import Route
from state.delivery.cash import CashState
from state.delivery.stop import DoorState
from state.delivery.stops import StopsState
from state.words import mark

ROUTES = (
    Route("/agent", stops_page, mark("Stops of today"), load=[StopsState.load]),
    Route("/agent/stops/[stop]", stop_page, mark("Stop"), load=[DoorState.load]),
    Route("/agent/cash", cash_page, mark("Cash in hand"), load=[CashState.load]),
)
