"""The document as a page to read."""

import re

from starlette.testclient import TestClient

from marketplace.rest.app import make_app


class TestReader:
    def test_shows_every_route_and_every_shape(self, web: TestClient) -> None:
        page = web.get("/api/v1/docs").text

        document = make_app().openapi()
        routes = [f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods]
        assert [name for name in routes if f">{name}</h3>" not in page] == []
        assert [name for name in document["components"]["schemas"] if f'id="{name}"' not in page] == []

    def test_runs_and_fetches_nothing_of_strangers(self, web: TestClient) -> None:
        """A script from elsewhere would run where the session's cookie speaks for whoever reads."""
        answer = web.get("/api/v1/docs")

        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert "<script" not in answer.text
        assert re.findall(r"(?:src|href)=\"(?!#)([^\"]+)\"", answer.text) == ["openapi.json"]

    def test_leads_to_places_that_are_there(self, web: TestClient) -> None:
        page = web.get("/api/v1/docs").text

        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))
