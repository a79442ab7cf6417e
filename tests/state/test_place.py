"""Where a reader is."""

import pytest

from state import place
from state.session import SessionState
from tests.state.states import made


class TestPlace:
    @pytest.mark.parametrize(
        ("address", "path", "locale"),
        [
            ("/", "/", "en"),
            ("/ar", "/", "ar"),
            ("/ar/cart", "/cart", "ar"),
            ("/cart/", "/cart", "en"),
            ("/arabica", "/arabica", "en"),
        ],
    )
    def test_tells_path_and_language_apart(self, address: str, path: str, locale: str) -> None:
        state = made(SessionState, address=address)

        assert (place.path_of(state), place.locale_of(state)) == (path, locale)

    def test_reads_the_query(self) -> None:
        state = made(SessionState, address="/search?q=brass%20kettle&page=")

        assert place.query_of(state) == {"q": "brass kettle"}

    def test_writes_an_address_without_what_is_empty(self) -> None:
        assert (
            place.address("/search", "ar", {"q": "دلة", "after": "", "cash": False})
            == "/ar/search?q=%D8%AF%D9%84%D8%A9"
        )
        assert place.address("/", "ar") == "/ar"

    @pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:1", ""])
    def test_does_not_return_to_strangers(self, path: str) -> None:
        assert not place.is_ours(path)

    def test_returns_to_our_own_pages(self) -> None:
        assert place.is_ours("/ar/orders?state=open")
