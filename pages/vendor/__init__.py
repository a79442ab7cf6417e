"""The pages of those who sell."""

from pages.routes import Route
from pages.vendor.order import order_page
from pages.vendor.orders import orders_page
from state.vendor.order import VendorOrderState
from state.vendor.orders import OrdersState
from state.words import mark

ROUTES = (
    Route("/vendor/orders", orders_page, mark("Orders"), load=[OrdersState.load]),
    Route("/vendor/orders/[number]", order_page, mark("Order"), load=[VendorOrderState.load]),
)
