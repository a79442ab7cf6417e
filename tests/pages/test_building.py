"""Where links of a page lead."""

import subprocess

import pytest
import reflex as rx

from marketplace.stack.frontend import node_folder
from pages.building import Building, built_as, to


def led(href: str) -> str:
    """Where a link on an Arabic page leads whose address is known only in the browser."""
    with built_as(Building("ar", "/sign-in")):
        there = to(rx.Var(_js_expr="href").to(str))
    script = f"const href = {href!r}; console.log({there!s})"
    ran = subprocess.run(  # noqa: S603  our own words
        [node_folder() / "node", "-e", script], check=True, capture_output=True, text=True
    )
    return ran.stdout.strip()


class TestTo:
    @pytest.mark.parametrize(
        ("href", "there"),
        [("/", "/ar/"), ("/orders", "/ar/orders"), ("/ar", "/ar"), ("/ar/orders", "/ar/orders"), ("/art", "/ar/art")],
    )
    def test_says_the_language_once(self, href: str, there: str) -> None:
        assert led(href) == there
