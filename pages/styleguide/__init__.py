"""The style guide: every part in every state, built only where nobody relies on the installation."""

from pages.routes import Route
from pages.styleguide.page import styleguide_page
from state.words import mark

ROUTES = (Route("/styleguide", styleguide_page, mark("Style guide")),)
