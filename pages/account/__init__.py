"""The pages of a buyer's account."""

from pages.account.order import order_page
from pages.account.orders import orders_page
from pages.routes import Route
from state.account.order import BuyerOrderState
from state.account.orders import OrdersState
from state.words import mark

ROUTES = (
    Route("/orders", orders_page, mark("Orders"), load=[OrdersState.load]),
    Route("/orders/[number]", order_page, mark("Order"), load=[BuyerOrderState.load]),
)
