"""The form about a listing, as it was typed."""

import pytest

from marketplace.kernel.errors import Invalid
from marketplace.kernel.money import Money
from marketplace.pricing import Tier
from state.arguments import reading_of
from state.typed import sum_of
from state.vendor.asking import TypedListing
from state.vendor.editing import EditingState, _put_up, _wrong_price
from state.vendor.store import TypedTerms
from tests.state.states import made

FILLED = {"title": "A kettle", "category": "kettles", "price": "120.50", "on_hand": "5", "warn_at": "0"}


async def form(_self: object, form: TypedListing) -> None:
    """Stand for a handler."""


async def terms(_self: object, form: TypedTerms) -> None:
    """Stand for a handler."""


def read(**typed: str) -> TypedListing:
    found: TypedListing = reading_of(form).read(({**FILLED, **typed},), {})["form"]
    return found


def wrong(**typed: str) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        read(**typed)
    return {problem.field: problem.message for problem in refusal.value.fields}


class TestTypedListing:
    def test_names_each_field_that_is_needed_and_what_to_enter(self) -> None:
        assert wrong(title="", category=" ", price="") == {
            "title": "Write a title: brand, thing, size, color.",
            "category": "Choose the category it belongs in.",
            "price": "Write what one costs in figures, such as 120.50.",
        }

    def test_names_the_fields_that_were_not_sent_at_all(self) -> None:
        with pytest.raises(Invalid) as refusal:
            reading_of(form).read(({},), {})

        assert [problem.field for problem in refusal.value.fields] == ["title", "category", "price"]

    @pytest.mark.parametrize("typed", ["", "abc", "-1", "1.5", "9" * 24, "10000001"])
    def test_says_which_counts_there_are(self, typed: str) -> None:
        assert wrong(on_hand=typed) == {"on_hand": "Write a whole number from 0 to 10,000,000."}

    @pytest.mark.parametrize("typed", ["abc", "-1", "0", "1.5", "100001"])
    def test_says_which_quantities_there_are(self, typed: str) -> None:
        assert wrong(max_quantity=typed) == {"max_quantity": "Write a whole number from 1 to 100,000."}

    def test_reads_arabic_digits(self) -> None:
        found = read(price="١٢٠٫٥٠", on_hand="٣", min_quantity="٢", tier_quantity_1="٥", tier_percent_1="٧٫٥")

        assert (found.on_hand, found.min_quantity) == (3, 2)
        assert (found.terms().price, found.terms().tiers) == (Money(120_50, "SAR"), (Tier(5, 75_000),))

    def test_says_in_which_row_a_step_is_wrong(self) -> None:
        rows = {"tier_quantity_1": "5", "tier_percent_1": "3", "tier_quantity_4": "abc", "tier_percent_4": ""}

        assert wrong(**rows) == {
            "tiers.1.quantity": "Write a whole number from 1 to 100,000.",
            "tiers.1.percent": "Write a percentage, such as 7.5.",
        }

    def test_takes_rows_of_nothing_but_spaces_for_none(self) -> None:
        assert read(tier_quantity_1=" ", tier_percent_1="").tiers == ()

    def test_says_what_is_too_long(self) -> None:
        assert wrong(description="x" * 10_001) == {"description": "This is too long."}


class TestSumOf:
    @pytest.mark.parametrize("typed", ["abc", "1e5", "12,50", "9" * 60])
    def test_refuses_what_is_no_sum(self, typed: str) -> None:
        with pytest.raises(Invalid) as refusal:
            sum_of("list_price", typed)

        (problem,) = refusal.value.fields
        assert (problem.field, problem.message) == ("list_price", "Write the sum in figures, such as 120.50.")


class TestWrongPrice:
    def test_is_said_as_soon_as_it_was_typed(self) -> None:
        assert _wrong_price("abc") == {"price": "Write the sum in figures, such as 120.50."}
        assert _wrong_price("0") == {"price": "A price is more than nothing and below a hundred million."}
        assert _wrong_price("") == _wrong_price("120.50") == {}


class TestEditing:
    def test_numbers_the_rows_that_are_wrong(self) -> None:
        page = made(EditingState, address="/vendor/listings/new")
        page.errors = {"tiers.1.discount": "Each step must be cheaper.", "tiers": "Keep at most 10.", "price": "No."}

        assert page.wrong_tiers == ["Keep at most 10.", "Row 2: Each step must be cheaper."]


class TestTypedTerms:
    def test_says_what_to_enter(self) -> None:
        with pytest.raises(Invalid) as refusal:
            reading_of(terms).read(({"flat": "", "handling_days": "abc", "transit_days": "31"},), {})

        assert {problem.field: problem.message for problem in refusal.value.fields} == {
            "flat": "Write what delivery costs in figures, such as 15.00; 0 when it costs nothing.",
            "handling_days": "Write a whole number of days from 0 to 30.",
            "transit_days": "Write a whole number of days from 0 to 30.",
        }


class TestPuttingUp:
    @pytest.mark.parametrize(
        ("sells", "on_hand", "said"),
        [
            (True, 5, "{title} is for sale now."),
            (True, 0, "{title} is kept. It is for sale once there is stock."),
            (False, 5, "{title} is kept. It is for sale once your shop sells."),
        ],
    )
    def test_promises_no_sale_that_there_cannot_be(self, sells: bool, on_hand: int, said: str) -> None:  # noqa: FBT001 (a case)
        assert _put_up(sells=sells, on_hand=on_hand) == said
