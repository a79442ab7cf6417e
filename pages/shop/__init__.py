"""The pages of the shop."""

from pages.routes import Route
from pages.shop.home import home_page
from state.words import mark

ROUTES = (Route("/", home_page, mark("Marketplace")),)
