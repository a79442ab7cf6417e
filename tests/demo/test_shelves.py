"""What the demo world sells."""

import re
from pathlib import Path

import pytest

from marketplace import catalog
from marketplace.catalog import Attribute
from marketplace.demo.pictures.colors import COLORS
from marketplace.demo.pictures.shapes import names
from marketplace.demo.shelves import HOW_MANY, Variety, barcode, wares
from marketplace.kernel.money import Money

PROFILES = ("saudi", "oklahoma")
ARABIC = re.compile(r"[\u0621-\u064a]")
WORD = re.compile(r"[A-Za-z]{2,}")
SAME_IN_BOTH = {"IPX5", "IPX7", "USB", "XLR"}


class TestWares:
    @pytest.mark.parametrize("profile", PROFILES)
    def test_are_six_hundred_and_each_its_own(self, profile: str) -> None:
        goods = wares(profile, "SAR")

        assert len(goods) == HOW_MANY
        assert len({ware.title for ware in goods}) == HOW_MANY
        assert len({ware.barcode for ware in goods}) == HOW_MANY
        assert [ware.number for ware in goods] == list(range(HOW_MANY))

    @pytest.mark.parametrize("profile", PROFILES)
    def test_are_the_same_every_time(self, profile: str) -> None:
        assert wares(profile, "SAR") == wares(profile, "SAR")

    @pytest.mark.parametrize("profile", PROFILES)
    def test_can_all_be_drawn(self, profile: str) -> None:
        designs = {ware.design for ware in wares(profile, "SAR")}

        assert {design.shape for design in designs} <= set(names())
        assert {color for design in designs for color in (design.body, design.trim)} <= set(COLORS)
        assert len(designs) >= 200

    @pytest.mark.parametrize("profile", PROFILES)
    def test_stand_in_categories_of_the_tree(self, profile: str) -> None:
        tree = Path(catalog.__file__).parent / "data" / f"categories.{profile}.csv"
        known = {line.split(",")[0].rpartition("/")[2] for line in tree.read_text("utf-8").splitlines()[1:]}

        assert {ware.category for ware in wares(profile, "SAR")} <= known

    @pytest.mark.parametrize("profile", PROFILES)
    def test_cost_something_sensible(self, profile: str) -> None:
        assert all(100 <= ware.price.minor <= 1_000_000 for ware in wares(profile, "SAR"))

    @pytest.mark.parametrize("profile", PROFILES)
    def test_cost_more_in_larger_packs_and_the_same_in_every_size_that_is_worn(self, profile: str) -> None:
        by_kind: dict[tuple[str, str], list[Money]] = {}
        for ware in wares(profile, "SAR"):
            if not ware.is_sample:
                by_kind.setdefault((ware.category + ware.design.shape, ware.title.rpartition(", ")[0]), []).append(
                    ware.price
                )

        for (kind, _), prices in by_kind.items():
            worn = kind.startswith(("abayas", "thobes", "shoes"))
            minors = [price.minor for price in prices]
            assert minors == sorted(minors)
            assert len(set(minors)) == (1 if worn else len(minors))

    def test_speak_arabic_where_it_is_spoken(self) -> None:
        assert all(ware.title_ar and ware.description_ar for ware in wares("saudi", "SAR"))
        details = [fact for ware in wares("saudi", "SAR") for fact in ware.facts]
        spoken = [Attribute(fact.name, fact.value, value_ar=fact.value_ar or None).in_arabic() for fact in details]
        assert {name for name, _value in spoken if not ARABIC.search(name)} == set()
        assert {value for _name, value in spoken if WORD.search(value) and not ARABIC.search(value)} <= SAME_IN_BOTH
        assert not any("{" in ware.title + ware.title_ar for ware in wares("saudi", "SAR"))


class TestBarcode:
    def test_ends_in_its_check_digit(self) -> None:
        assert barcode(0) == "2000000000008"
        assert all(catalog.barcode(barcode(number)) for number in range(HOW_MANY))


class TestVariety:
    def test_is_called_by_its_colour_or_by_its_name(self) -> None:
        assert Variety.read("=navy/brass") == Variety("navy", "لون كحلي", "navy", "brass")
        assert Variety.read("Ajwa/عجوة:green:sand") == Variety("Ajwa", "عجوة", "green", "sand")
        assert Variety.read("Clear:white") == Variety("Clear", "", "white", "cream")
