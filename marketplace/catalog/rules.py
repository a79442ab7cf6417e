"""What the catalog decides by arithmetic alone: product numbers, barcodes, and which words will do."""

import csv
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, Self

from marketplace.kernel.errors import FieldProblem
from marketplace.kernel.ids import AssetId

DATA: Final = "marketplace.catalog.data"

FSIN_PREFIX: Final = "FX"
FSIN_DIGITS: Final = 11
FSIN_LENGTH: Final = len(FSIN_PREFIX) + FSIN_DIGITS + 1
DRAWS: Final = 5
"""How often a product number is drawn before giving up: the unique index is the judge."""

UPC_LENGTH: Final = 12
GTIN_LENGTHS: Final = frozenset({8, 12, 13, 14})
SHORTEST_TITLE: Final = 3
LONGEST_BRAND: Final = 120
LONGEST_SKU: Final = 64
MOST_ATTRIBUTES: Final = 40
LONGEST_ATTRIBUTE_NAME: Final = 60
LONGEST_ATTRIBUTE_VALUE: Final = 400
MOST_IMAGES: Final = 10


@dataclass(frozen=True, slots=True)
class Attribute:
    """One described property, as people read it; what its vendor has not said in Arabic is None there."""

    name: str
    value: str
    name_ar: str | None = None
    value_ar: str | None = None

    @classmethod
    def read(cls, stored: Mapping[str, str]) -> Self:
        """Read it back."""
        return cls(stored["name"], stored["value"], stored.get("name_ar"), stored.get("value_ar"))

    def stored(self) -> dict[str, str]:
        """Keep what is said."""
        arabic = {"name_ar": self.name_ar, "value_ar": self.value_ar}
        return {"name": self.name, "value": self.value, **{name: said for name, said in arabic.items() if said}}

    def in_arabic(self) -> tuple[str, str]:
        """Its name and value for those who read Arabic: a name that its vendor left to us we may know."""
        return self.name_ar or names_in_arabic().get(self.name.casefold(), self.name), self.value_ar or self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductWords:
    """What is said of a product: all that its vendor may write."""

    title: str
    category: str
    title_ar: str = ""
    brand: str | None = None
    description: str = ""
    description_ar: str = ""
    upc: str | None = None
    attributes: tuple[Attribute, ...] = ()
    images: tuple[AssetId, ...] = ()


@cache
def names_in_arabic() -> Mapping[str, str]:
    """The details that products commonly have, by their English names in small letters."""
    lines = files(DATA).joinpath("details.csv").read_text(encoding="utf-8").splitlines()
    return {row["name"].casefold(): row["name_ar"] for row in csv.DictReader(lines)}


def luhn(digits: str) -> int:
    """The check digit that stands to the right of these: every second one is doubled, from the right."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 (the sum of the digits of 10 to 18)
    return -total % 10


def draw_fsin(chance: random.Random) -> str:
    """Draw a product number: FX, eleven digits, and the digit that checks them."""
    digits = f"{chance.randrange(10**FSIN_DIGITS):0{FSIN_DIGITS}d}"
    return f"{FSIN_PREFIX}{digits}{luhn(digits)}"


def is_fsin(text: str) -> bool:
    """Whether this can be a product number: its shape and its check digit."""
    digits = text.removeprefix(FSIN_PREFIX)
    return (
        len(text) == FSIN_LENGTH
        and text.startswith(FSIN_PREFIX)
        and digits.isascii()
        and digits.isdecimal()
        and luhn(digits[:-1]) == int(digits[-1])
    )


@lru_cache(maxsize=8_192)
def barcode(text: str | None) -> str | None:
    """A barcode in the form it is kept in, or nothing where there is none or its check digit is wrong.

    The same article may be printed with 8, 12, 13 or 14 digits that differ by leading zeros alone.
    """
    digits = "".join((text or "").split()).replace("-", "")
    if not (digits.isascii() and digits.isdecimal() and len(digits) in GTIN_LENGTHS and int(digits)):
        return None
    threes = sum(map(int, digits[-2::-2]))
    ones = sum(map(int, digits[-3::-2]))
    if -(threes * 3 + ones) % 10 != int(digits[-1]):
        return None
    return digits.lstrip("0").zfill(UPC_LENGTH)


def problems(words: ProductWords) -> tuple[FieldProblem, ...]:
    """What keeps these words from being published, field by field; the automatic rule of the first release."""
    return (*_title_problems(words), *_barcode_problems(words), *_attribute_problems(words), *_image_problems(words))


def image_problems(images: Sequence[AssetId], *, refused: Collection[AssetId]) -> tuple[FieldProblem, ...]:
    """What is wrong with pictures that the store cannot show."""
    message = "This picture is not ready or not yours: send it again."
    return tuple(
        FieldProblem(f"images.{place}", "not_usable", message) for place, image in enumerate(images) if image in refused
    )


def described(words: ProductWords) -> dict[str, Any]:
    """The words as plain values under the names of the product's own fields, in the form they are kept in."""
    return {
        "title": words.title,
        "title_ar": words.title_ar,
        "brand": words.brand or None,
        "description": words.description,
        "description_ar": words.description_ar,
        "category": words.category,
        "upc": barcode(words.upc),
        "attributes": [attribute.stored() for attribute in words.attributes],
        "images": [str(image) for image in words.images],
    }


