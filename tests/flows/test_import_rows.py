"""What one row of a file says."""

import pytest

from marketplace.flows import import_rows
from marketplace.kernel.money import Money


class TestReading:
    def test_refuses_a_row_whose_price_before_is_not_above_its_price(self) -> None:
        said = {"title": "Kettle", "category": "K", "price": "100", "list_price": "80", "stock": "1"}

        found = import_rows.read(7, said, currency="SAR")

        assert found.reading is None
        assert [(one.number, one.field, one.code) for one in found.refusals] == [
            (7, "list_price", "import.not_above_price")
        ]

    @pytest.mark.parametrize(("typed", "minor"), [("1,299.00", 1_299_00), ("١٢٫٥", 12_50), ("SAR 5", 5_00)])
    def test_takes_prices_as_people_write_them(self, typed: str, minor: int) -> None:
        said = {"title": "Kettle", "category": "K", "price": typed, "stock": "1,000"}

        found = import_rows.read(1, said, currency="SAR").reading

        assert found is not None
        assert (found.terms.price, found.on_hand) == (Money(minor, "SAR"), 1_000)

    def test_does_not_take_a_decimal_comma_for_thousands(self) -> None:
        said = {"title": "Kettle", "category": "K", "price": "12,50", "stock": "1"}

        assert [one.field for one in import_rows.read(1, said, currency="SAR").refusals] == ["price"]
