"""Text as people type it."""

import pytest

from marketplace.kernel.text import in_line, typed_code


class TestTypedCode:
    @pytest.mark.parametrize(
        "typed",
        [
            "26-1119-S96B-T",
            " 26-1119-s96b-t ",
            "\u0662\u0666-\u0661\u0661\u0661\u0669-S\u0669\u0666B-T",
            "26\u20111119\u2011S96B\u2011T",
            "26 - 1119 - S96B - T",
            "\u206826-1119-S96B-T\u2069",
        ],
    )
    def test_is_the_code_however_it_came(self, typed: str) -> None:
        assert typed_code(typed) == "26-1119-S96B-T"

    def test_of_nothing_is_nothing(self) -> None:
        assert typed_code(" \u200e ") == ""


class TestInLine:
    def test_sets_the_comma_of_the_script(self) -> None:
        assert in_line(["12 Olaya Street", "", None, "Riyadh"]) == "12 Olaya Street, Riyadh"
        assert in_line(["شارع العليا 12", "الرياض"]) == "شارع العليا 12، الرياض"
