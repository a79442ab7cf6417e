"""The pages of the shop."""

from pages.routes import Route
from pages.shop.browse import browse_page, shop_front_page
from pages.shop.cart import cart_page
from pages.shop.checkout import checkout_page
from pages.shop.door import register_page, sign_in_page
from pages.shop.home import home_page, shops_page
from pages.shop.product import product_page
from pages.shop.texts import contact_page, help_page, offline_page, privacy_page, terms_page
from state.shop.browsing import BrowseState
from state.shop.cart import CartState
from state.shop.checkout import CheckoutState
from state.shop.contact import ContactState
from state.shop.door import RegisterState, SignInState
from state.shop.home import HomeState, ShopsState
from state.shop.product import ProductState
from state.words import mark

ROUTES = (
    Route("/", home_page, mark("Marketplace"), load=[HomeState.load]),
    Route("/search", browse_page, mark("Products"), load=[BrowseState.load]),
    Route("/c/[slug]", browse_page, mark("Products"), load=[BrowseState.load]),
    Route("/v/[slug]", shop_front_page, mark("Shop"), load=[BrowseState.load]),
    Route("/p/[fsin]", product_page, mark("Product"), load=[ProductState.load]),
    Route("/cart", cart_page, mark("Cart"), load=[CartState.load]),
    Route("/checkout", checkout_page, mark("Check out"), load=[CheckoutState.load]),
    Route("/shops", shops_page, mark("Shops"), load=[ShopsState.load]),
    Route("/sign-in", sign_in_page, mark("Sign in"), load=[SignInState.load]),
    Route("/register", register_page, mark("Open an account"), load=[RegisterState.load]),
    Route("/help", help_page, mark("Help")),
    Route("/terms", terms_page, mark("Terms")),
    Route("/privacy", privacy_page, mark("Privacy")),
    Route("/offline", offline_page, mark("No connection")),
    Route("/contact", contact_page, mark("Contact"), load=[ContactState.load]),
)