def keeping_arabic(words: ProductWords, stored: Sequence[Mapping[str, str]]) -> ProductWords:
    """Leave the Arabic of a detail whose English stays and of whose Arabic nothing is said now."""
    known = {(one["name"], one["value"]): one for one in stored}
    return replace(
        words, attributes=tuple(_kept(one, known.get((one.name, one.value), {})) for one in words.attributes)
    )


def _kept(said: Attribute, stored: Mapping[str, str]) -> Attribute:
    return replace(
        said,
        name_ar=stored.get("name_ar") if said.name_ar is None else said.name_ar,
        value_ar=stored.get("value_ar") if said.value_ar is None else said.value_ar,
    )


def differences(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ, as they were and as they will be."""
    names = [name for name, value in after.items() if before[name] != value]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def sku_problems(sku: str) -> tuple[FieldProblem, ...]:
    """What keeps a SKU from being used."""
    if len(sku) > LONGEST_SKU:
        return (FieldProblem("sku", "too_long", "Shorten the SKU to 64 characters."),)
    return ()


def category_path(path: str) -> tuple[str, ...]:
    """A category's ancestors' slugs and its own, from the root."""
    return tuple(path.split("/"))


def _title_problems(words: ProductWords) -> list[FieldProblem]:
    found = []
    if len(words.title) < SHORTEST_TITLE:
        found.append(
            FieldProblem("title", "too_short", "Write a title of at least 3 letters: brand, thing, size, color.")
        )
    if len(words.brand or "") > LONGEST_BRAND:
        found.append(FieldProblem("brand", "too_long", "Shorten the brand to 120 letters."))
    return found


def _barcode_problems(words: ProductWords) -> list[FieldProblem]:
    if words.upc and barcode(words.upc) is None:
        message = "The barcode's digits do not check: type it again, or leave it out."
        return [FieldProblem("upc", "checksum", message)]
    return []


def _attribute_problems(words: ProductWords) -> list[FieldProblem]:
    found = []
    if len(words.attributes) > MOST_ATTRIBUTES:
        found.append(FieldProblem("attributes", "too_many", "Keep at most 40 details."))
    for place, attribute in enumerate(words.attributes):
        if not attribute.name or len(attribute.name) > LONGEST_ATTRIBUTE_NAME:
            message = "Name each detail, in at most 60 letters."
            found.append(FieldProblem(f"attributes.{place}.name", "length", message))
        if not attribute.value or len(attribute.value) > LONGEST_ATTRIBUTE_VALUE:
            message = "Say something of each detail, in at most 400 letters."
            found.append(FieldProblem(f"attributes.{place}.value", "length", message))
        if len(attribute.name_ar or "") > LONGEST_ATTRIBUTE_NAME:
            message = "Shorten the Arabic name to 60 letters."
            found.append(FieldProblem(f"attributes.{place}.name_ar", "length", message))
        if len(attribute.value_ar or "") > LONGEST_ATTRIBUTE_VALUE:
            message = "Shorten the Arabic value to 400 letters."
            found.append(FieldProblem(f"attributes.{place}.value_ar", "length", message))
    if _repeats([attribute.name.casefold() for attribute in words.attributes]):
        found.append(FieldProblem("attributes", "repeated", "Name each detail only once."))
    return found


def _image_problems(words: ProductWords) -> list[FieldProblem]:
    if len(words.images) > MOST_IMAGES:
        return [FieldProblem("images", "too_many", "Keep at most 10 pictures.")]
    if _repeats(words.images):
        return [FieldProblem("images", "repeated", "Show each picture only once.")]
    return []


def _repeats(values: Sequence[object]) -> bool:
    return len(set(values)) < len(values)
