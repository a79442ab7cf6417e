"""The goods of the demo world, read from a table of kinds: each kind in several varieties and sizes."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from marketplace.demo.pictures.studio import Design
from marketplace.kernel.money import Money

FOLDER: Final = Path(__file__).parent / "goods"
HOW_MANY: Final = 600
SAMPLE: Final = "sample"
FAVOURITES: Final = 3
"""Varieties of a kind that come in every size before the others come at all."""

_DEAR: Final = 300

WORN: Final = frozenset({"S", "M", "L", "40", "42", "44", "54", "56", "58"})
"""Sizes of clothes."""

ARABIC_COLORS: Final = {
    "black": "أسود",
    "white": "أبيض",
    "cream": "كريمي",
    "sand": "رملي",
    "oak": "بلوطي",
    "walnut": "جوزي",
    "brown": "بني",
    "copper": "نحاسي أحمر",
    "brass": "نحاسي",
    "steel": "فضي",
    "sage": "أخضر رمادي",
    "olive": "زيتوني",
    "green": "أخضر",
    "teal": "أزرق مخضر",
    "sky": "سماوي",
    "blue": "أزرق",
    "navy": "كحلي",
    "lilac": "ليلكي",
    "plum": "برقوقي",
    "blush": "وردي فاتح",
    "rose": "وردي",
    "red": "أحمر",
    "terracotta": "طوبي",
    "saffron": "زعفراني",
}

ARABIC_SIZES: Final = (
    ("2 people", "لشخصين"),
    ("4 people", "لأربعة أشخاص"),
    ("2 seats", "مقعدان"),
    ("2 slices", "شريحتان"),
    ("12 cups", "12 فنجانًا"),
    (" pieces", " قطعة"),
    (" capsules", " كبسولة"),
    (" cups", " فناجين"),
    (" hours", " ساعة"),
    (" slices", " شرائح"),
    (" seats", " مقاعد"),
    ("set of ", "طقم "),
    ("family of ", "عائلة من "),
    ("pair", "زوج"),
    ("small", "مقاس صغير"),
    ("medium", "مقاس وسط"),
    ("large", "مقاس كبير"),
    ("standard", "عادي"),
    ("sport", "رياضي"),
    ("wired", "سلكي"),
    ("wireless", "لاسلكي"),
    ("single", "مفرد"),
    ("double", "مزدوج"),
    ("compact", "مدمج"),
    ("full", "كامل"),
    ("linen", "كتان"),
    ("velvet", "مخمل"),
    ("matte", "مطفي"),
    ("satin", "ساتان"),
    ("paperback", "غلاف ورقي"),
    ("hardcover", "غلاف مقوى"),
    ("with ring", "بحلقة"),
    ("with lens", "مع عدسة"),
    ("body", "هيكل"),
    (" ml", " مل"),
    (" kg", " كجم"),
    (" cm", " سم"),
    (" mm", " مم"),
    (" GB", " غيغابايت"),
    (" mAh", " مللي أمبير"),
    (" L", " لتر"),
    (" g", " جم"),
    (" W", " واط"),
)


@dataclass(frozen=True, slots=True)
class Variety:
    """One way a kind comes: its name in two languages, and its colours."""

    name: str
    name_ar: str
    body: str
    trim: str

    @classmethod
    def read(cls, text: str) -> "Variety":
        """Read `name/arabic:body:trim`, or `=body/trim` where the colour is the name."""
        if text.startswith("="):
            body, _, trim = text[1:].partition("/")
            return cls(body, f"لون {ARABIC_COLORS[body]}", body, trim or "cream")
        names, body, trim = [*text.split(":"), "cream"][:3]
        name, _, name_ar = names.partition("/")
        return cls(name, name_ar, body, trim)


@dataclass(frozen=True, slots=True)
class Fact:
    """One detail of a product; its name is of those that the house knows in Arabic."""

    name: str
    value: str
    value_ar: str = ""

    @classmethod
    def read(cls, text: str) -> "Fact":
        """Read `name=value=arabic`, or `name=value` where the value is written alike in both."""
        return cls(*text.split("="))


@dataclass(frozen=True, slots=True)
class Ware:
    """One product of the demo world, before it is anybody's."""

    number: int
    category: str
    title: str
    title_ar: str
    brand: str
    description: str
    description_ar: str
    facts: tuple[Fact, ...]
    barcode: str
    design: Design
    price: Money
    vendors: str
    """The codes of the shops that may sell it; the first one made its page."""

    @property
    def is_sample(self) -> bool:
        """Whether it is a taste of a larger pack."""
        return any((fact.name, fact.value) == ("Size", SAMPLE) for fact in self.facts)


