"""Drawings of categories."""

from xml.etree import ElementTree as ET

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from marketplace.rest.placeholders import DRAWINGS, MOTIFS, ROUTES, THINGS, drawing

SHOWN = [words[0] for _, words in MOTIFS]


class TestPlaceholder:
    @pytest.mark.parametrize("slug", [*SHOWN, *THINGS, "anything-else", "قهوة"])
    def test_is_a_drawing(self, slug: str) -> None:
        answer = TestClient(Starlette(routes=ROUTES)).get(f"/placeholders/{slug}.svg")

        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("image/svg+xml")
        assert ET.fromstring(answer.text).get("viewBox") == "0 0 240 240"  # noqa: S314 (we drew it)

    def test_differs_from_category_to_category(self) -> None:
        assert len({drawing(slug) for slug in SHOWN}) == len(SHOWN)

    def test_leaves_nothing_undrawn(self) -> None:
        assert all("{" not in drawing(slug) for slug in SHOWN)

    def test_has_a_file_for_each_thing_and_none_beside(self) -> None:
        assert {path.stem for path in DRAWINGS.iterdir()} == set(THINGS.values())

    @pytest.mark.parametrize("slug", ["a b", "%3Cscript%3E", "a" * 81, "..%2f"])
    def test_of_no_address_is_not_there(self, slug: str) -> None:
        assert TestClient(Starlette(routes=ROUTES)).get(f"/placeholders/{slug}.svg").status_code == 404
