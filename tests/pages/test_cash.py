"""What the page of an agent's cash says."""

from pages.delivery.cash import at_the_cashier
from tests.pages.drawn import words_in


class TestAtTheCashier:
    def test_keeps_the_sum_apart_from_the_number_of_orders(self) -> None:
        assert " · " in set(words_in(at_the_cashier()))
