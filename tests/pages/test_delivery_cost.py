"""What delivery costs is said in the same word wherever somebody shops: free where it is."""

import pytest
import reflex as rx

from pages.account.order import payment
from pages.shop import cart, checkout
from tests.pages.drawn import words_in


@pytest.mark.parametrize("drawn", [cart.summary(), checkout.summary(), payment()], ids=["cart", "checkout", "order"])
def test_delivery_that_costs_nothing_is_called_free(drawn: rx.Component) -> None:
    assert "Free" in set(words_in(drawn))
