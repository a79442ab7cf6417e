"""Who is told when a page was touched."""

import reflex as rx

from state.live import Hub, Watch


class BoardState(rx.State):
    pass


class BellState(rx.State):
    pass


BOARD, BELL, OTHER = Watch("tab", BoardState), Watch("tab", BellState), Watch("other", BoardState)


def looking() -> Hub:
    hub = Hub()
    hub.subscribe(BELL, ["bell:me"], address="/orders", now=0)
    hub.subscribe(BOARD, ["orders:store:1"], address="/orders", now=0)
    hub.subscribe(OTHER, ["orders:store:2"], address="/orders", now=10)
    return hub


class TestHub:
    def test_tells_the_pages_that_show_what_was_touched(self) -> None:
        assert looking().touched(["orders:store:1", "dispatch"]) == {BOARD}

    def test_replaces_what_a_page_looks_at(self) -> None:
        hub = looking()

        hub.subscribe(BOARD, ["orders:store:9"], address="/orders", now=1)

        assert hub.touched(["orders:store:1"]) == set()
        assert hub.touched(["orders:store:9"]) == {BOARD}
        assert hub.touched(["bell:me"]) == {BELL}

    def test_forgets_the_pages_that_a_tab_has_left(self) -> None:
        hub = looking()

        hub.subscribe(BELL, ["bell:me"], address="/cart", now=1)

        assert hub.touched(["orders:store:1", "bell:me"]) == {BELL}

    def test_refreshes_pages_whose_ping_may_have_been_lost(self) -> None:
        hub = looking()
        hub.refreshed(BELL, now=15)

        assert hub.stale(now=21) == {BOARD}

    def test_holds_nothing_of_a_tab_that_is_gone(self) -> None:
        hub = looking()

        hub.leave("tab")

        assert hub.touched(["orders:store:1", "bell:me"]) == set()
        assert hub.stale(now=100) == {OTHER}
