"""What pages say of tax is what the profile's taxes do."""

import pytest
import reflex as rx

from pages.admin.order import money_of_it
from pages.components.price import tax_row, tax_said
from pages.components.shop_frame import footer
from tests.pages.drawn import words_in


class SumState(rx.State):
    tax: str = ""


class TestTax:
    @pytest.mark.parametrize("profile", ["oklahoma"], indirect=True)
    @pytest.mark.usefixtures("profile")
    def test_is_not_spoken_of_as_inside_where_prices_carry_none(self) -> None:
        said = set(words_in(tax_said(SumState.tax)))

        assert said == {"No tax is added: the goods are bought for resale"}
        assert [row[0] for row in tax_row(SumState.tax)] == ["Tax"]
        assert "Prices are without tax" in set(words_in(footer()))
        assert "VAT in it" not in set(words_in(money_of_it()))

    @pytest.mark.parametrize("profile", ["saudi"], indirect=True)
    @pytest.mark.usefixtures("profile")
    def test_stands_inside_the_price_where_prices_hold_it(self) -> None:
        assert set(words_in(tax_said(SumState.tax))) >= {"Contains VAT of"}
        assert tax_row(SumState.tax) == ()
        assert "VAT included in every price" in set(words_in(footer()))
