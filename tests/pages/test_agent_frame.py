"""What stands around the pages of the road."""

import pytest

from pages.delivery import ROUTES
from pages.routes import Route
from tests.pages.drawn import words_in

PLACES = [route for route in ROUTES if route.path in {"/agent", "/agent/cash"}]


class TestAgentFrame:
    @pytest.mark.parametrize("route", PLACES, ids=lambda route: route.path)
    def test_leads_to_the_other_language_and_out(self, route: Route) -> None:
        assert {"العربية", "Dark", "Sign out"} <= set(words_in(route.make("en")))
