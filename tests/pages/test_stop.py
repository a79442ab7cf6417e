"""What an agent's stop says."""

from pages.delivery import stop
from tests.pages.drawn import words_in


class TestTheCash:
    def test_says_that_another_sum_was_declined_and_what_is_asked_now(self) -> None:
        said = set(words_in(stop.due()))

        assert {"Dispatch declined", "Ask the buyer for the exact sum, shown above."} <= said

    def test_says_why_a_blocked_agent_cannot_take_it_and_what_to_do(self) -> None:
        said = set(words_in(stop.due()))

        assert "A hand-over is being looked into. You take no cash until it is cleared." in said
        assert "Speak to the cashier. Once it is cleared, you can take the cash here." in said
