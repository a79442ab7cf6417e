"""Sentences in the reader's language."""

from marketplace.kernel.words import translated


class TestAnArabicSentence:
    def test_lets_each_fact_run_in_its_own_direction(self) -> None:
        said = translated("Order {number} goes back to {store}", "ar")

        assert said.format(number="26-1117-4G8H-1", store="Qahwa & Co.") == (
            "يعود الطلب \u206826-1117-4G8H-1\u2069 إلى \u2068Qahwa & Co.\u2069"
        )


class TestAnEnglishSentence:
    def test_is_its_own_key(self) -> None:
        assert translated("Order {number} goes back to {store}", "en") == "Order {number} goes back to {store}"
