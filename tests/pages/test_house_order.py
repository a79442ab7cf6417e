"""What the page of an order says to those who help with it."""

from pages.admin.order import ask_for_code, brake, line
from state.admin.order import HouseOrderState
from tests.pages.drawn import words_in


class TestNewCode:
    def test_is_asked_about_before_the_old_one_is_worth_nothing(self) -> None:
        assert "state.renew_code" not in str(brake())
        assert "state.renew_code" in str(ask_for_code())
        assert {"Keep the old one", "Make a new code"} <= set(words_in(ask_for_code()))


class TestLine:
    def test_is_struck_through_where_it_is_not_sent(self) -> None:
        assert str(line(HouseOrderState.lines[0])).count('"gone"') == 2
