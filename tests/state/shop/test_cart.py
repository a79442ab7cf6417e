"""What the cart shows and does."""

from uuid import uuid4

from marketplace.rest.cookies import DEVICE_COOKIE
from state.shop.cart import CartLineRow, CartState
from tests.state.shop.conftest import Shelved
from tests.state.states import made


def opened(language: str = "") -> CartState:
    return made(CartState, address=f"{language}/cart", cookie=f"{DEVICE_COOKIE}={uuid4()}")


def lines(cart: CartState) -> list[CartLineRow]:
    return [line for group in cart.groups for line in group.lines]


class TestQuantityPrice:
    async def test_is_named_on_the_line_so_that_the_figures_multiply(self, shelved: Shelved) -> None:
        cart = opened()

        await cart.want(shelved["first"], 12)

        (line,) = lines(cart)
        assert (line.each, line.before) == ("SAR\u00a0134.10", "SAR\u00a0149.00")
        assert (line.saved, line.total) == ("SAR\u00a0178.80", "SAR\u00a01,609.20")

    async def test_is_not_spoken_of_where_none_applies(self, shelved: Shelved) -> None:
        cart = opened()

        await cart.want(shelved["first"], 2)

        (line,) = lines(cart)
        assert (line.each, line.before, line.saved) == ("SAR\u00a0149.00", "", "")
