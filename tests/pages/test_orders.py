"""What the lists of orders say."""

import reflex as rx

from pages.account.orders import placed
from pages.vendor.deciding import one_act
from pages.vendor.orders import order_row
from state.vendor.order import VendorOrderState
from state.vendor.orders import CardRow
from tests.pages.drawn import words_in


class BoardState(rx.State):
    cards: list[CardRow] = []


class TestPlaced:
    def test_leads_back_to_what_was_left_in_the_cart(self) -> None:
        assert "Change it in the cart" in set(words_in(placed()))


class TestOrderRow:
    def test_keeps_the_hold_apart_from_the_name_before_it(self) -> None:
        said = list(words_in(order_row(BoardState.cards[0])))

        assert said[said.index("On hold") - 1] == " "


class TestOneAct:
    def test_lets_the_shop_say_that_a_parcel_is_back(self) -> None:
        assert "It is back with us" in set(words_in(one_act(VendorOrderState)))
