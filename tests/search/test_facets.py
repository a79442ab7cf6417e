"""Narrowing a list."""

from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.search import Badge, FacetValue, Language
from tests.factories.shelves import make_category
from tests.search.conftest import Ask, Shelve


class TestFacets:
    def test_count_the_level_below_the_chosen_category(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Kettle", category="kitchen/kettles")
        shelve("Pan", category="kitchen/pans")
        shelve("Other pan", category="kitchen/pans")
        shelve("Hose", category="garden")

        assert ask().facets.view.category == (FacetValue("kitchen", "Kitchen", 3), FacetValue("garden", "Garden", 1))
        assert ask(category="kitchen").facets.view.category == (
            FacetValue("pans", "Pans", 2),
            FacetValue("kettles", "Kettles", 1),
        )
        assert ask(category="pans").facets.view.category == ()

    def test_count_each_facet_under_the_choices_of_the_others_only(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Cheap", brand="Low", price=1_00)
        shelve("Dear", brand="High", price=9_00)
        shelve("Dear too", brand="High", price=8_00)

        chosen = ask(brands=("low",)).facets

        assert chosen.view.brand == (FacetValue("High", "High", 2), FacetValue("Low", "Low", 1))
        assert (chosen.view.lowest, chosen.view.highest) == (Money(1_00, "SAR"), Money(1_00, "SAR"))
        assert chosen.total == 1

    def test_show_prices_beyond_the_chosen_bounds(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Cheap", brand="Low", price=1_00)
        shelve("Dear", brand="High", price=9_00)

        chosen = ask(max_price=5_00).facets.view

        assert (chosen.lowest, chosen.highest) == (Money(1_00, "SAR"), Money(9_00, "SAR"))
        assert chosen.brand == (FacetValue("Low", "Low", 1),)

    def test_count_badges(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Reduced", price=80_00, list_price=100_00)
        shelve("Plain")

        badges = {value.value: value.count for value in ask().facets.view.badge}

        assert badges == {Badge.FAST: 2, Badge.REDUCED: 1}

    def test_count_badges_beside_the_one_chosen(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Reduced", brand="Low", price=80_00, list_price=100_00)
        shelve("Plain", brand="High")

        chosen = ask(badges=(Badge.REDUCED,), brands=("low",)).facets

        assert {value.value: value.count for value in chosen.view.badge} == {Badge.FAST: 1, Badge.REDUCED: 1}
        assert chosen.view.brand == (FacetValue("Low", "Low", 1),)
        assert chosen.total == 1

    def test_count_what_words_found_alone(self, shelve: Shelve, ask: Ask) -> None:
        shelve("Kettle", brand="Nordhem")
        shelve("Pan", brand="Other", category="kitchen/pans")

        assert ask("kettle").facets.view.brand == (FacetValue("Nordhem", "Nordhem", 1),)

    def test_are_labeled_in_the_language_of_the_reader(self, uow: UnitOfWork, shelve: Shelve, ask: Ask) -> None:
        make_category(uow, "kitchen", name="Kitchen", name_ar="المطبخ")
        shelve("Kettle")

        assert ask(language=Language.ARABIC).facets.view.category == (FacetValue("kitchen", "المطبخ", 1),)

    def test_of_nothing_are_empty(self, ask: Ask) -> None:
        found = ask().facets

        assert found.total == 0
        assert found.view.lowest is None
        assert found.view.category == ()
