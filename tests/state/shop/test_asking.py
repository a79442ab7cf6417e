"""Reading what a list is asked for, and writing the addresses that change it."""

import pytest

from marketplace.search import Badge, Language, Sort
from state.session import SessionState
from state.shop.asking import Asked
from tests.state.states import made


def asked(address: str) -> Asked:
    return Asked.of(made(SessionState, address=address))


class TestAsked:
    def test_is_read_from_the_address(self) -> None:
        found = asked(
            "/ar/search?q=goosneck%20ketle&brand=Fellhaven%7CNajd%20Home&badge=fast&min=50&max=300.50&sort=newest"
        )

        query = found.query(language=Language.ARABIC)

        assert query.words == "goosneck ketle"
        assert (query.brands, query.badges) == (("Fellhaven", "Najd Home"), (Badge.FAST,))
        assert (query.min_price, query.max_price) == (50_00, 300_50)
        assert (query.sort, query.language) == (Sort.NEWEST, Language.ARABIC)

    def test_is_written_back_as_it_was(self) -> None:
        address = "/search?q=kettle&category=kettles&brand=Barq&badge=fast%7Creduced&min=50&sort=price_asc&after=abc"

        assert asked(address).href == address

    @pytest.mark.parametrize("nonsense", ["min=lots&max=-3", "sort=best&badge=gold", "min=nan"])
    def test_leaves_out_what_nobody_could_have_meant(self, nonsense: str) -> None:
        assert asked(f"/search?{nonsense}").href == "/search"

    def test_reads_figures_in_either_digits(self) -> None:
        assert asked("/search?min=٥٠").low == "50"

    def test_begins_at_the_first_page_when_it_is_changed(self) -> None:
        assert asked("/search?q=kettle&after=abc").but(sort=Sort.PRICE_UP).href == "/search?q=kettle&sort=price_asc"

    def test_turns_a_value_on_and_off(self) -> None:
        plain = asked("/search")
        chosen = plain.with_brand("Barq").with_badge(Badge.FAST)

        assert chosen.href == "/search?brand=Barq&badge=fast"
        assert chosen.with_brand("BARQ").with_badge(Badge.FAST).href == plain.href

    def test_leads_from_a_category_to_the_page_of_another(self) -> None:
        assert asked("/c/kitchen?badge=fast").within("kettles").href == "/c/kettles?badge=fast"
        assert asked("/c/kitchen").within("").href == "/search"
        assert asked("/search?q=pot").within("kettles").href == "/search?q=pot&category=kettles"
        assert asked("/v/qahwa").within("kettles").href == "/v/qahwa?category=kettles"

    def test_takes_prices_whichever_way_round_they_were_typed(self) -> None:
        assert asked("/search").between("300", "50").href == "/search?min=50&max=300"
        assert asked("/search?min=1").between("", "9").href == "/search?max=9"
