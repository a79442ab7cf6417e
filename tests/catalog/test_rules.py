"""Product numbers, barcodes and words, by arithmetic."""

from random import Random

import pytest

from marketplace import catalog
from marketplace.catalog import Attribute, rules
from marketplace.kernel.ids import AssetId, new_uuid
from tests.factories.goods import words


class TestFsin:
    def test_has_a_check_digit_after_eleven_digits(self) -> None:
        fsin = rules.draw_fsin(Random(1))  # noqa: S311 (chance that can be repeated)

        assert fsin == "FX778865013651"
        assert catalog.is_fsin(fsin)

    @pytest.mark.parametrize(("digits", "check"), [("7992739871", 3), ("01407796496", 4), ("00000000000", 0)])
    def test_checks_by_luhn(self, digits: str, check: int) -> None:
        assert rules.luhn(digits) == check

    @pytest.mark.parametrize("place", range(2, 14))
    def test_notices_any_digit_typed_wrong(self, place: int) -> None:
        fsin = "FX014077964964"
        wrong = fsin[:place] + str((int(fsin[place]) + 1) % 10) + fsin[place + 1 :]

        assert catalog.is_fsin(fsin)
        assert not catalog.is_fsin(wrong)

    @pytest.mark.parametrize(
        "text", ["", "FX", "FX01407796496", "fx014077964964", "FX\u0660\u0661\u0664077964964", "0X014077964964"]
    )
    def test_refuses_what_has_another_shape(self, text: str) -> None:
        assert not catalog.is_fsin(text)


class TestBarcode:
    @pytest.mark.parametrize(
        "printed", ["096009010836", "0 96009 01083 6", "0096009010836", "00096009010836", "0-96009-01083-6"]
    )
    def test_is_one_however_many_zeros_lead_it(self, printed: str) -> None:
        assert catalog.barcode(printed) == "096009010836"

    def test_keeps_thirteen_digits_that_need_them(self) -> None:
        assert catalog.barcode("6281007021180") == "6281007021180"

    @pytest.mark.parametrize(
        "printed", [None, "", "   ", "096009010837", "12345", "ABCDEFGHIJKL", "000000000000", "\u066096009010836"]
    )
    def test_is_nothing_where_there_is_none_or_it_does_not_check(self, printed: str | None) -> None:
        assert catalog.barcode(printed) is None


class TestProblems:
    def test_finds_none_in_good_words(self) -> None:
        good = words(upc="096009010836", attributes=(Attribute("Volume", "0.9 L"),), images=(AssetId(new_uuid()),))

        assert rules.problems(good) == ()

    def test_names_each_field_that_will_not_do(self) -> None:
        bad = words(
            title="K",
            upc="096009010837",
            attributes=(Attribute("", "x"), Attribute("Volume", ""), Attribute("volume", "1 L")),
            images=(AssetId(new_uuid()),) * 2,
        )

        assert [(problem.field, problem.code) for problem in rules.problems(bad)] == [
            ("title", "too_short"),
            ("upc", "checksum"),
            ("attributes.0.name", "length"),
            ("attributes.1.value", "length"),
            ("attributes", "repeated"),
            ("images", "repeated"),
        ]

    def test_limits_how_much_may_be_said(self) -> None:
        attributes = tuple(Attribute(f"Detail {number}", "x") for number in range(41))
        images = tuple(AssetId(new_uuid()) for _ in range(11))

        found = rules.problems(words(brand="B" * 121, attributes=attributes, images=images))

        assert [(problem.field, problem.code) for problem in found] == [
            ("brand", "too_long"),
            ("attributes", "too_many"),
            ("images", "too_many"),
        ]

    def test_limits_the_arabic_of_a_detail_too(self) -> None:
        long = Attribute("Volume", "0.9 L", name_ar="س" * 61, value_ar="ع" * 401)
        short = Attribute("Weight", "1 kg", name_ar="س" * 60, value_ar="ع" * 400)

        found = rules.problems(words(attributes=(short, long)))

        assert [(problem.field, problem.code) for problem in found] == [
            ("attributes.1.name_ar", "length"),
            ("attributes.1.value_ar", "length"),
        ]


class TestDifferences:
    def test_keeps_only_the_fields_that_differ(self) -> None:
        before = {"title": "Kettle", "brand": "Barq"}

        assert rules.differences(before, {"title": "Kettle, black", "brand": "Barq"}) == (
            {"title": "Kettle"},
            {"title": "Kettle, black"},
        )


class TestAttribute:
    @pytest.mark.parametrize(
        ("attribute", "said"),
        [
            (Attribute("material", "Wool", value_ar="صوف"), ("المادة", "صوف")),
            (Attribute("Material", "Wool", name_ar="الخامة"), ("الخامة", "Wool")),
            (Attribute("Warp count", "12"), ("Warp count", "12")),
        ],
    )
    def test_is_said_in_arabic_as_far_as_its_vendor_or_the_house_knows_it(
        self, attribute: Attribute, said: tuple[str, str]
    ) -> None:
        assert attribute.in_arabic() == said

    def test_stores_what_was_said_and_is_read_back_the_same(self) -> None:
        plain, both = Attribute("Volume", "0.9 L"), Attribute("Material", "Wool", "الخامة", "صوف")

        assert plain.stored() == {"name": "Volume", "value": "0.9 L"}
        assert [Attribute.read(one.stored()) for one in (plain, both)] == [plain, both]

    def test_keeps_its_arabic_while_its_english_stays(self) -> None:
        stored = [Attribute("Material", "Wool", value_ar="صوف").stored()]

        def kept(said: Attribute) -> str | None:
            return rules.keeping_arabic(words(attributes=(said,)), stored).attributes[0].value_ar

        assert kept(Attribute("Material", "Wool")) == "صوف"
        assert kept(Attribute("Material", "Wool", value_ar="صوف طبيعي")) == "صوف طبيعي"
        assert kept(Attribute("Material", "Wool", value_ar="")) == ""
        assert kept(Attribute("Material", "Cotton")) is None
