"""What the page of a product does on a phone."""

import reflex as rx

from pages.shop.product import GIVE_WAY, how_many, within_reach
from tests.pages.drawn import parts_of


def called(name: str, within: rx.Component) -> list[rx.Component]:
    """What has that id."""
    return [part for part in parts_of(within) if isinstance(part, rx.Component) and str(part.id) == name]


class TestWithinReach:
    def test_gives_way_to_the_page_s_own_button_without_asking_the_server(self) -> None:
        (bar,) = called("take-in-reach", within_reach())

        assert "_call_script" in str(bar.event_triggers["on_mount"])
        assert len(called("take-here", how_many("phone"))) == 1
        assert called("take-here", how_many("wide")) == []
        assert '"take-here"' in GIVE_WAY
        assert '"take-in-reach"' in GIVE_WAY
