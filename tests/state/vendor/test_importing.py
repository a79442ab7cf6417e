"""A file at the door."""

from marketplace.kernel.words import speaking
from state.reader import Reader
from state.vendor.importing import Header, ImportState, Problem, _trouble_with
from tests.state.states import made


class TestTroubleWithAFile:
    def test_is_told_when_its_first_line_names_no_columns(self) -> None:
        said = _trouble_with(Header(name="empty.csv"))

        assert said.startswith("empty.csv names no columns in its first line: put title, category, price and stock")

    def test_is_none_with_columns_or_without_a_file(self) -> None:
        assert _trouble_with(Header(name="goods.csv", columns=["title"])) == ""
        assert _trouble_with(Header()) == ""

    def test_is_what_the_browser_said(self) -> None:
        assert _trouble_with(Header(name="goods.csv", trouble="It cannot be read.")) == "It cannot be read."


class TestProblem:
    def test_is_told_in_the_language_of_the_page(self) -> None:
        reader = Reader.of(made(ImportState, address="/ar/vendor/import"))
        problem = Problem(line=2, field="price", sentence="Write an amount of money, such as 129.50.")

        with speaking("ar"):
            told = problem.told(reader)

        assert told == ("2", "السعر", "اكتب مبلغًا من المال، مثل 129.50.")

    def test_keeps_the_name_of_a_field_that_is_none_of_ours(self) -> None:
        reader = Reader.of(made(ImportState, address="/vendor/import"))

        assert Problem(line=1, field="images", sentence="x").told(reader) == ("1", "Pictures", "x")
        assert Problem(line=1, field="color").told(reader) == ("1", "color", "")
