"""Figures as people write them."""

from decimal import Decimal

import pytest

from marketplace.kernel.money import Money
from marketplace.kernel.text import read_figure


class TestReadFigure:
    @pytest.mark.parametrize(
        ("typed", "figure"),
        [
            ("120.50", "120.50"),
            (" 7 ", "7"),
            ("1,000.50", "1000.50"),
            ("12,345,678", "12345678"),
            ("-3", "-3"),
            ("\u22123", "-3"),
            (".5", "0.5"),
            ("٣", "3"),
            ("١٬٢٣٤٫٥٠", "1234.50"),
            ("۱۲", "12"),
        ],
    )
    def test_reads_digits_of_either_script(self, typed: str, figure: str) -> None:
        assert read_figure(typed) == Decimal(figure)

    @pytest.mark.parametrize(
        "typed", ["", "abc", "SAR 5", "1e5", "NaN", "Infinity", "1_000", "1 000", "--1", "9" * 16, "1.1.1"]
    )
    def test_refuses_what_is_none(self, typed: str) -> None:
        with pytest.raises(ValueError, match=r".*"):
            read_figure(typed)

    @pytest.mark.parametrize("typed", ["12,50", "1,0000", ",5", "1,,000"])
    def test_takes_a_comma_for_nothing_but_thousands(self, typed: str) -> None:
        with pytest.raises(ValueError, match=r".*"):
            read_figure(typed)


class TestMoney:
    def test_is_read_to_its_smallest_unit_and_no_finer(self) -> None:
        assert Money.parse("٣٫٥", "SAR") == Money(3_50, "SAR")
        assert Money.parse("1.005", "KWD") == Money(1_005, "KWD")
        with pytest.raises(ValueError, match=r".*"):
            Money.parse("1.005", "SAR")
