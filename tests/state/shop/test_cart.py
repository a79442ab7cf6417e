"""What the cart shows and does."""

import re
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


class TestDelivery:
    async def test_has_no_figure_where_it_is_free(self, shelved: Shelved) -> None:
        cart = opened()

        await cart.want(shelved["first"], 1)
        assert (cart.totals.shipping, cart.groups[0].shipping) == ("SAR\u00a015.00", "SAR\u00a015.00")

        await cart.want(shelved["first"], 2)
        assert (cart.totals.shipping, cart.groups[0].shipping) == ("", "")

    async def test_is_not_free_where_nothing_is_sent(self, shelved: Shelved) -> None:
        cart = opened()

        await cart.want(shelved["second"], 12)

        assert (cart.totals.pieces, cart.totals.shipping) == (0, "SAR\u00a00.00")


class TestArrival:
    async def test_is_promised_under_the_condition_that_the_shop_accepts_in_time(self, shelved: Shelved) -> None:
        cart = opened()

        await cart.want(shelved["first"], 1)

        day = r"\w{3} \d+ \w{3,4}"
        assert re.fullmatch(rf"Arrives by {day} if the shop accepts before {day}, 14:00", cart.groups[0].arrives)


class TestShortLine:
    async def test_can_be_brought_down_to_what_is_left_in_one_press(self, shelved: Shelved) -> None:
        cart = opened()

        await cart.want(shelved["second"], 12)

        (line,) = lines(cart)
        assert (line.can_be_had, line.left, line.take_left) == (False, 3, "Take the 3 that are left")
        assert (line.quantity, line.less, line.most, line.saved) == (12, 11, 12, "")
        assert line.notices == ["Only 3 are left: take fewer."]
        await cart.want(shelved["second"], line.left)
        assert [(one.can_be_had, one.take_left) for one in lines(cart)] == [(True, "")]

    async def test_is_said_to_be_left_out_of_the_sum(self, shelved: Shelved) -> None:
        cart = opened()

        await cart.want(shelved["first"], 1)
        await cart.want(shelved["second"], 12)

        assert cart.totals.not_counted == "1 line is not counted: it cannot be ordered as it is."
        assert (cart.totals.goods, cart.totals.pieces) == ("SAR\u00a0149.00", 1)
        assert [group.is_sent for group in cart.groups] == [True, False]

    async def test_is_not_spoken_of_where_every_line_counts(self, shelved: Shelved) -> None:
        cart = opened()

        await cart.want(shelved["first"], 1)

        assert (cart.totals.not_counted, cart.groups[0].is_sent) == ("", True)

    async def test_leaves_nothing_to_order_where_it_is_alone(self, shelved: Shelved) -> None:
        cart = opened("/ar")

        await cart.want(shelved["second"], 12)

        assert cart.totals.pieces == 0
        assert lines(cart)[0].take_left == "خذ القطع المتبقية (\u20683\u2069)"


class TestTyping:
    async def test_takes_digits_of_either_script_and_says_what_is_no_number(self, shelved: Shelved) -> None:
        cart = opened()

        await cart.want(shelved["first"], "٣")
        refused = await cart.want(shelved["first"], "three")

        assert [line.quantity for line in lines(cart)] == [3]
        assert "Write how many in whole figures, such as 12." in str(refused)
