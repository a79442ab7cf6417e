"""Checking the books from the command line."""

from typer.testing import CliRunner

from marketplace.cli import app
from marketplace.kernel.actor import visitor
from marketplace.ports import House
from tests.factories.sales import mislay, sell


class TestAgreement:
    def test_says_that_the_books_agree(self, house: House) -> None:
        house.db.transact(sell, visitor())

        said = CliRunner().invoke(app, ["ledger", "agreement"])

        assert said.exit_code == 0
        assert said.output.splitlines() == [
            "1 orders, 4 transactions, 5 accounts.",
            "The books agree with what happened.",
        ]

    def test_fails_where_they_do_not(self, house: House) -> None:
        house.db.transact(mislay, visitor())

        said = CliRunner().invoke(app, ["ledger", "agreement"])

        assert said.exit_code == 1
        assert said.output.splitlines() == [
            "no order: 1000 holds 5.00, not 0.00 SAR",
            "no order: 1010 holds -5.00, not 0.00 SAR",
            "0 orders, 1 transactions, 2 accounts.",
            "The books do not agree with what happened.",
        ]
