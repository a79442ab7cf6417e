"""Sums, as people write them."""

import pytest

from marketplace.kernel.money import Money


class TestParse:
    @pytest.mark.parametrize(
        ("written", "minor"),
        [
            ("120.5", 12_050),
            (" 1,836.85 ", 183_685),
            ("1234567", 123_456_700),
            ("\u0661\u0662\u0660\u066b\u0665\u0660", 12_050),
            ("\u0661\u066c\u0662\u0663\u0664", 123_400),
            ("-5", -500),
            ("\u22125", -500),
            (".5", 50),
            ("7.", 700),
        ],
    )
    def test_reads_figures_in_both_kinds_of_digits(self, written: str, minor: int) -> None:
        assert Money.parse(written, "SAR") == Money(minor, "SAR")

    @pytest.mark.parametrize(
        "written",
        [
            "",
            " ",
            "abc",
            "1e5",
            "1E+2",
            "0x10",
            "inf",
            "NaN",
            "1_000",
            "120,50",
            "1,23",
            "12,3456",
            "1.2.3",
            "120.555",
            ".",
        ],
    )
    def test_refuses_what_is_no_sum_of_the_currency(self, written: str) -> None:
        with pytest.raises(ValueError, match=r".*"):
            Money.parse(written, "SAR")

    def test_refuses_more_than_anybody_means(self) -> None:
        assert Money.parse("9999999999999.99", "SAR").minor == 999_999_999_999_999
        with pytest.raises(ValueError, match="99999999999999999999"):
            Money.parse("99999999999999999999", "SAR")
