"""The pages of those who sell."""

from pages.routes import Route
from pages.vendor.editing import listing_page, new_page
from pages.vendor.home import home_page
from pages.vendor.listings import listings_page
from pages.vendor.order import order_page
from pages.vendor.orders import orders_page
from pages.vendor.stock import stock_page
from state.vendor.editing import EditingState
from state.vendor.home import VendorHomeState
from state.vendor.listings import ListingsState
from state.vendor.order import VendorOrderState
from state.vendor.orders import OrdersState
from state.vendor.stock import StockState
from state.words import mark

ROUTES = (
    Route("/vendor", home_page, mark("Home"), load=[VendorHomeState.load]),
    Route("/vendor/orders", orders_page, mark("Orders"), load=[OrdersState.load]),
    Route("/vendor/orders/[number]", order_page, mark("Order"), load=[VendorOrderState.load]),
    Route("/vendor/listings", listings_page, mark("Listings"), load=[ListingsState.load]),
    Route("/vendor/listings/new", new_page, mark("New listing"), load=[EditingState.load]),
    Route("/vendor/listings/[listing]", listing_page, mark("Listing"), load=[EditingState.load]),
    Route("/vendor/stock", stock_page, mark("Stock"), load=[StockState.load]),
)
