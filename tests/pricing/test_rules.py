"""Tiers, lines and quantities, by arithmetic."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace import pricing
from marketplace.kernel.money import Money
from marketplace.pricing import LinePrice, QuantityWarning, Terms, Tier, rules

PRICE = Money(149_00, "SAR")
TIERS = (Tier(5, 50_000), Tier(10, 100_000))


def sar(minor: int) -> Money:
    return Money(minor, "SAR")


class TestLine:
    @pytest.mark.parametrize(
        ("quantity", "unit_discount", "line_total"),
        [(1, 0, 149_00), (4, 0, 596_00), (5, 7_45, 707_75), (9, 7_45, 1273_95), (10, 14_90, 1341_00)],
    )
    def test_takes_the_greatest_tier_that_is_reached(self, quantity: int, unit_discount: int, line_total: int) -> None:
        assert pricing.quote_line(PRICE, TIERS, quantity) == LinePrice(
            PRICE, sar(unit_discount), sar(unit_discount * quantity), sar(line_total)
        )

    def test_rounds_the_discount_of_one_unit_half_up_and_only_once(self) -> None:
        line = pricing.quote_line(sar(99), (Tier(3, 50_000),), 3)

        assert (line.unit_discount, line.discount, line.line_total) == (sar(5), sar(15), sar(282))

    def test_knows_percentages_with_four_decimals(self) -> None:
        assert pricing.discount_at(sar(1_000_000_00), (Tier(2, 1),), 2) == sar(100)

    @given(
        minor=st.integers(min_value=1, max_value=10**9),
        quantity=st.integers(min_value=1, max_value=10_000),
        parts=st.lists(st.integers(min_value=1, max_value=999_999), max_size=5),
    )
    def test_always_shows_a_unit_that_multiplies_to_the_total(
        self, minor: int, quantity: int, parts: list[int]
    ) -> None:
        tiers = [Tier(2 * place + 2, part) for place, part in enumerate(sorted(parts))]

        line = pricing.quote_line(sar(minor), tiers, quantity)

        assert line.line_total == line.unit_price_paid * quantity
        assert line.line_total == line.unit_price * quantity - line.discount


class TestTierPrice:
    def test_is_what_one_unit_costs_from_there_on(self) -> None:
        assert [pricing.tier_price(PRICE, tier) for tier in TIERS] == [sar(141_55), sar(134_10)]


class TestPercent:
    @pytest.mark.parametrize(
        ("text", "ppm", "printed"),
        [("5", 50_000, "5.00"), ("5.25", 52_500, "5.25"), ("0.0001", 1, "0.0001"), (" 12.3456 ", 123_456, "12.3456")],
    )
    def test_is_read_and_printed_with_up_to_four_decimals(self, text: str, ppm: int, printed: str) -> None:
        assert pricing.read_percent(text) == ppm
        assert pricing.print_percent(ppm) == printed

    @pytest.mark.parametrize("text", ["", "five", "1.23456", "NaN", "Infinity", "1e999999999", "1e1", "9" * 60])
    def test_refuses_what_is_none(self, text: str) -> None:
        with pytest.raises(ValueError, match=r".*"):
            pricing.read_percent(text)


class TestClamp:
    @pytest.mark.parametrize(
        ("quantity", "sold", "warnings"),
        [
            (1, 6, (QuantityWarning.CLAMPED_TO_MOQ,)),
            (6, 6, ()),
            (7, 12, (QuantityWarning.CLAMPED_TO_STEP,)),
            (24, 24, ()),
            (25, 24, (QuantityWarning.CLAMPED_TO_MAX,)),
        ],
    )
    def test_brings_a_quantity_to_one_that_is_sold(
        self, quantity: int, sold: int, warnings: tuple[QuantityWarning, ...]
    ) -> None:
        terms = Terms(PRICE, min_quantity=6, max_quantity=24, quantity_step=6)

        assert pricing.clamp(quantity, terms) == (sold, warnings)

    @given(
        step=st.integers(1, 50),
        least=st.integers(1, 20),
        more=st.none() | st.integers(0, 20),
        quantity=st.integers(1, 10_000),
    )
    def test_leaves_what_it_gives_as_it_is(self, step: int, least: int, more: int | None, quantity: int) -> None:
        most = None if more is None else (least + more) * step
        terms = Terms(PRICE, min_quantity=least * step, max_quantity=most, quantity_step=step)

        sold, _ = pricing.clamp(quantity, terms)

        assert pricing.clamp(sold, terms) == (sold, ())


class TestSellable:
    @pytest.mark.parametrize(
        ("available", "step", "least", "most", "sold"),
        [
            (3, 1, 1, None, 3),
            (7, 2, 2, None, 6),
            (40, 1, 1, 6, 6),
            (3, 1, 5, None, 0),
            (1, 2, 2, 6, 0),
            (0, 1, 1, None, 0),
            (-2, 1, 1, None, 0),
        ],
    )
    def test_is_the_most_of_what_is_there_that_is_sold_at_once(
        self, available: int, step: int, least: int, most: int | None, sold: int
    ) -> None:
        terms = Terms(PRICE, min_quantity=least, max_quantity=most, quantity_step=step)

        assert pricing.sellable(available, terms) == sold


class TestOver:
    BEFORE = Terms(PRICE, list_price=sar(180_00), tiers=TIERS, min_quantity=2, max_quantity=20, quantity_step=2)

    def test_keeps_what_nothing_was_said_of(self) -> None:
        said = Terms(sar(120_00), max_quantity=10)

        joined = rules.over(self.BEFORE, said, unsaid={"list_price", "tiers", "min_quantity", "quantity_step"})

        assert joined == Terms(sar(120_00), sar(180_00), TIERS, min_quantity=2, max_quantity=10, quantity_step=2)

    def test_drops_a_price_before_that_is_above_the_new_one_no_more(self) -> None:
        joined = rules.over(self.BEFORE, Terms(sar(180_00)), unsaid={"list_price", "tiers"})

        assert joined == Terms(sar(180_00), tiers=TIERS)

    def test_gives_way_where_the_two_do_not_go_together(self) -> None:
        said = Terms(sar(120_00), min_quantity=5, quantity_step=5)

        assert rules.over(self.BEFORE, said, unsaid={"tiers", "max_quantity", "list_price"}) == replace(
            said, tiers=TIERS, max_quantity=20, list_price=sar(180_00)
        )
        assert rules.over(self.BEFORE, replace(said, quantity_step=3), unsaid={"max_quantity"}) == replace(
            said, quantity_step=3
        )


class TestProblems:
    def found(self, terms: Terms) -> list[tuple[str, str]]:
        return [(problem.field, problem.code) for problem in rules.problems(terms, currency="SAR")]

    def test_finds_none_in_good_terms(self) -> None:
        good = Terms(PRICE, sar(179_00), TIERS, min_quantity=2, max_quantity=100, quantity_step=2)

        assert self.found(good) == []

    @pytest.mark.parametrize(
        ("terms", "problem"),
        [
            (Terms(sar(0)), ("price", "range")),
            (Terms(sar(100_000_000_01)), ("price", "range")),
            (Terms(Money(1, "USD")), ("price.currency", "currency")),
            (Terms(PRICE, PRICE), ("list_price", "not_above_price")),
            (Terms(PRICE, quantity_step=0), ("quantity_step", "range")),
            (Terms(PRICE, min_quantity=0), ("min_quantity", "range")),
            (Terms(PRICE, min_quantity=7, quantity_step=6), ("min_quantity", "not_in_steps")),
            (Terms(PRICE, min_quantity=6, max_quantity=5), ("max_quantity", "range")),
            (Terms(PRICE, min_quantity=6, max_quantity=15, quantity_step=6), ("max_quantity", "not_in_steps")),
            (Terms(PRICE, tiers=(Tier(1, 50_000),)), ("tiers.0.min_quantity", "not_rising")),
            (Terms(PRICE, tiers=(Tier(10, 50_000), Tier(5, 100_000))), ("tiers.1.min_quantity", "not_rising")),
            (Terms(PRICE, tiers=(Tier(5, 50_000), Tier(10, 50_000))), ("tiers.1.discount", "not_better")),
            (Terms(sar(3), tiers=(Tier(5, 10_000),)), ("tiers.0.discount", "not_better")),
            (Terms(PRICE, tiers=(Tier(5, 1_000_000),)), ("tiers.0.discount", "not_better")),
        ],
    )
    def test_names_the_field_that_will_not_do(self, terms: Terms, problem: tuple[str, str]) -> None:
        assert self.found(terms) == [problem]

    def test_limits_the_number_of_tiers(self) -> None:
        many = tuple(Tier(place + 2, (place + 1) * 1_000) for place in range(11))

        assert self.found(Terms(PRICE, tiers=many)) == [("tiers", "too_many")]
