"""Every page, in both languages."""

import re
from typing import Final

import pytest
import reflex as rx

from pages import areas, styleguide
from pages.aside import missing_page, title_of_missing
from pages.routes import LOCALES, Route
from pages.styleguide.tokens import ROLES
from state.words import Locale
from tests.pages.drawn import WORD, parts_of, words_in

ROUTES: Final[tuple[Route, ...]] = (*areas.ROUTES, *styleguide.ROUTES)

ENGLISH_IN_ARABIC: Final = re.compile(
    r"SAR|USD|IBAN|FSIN|SKU|CSV|TSV|JSON Lines|UTF-8|JPEG|PNG|WebP|English"
    r"|Qahwa & Co\.|Nora Al Harbi|Dar Al Fakhar|Najd Home|7421 Anas Ibn Malik Rd, Riyadh"
    r"|stock-december\.csv|25-1201-7G4K-\d|Riyadh 12333|W45|FX014077964964|NH"
)
"""What is written in Latin letters in Arabic as well: currencies, standards, names of the samples."""


PATHS: Final = tuple(re.compile(re.sub(r"\[\w+\]", "[^/]+", route.path)) for route in ROUTES)


def _named(route: Route) -> str:
    return route.path


class TestPages:
    @pytest.mark.parametrize("locale", LOCALES)
    @pytest.mark.parametrize("route", ROUTES, ids=_named)
    def test_are_drawn_in_their_language(self, route: Route, locale: Locale) -> None:
        root = next(part for part in parts_of(route.make(locale)) if getattr(part, "lang", None) is not None)

        assert str(getattr(root, "lang", None)) == f'"{locale}"'
        assert str(getattr(root, "dir", None)) == ('"rtl"' if locale == "ar" else '"ltr"')

    @pytest.mark.parametrize("route", ROUTES, ids=_named)
    def test_have_one_heading_one_main_and_a_way_past_the_frame(self, route: Route) -> None:
        parts = list(parts_of(route.make("en")))
        tags = [str(getattr(part, "tag", "")) for part in parts]
        seen = [
            part for part in parts if getattr(part, "tag", "") == "h1" and str(getattr(part, "class_name", "")) != "sr"
        ]

        assert tags.count("main") == 1
        assert len(seen) <= 1

    @pytest.mark.parametrize("route", ROUTES, ids=_named)
    def test_say_nothing_in_english_to_those_who_read_arabic(self, route: Route) -> None:
        said = {ENGLISH_IN_ARABIC.sub("", words) for words in words_in(route.make("ar")) if words not in ROLES}

        assert {words for words in said if WORD.search(words)} == set()

    @pytest.mark.parametrize("route", ROUTES, ids=_named)
    def test_lead_only_to_pages_that_are_there(self, route: Route) -> None:
        found = {str(getattr(part, "to", "")) for part in parts_of(route.make("en"))}
        plain = {address.strip('"').partition("?")[0] for address in found if re.fullmatch(r'"/[^"]*"', address)}

        assert {path for path in plain if not any(known.fullmatch(path) for known in PATHS)} == set()

    def test_that_are_missing_are_so_in_both_languages(self) -> None:
        said = set(words_in(missing_page()))

        assert {"There is nothing here", "لا شيء هنا"} <= said

    def test_that_are_missing_are_called_so_in_the_language_of_the_address(self) -> None:
        title = title_of_missing()

        assert list(words_in(rx.el.title(title)))[-2:] == ["غير موجود · السوق", "Not found · Marketplace"]
        assert str(title).index("documentElement.lang === 'ar'") < str(title).index("Not found")
