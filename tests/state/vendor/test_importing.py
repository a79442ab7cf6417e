"""A file at the door."""

from state.vendor.importing import Header, _trouble_with


class TestTroubleWithAFile:
    def test_is_told_when_its_first_line_names_no_columns(self) -> None:
        said = _trouble_with(Header(name="empty.csv"))

        assert said.startswith("empty.csv names no columns in its first line: put title, category, price and stock")

    def test_is_none_with_columns_or_without_a_file(self) -> None:
        assert _trouble_with(Header(name="goods.csv", columns=["title"])) == ""
        assert _trouble_with(Header()) == ""

    def test_is_what_the_browser_said(self) -> None:
        assert _trouble_with(Header(name="goods.csv", trouble="It cannot be read.")) == "It cannot be read."
