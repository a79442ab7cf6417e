"""The pages of a buyer's account."""

from pages.account.addresses import addresses_page
from pages.account.notifications import notifications_page
from pages.account.order import order_page
from pages.account.orders import orders_page
from pages.account.you import you_page
from pages.routes import Route
from state.account.addresses import AddressesState
from state.account.notifications import AT_A_VENDORS, PATH, NotificationsState
from state.account.order import BuyerOrderState
from state.account.orders import OrdersState
from state.words import mark

ROUTES = (
    Route("/account", you_page, mark("Account")),
    Route("/orders", orders_page, mark("Orders"), load=[OrdersState.load]),
    Route("/orders/[number]", order_page, mark("Order"), load=[BuyerOrderState.load]),
    Route("/addresses", addresses_page, mark("Addresses"), load=[AddressesState.load]),
    Route(PATH, notifications_page, mark("Notifications"), load=[NotificationsState.load]),
    Route(AT_A_VENDORS, notifications_page, mark("Notifications"), load=[NotificationsState.load]),
)
