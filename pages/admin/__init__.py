"""The pages of those who run the marketplace."""

from pages.admin.dispatch import dispatch_page
from pages.admin.events import events_page
from pages.admin.hand_overs import hand_overs_page
from pages.admin.home import home_page
from pages.admin.ledger import ledger_page
from pages.admin.order import order_page
from pages.admin.orders import orders_page
from pages.admin.payouts import payouts_page
from pages.admin.stores import stores_page
from pages.routes import Route
from state.admin.dispatch import DispatchState
from state.admin.events import EventsState
from state.admin.hand_overs import HandOversState
from state.admin.home import HouseState
from state.admin.ledger import LedgerState
from state.admin.order import HouseOrderState
from state.admin.orders import HouseOrdersState
from state.admin.payouts import PayoutsState
from state.admin.stores import StoresState
from state.words import mark

ROUTES = (
    Route("/admin", home_page, mark("Home"), load=[HouseState.load]),
    Route("/admin/dispatch", dispatch_page, mark("Dispatch"), load=[DispatchState.load]),
    Route("/admin/hand-overs", hand_overs_page, mark("Hand-overs"), load=[HandOversState.load]),
    Route("/admin/orders", orders_page, mark("Orders"), load=[HouseOrdersState.load]),
    Route("/admin/orders/[number]", order_page, mark("Order"), load=[HouseOrderState.load]),
    Route("/admin/ledger", ledger_page, mark("Ledger"), load=[LedgerState.load]),
    Route("/admin/payouts", payouts_page, mark("Payouts"), load=[PayoutsState.load]),
    Route("/admin/stores", stores_page, mark("Stores"), load=[StoresState.load]),
    Route("/admin/events", events_page, mark("Events"), load=[EventsState.load]),
)
