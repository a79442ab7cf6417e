"""The pages of those who run the marketplace."""

from pages.admin.events import events_page
from pages.admin.payouts import payouts_page
from pages.admin.stores import stores_page
from pages.routes import Route
from state.admin.events import EventsState
from state.admin.payouts import PayoutsState
from state.admin.stores import StoresState
from state.words import mark

ROUTES = (
    Route("/admin/payouts", payouts_page, mark("Payouts"), load=[PayoutsState.load]),
    Route("/admin/stores", stores_page, mark("Stores"), load=[StoresState.load]),
    Route("/admin/events", events_page, mark("Events"), load=[EventsState.load]),
)
