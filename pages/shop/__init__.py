"""The pages of the shop."""

from pages.routes import Route
from pages.shop.cart import cart_page
from pages.shop.checkout import checkout_page
from pages.shop.home import home_page
from state.shop.cart import CartState
from state.shop.checkout import CheckoutState
from state.words import mark

ROUTES = (
    Route("/", home_page, mark("Marketplace")),
    Route("/cart", cart_page, mark("Cart"), load=[CartState.load]),
    Route("/checkout", checkout_page, mark("Check out"), load=[CheckoutState.load]),
)