def wares(profile: str, currency: str) -> list[Ware]:
    """The same six hundred products, whenever they are asked for."""
    drawn = [ware for kind in _kinds(profile) for ware in kind]
    by_turns = sorted(drawn, key=lambda ware: (ware.turn, ware.kind))[:HOW_MANY]
    return [ware.made(number, currency) for number, ware in enumerate(sorted(by_turns, key=lambda w: (w.kind, w.turn)))]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A combination of kind, variety and size."""

    kind: int
    turn: int
    row: dict[str, str]
    variety: Variety
    size: str
    step: int
    steps: int

    def made(self, number: int, currency: str) -> Ware:
        """The product it becomes."""
        row = self.row
        brands = row["brands"].split(";")
        facts = tuple(Fact.read(text) for text in row["facts"].split(";") if text)
        return Ware(
            number=number,
            category=row["category"].rpartition("/")[2],
            title=f"{_capital(row['title'].replace('{v}', self.variety.name))}, {self.size}",
            title_ar=_arabic_title(row, self.variety, self.size),
            brand=brands[self.turn % len(brands)],
            description=row["about"],
            description_ar=row["about_ar"],
            facts=(*self._choice(), *facts),
            barcode=barcode(number),
            design=Design(row["shape"], self.variety.body, self.variety.trim, self.kind),
            price=self._price(currency),
            vendors=row["vendors"],
        )

    def _choice(self) -> tuple[Fact, Fact]:
        """In which size and variety it comes."""
        size_ar = _arabic_size(self.size) if self.row["title_ar"] else ""
        return (
            Fact("Size", self.size, size_ar if size_ar != self.size else ""),
            Fact("Variety", _capital(self.variety.name), self.variety.name_ar if self.row["title_ar"] else ""),
        )

    def _price(self, currency: str) -> Money:
        """What it costs: more by the size and a little by the variety; what is worn costs the same in every size."""
        low, high = (int(bound) for bound in self.row["price"].split("-"))
        if self.size == SAMPLE:
            return Money(max(1, low // 10) * 100, currency)
        chance = Random(f"{self.kind}:{self.variety.name}")  # noqa: S311 (the same world every time)
        around = chance.uniform(0.3, 0.7)
        within = around if self.size in WORN else (self.step + around) / self.steps
        whole = round(low * (high / low) ** within)
        cents = chance.choice((0, 0, 50, 95)) if whole < _DEAR else 0
        return Money(whole * 100 + cents, currency)


def barcode(number: int) -> str:
    """A GTIN-13 from the range that is nobody's, with its check digit."""
    body = f"200{number:09}"
    odd, even = sum(map(int, body[::2])), sum(map(int, body[1::2]))
    return f"{body}{(10 - (odd + 3 * even) % 10) % 10}"


def _kinds(profile: str) -> Iterator[list[_Draft]]:
    with (FOLDER / f"{profile}.csv").open(encoding="utf-8", newline="") as file:
        for kind, row in enumerate(csv.DictReader(file, delimiter="|")):
            sizes = row["sizes"].split(";")
            first = 1 if sizes[0] == SAMPLE else 0
            varieties = [Variety.read(text) for text in row["varieties"].split(";")]
            steps = range(len(sizes))
            often = [(variety, step) for variety in varieties[:FAVOURITES] for step in steps]
            seldom = [(variety, step) for variety in varieties[FAVOURITES:] for step in steps]
            yield [
                _Draft(kind, turn, row, variety, sizes[step], step - first, len(sizes) - first)
                for turn, (variety, step) in enumerate((*often, *seldom))
            ]


def _arabic_title(row: dict[str, str], variety: Variety, size: str) -> str:
    if not row["title_ar"]:
        return ""
    return f"{row['title_ar'].replace('{v}', variety.name_ar)}، {_arabic_size(size)}"


def _arabic_size(size: str) -> str:
    for english, arabic in ARABIC_SIZES:
        size = size.replace(english, arabic)
    return size


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def designs(goods: Sequence[Ware]) -> list[Design]:
    """Every picture these goods need, each once."""
    return list(dict.fromkeys(ware.design for ware in goods))
