"""Sentences in the reader's language."""

import re

import pytest

from marketplace.kernel.errors import Conflict
from marketplace.kernel.words import translated
from marketplace.orders.states import ORDER, OrderAction, OrderState


class TestAnArabicSentence:
    def test_lets_each_fact_run_in_its_own_direction(self) -> None:
        said = translated("Order {number} goes back to {store}", "ar")

        assert said.format(number="26-1117-4G8H-1", store="Qahwa & Co.") == (
            "يعود الطلب \u206826-1117-4G8H-1\u2069 إلى \u2068Qahwa & Co.\u2069"
        )

    def test_says_that_a_move_is_not_open_without_the_names_that_code_gives_it(self) -> None:
        with pytest.raises(Conflict) as refusal:
            ORDER.after(OrderState.CANCELED, OrderAction.CANCEL)

        said = refusal.value.sentence(lambda text: translated(text, "ar"))

        assert "لم يعد هذا ممكنًا" in said
        assert not re.search("[A-Za-z]", said)


class TestAnEnglishSentence:
    def test_is_its_own_key(self) -> None:
        assert translated("Order {number} goes back to {store}", "en") == "Order {number} goes back to {store}"
