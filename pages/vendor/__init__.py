"""The pages of those who sell."""

from pages.routes import Route
from pages.vendor.editing import listing_page, new_page
from pages.vendor.home import home_page
from pages.vendor.importing import import_page
from pages.vendor.listings import listings_page
from pages.vendor.order import order_page
from pages.vendor.orders import orders_page
from pages.vendor.packing import pick_list_page, slip_page
from pages.vendor.stock import stock_page
from pages.vendor.store import store_page
from state.vendor.editing import EditingState
from state.vendor.home import VendorHomeState
from state.vendor.importing import ImportState
from state.vendor.listings import ListingsState
from state.vendor.order import VendorOrderState
from state.vendor.orders import OrdersState
from state.vendor.packing import PackingState
from state.vendor.stock import StockState
from state.vendor.store import StoreState
from state.words import mark

ROUTES = (
    Route("/vendor", home_page, mark("Home"), load=[VendorHomeState.load]),
    Route("/vendor/orders", orders_page, mark("Orders"), load=[OrdersState.load]),
    Route("/vendor/orders/[number]", order_page, mark("Order"), load=[VendorOrderState.load]),
    Route("/vendor/orders/[number]/slip", slip_page, mark("Packing slip"), load=[VendorOrderState.load]),
    Route("/vendor/pick-list", pick_list_page, mark("Pick list"), load=[PackingState.load]),
    Route("/vendor/listings", listings_page, mark("Listings"), load=[ListingsState.load]),
    Route("/vendor/listings/new", new_page, mark("New listing"), load=[EditingState.load]),
    Route("/vendor/listings/[listing]", listing_page, mark("Listing"), load=[EditingState.load]),
    Route("/vendor/stock", stock_page, mark("Stock"), load=[StockState.load]),
    Route("/vendor/import", import_page, mark("Import"), load=[ImportState.load]),
    Route("/vendor/store", store_page, mark("Your shop"), load=[StoreState.arrive, StoreState.load]),
)
