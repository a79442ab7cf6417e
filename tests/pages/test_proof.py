"""Those whom an order concerns see how it was handed over."""

import pytest
import reflex as rx

from pages.account.order import acts
from pages.admin.order import brake
from pages.vendor.deciding import one_act
from state.vendor.order import VendorOrderState
from tests.pages.drawn import words_in


class TestProof:
    @pytest.mark.parametrize("drawn", [acts(), one_act(VendorOrderState), brake()], ids=["buyer", "vendor", "house"])
    def test_is_offered_to_each_side(self, drawn: rx.Component) -> None:
        assert "Proof of delivery" in set(words_in(drawn))
