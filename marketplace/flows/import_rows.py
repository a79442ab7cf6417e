"""From the text of a row to what the vendor's form would have sent: dirt is wiped off, nonsense is named."""

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from marketplace import catalog, inventory, pricing
from marketplace.catalog import Condition, LineResult, ProductWords
from marketplace.catalog import ImportStatus as Status
from marketplace.kernel.errors import FieldProblem
from marketplace.kernel.money import Money
from marketplace.kernel.text import LINE_LENGTH, PROSE_LENGTH, read_figure, tidy_line, tidy_prose
from marketplace.kernel.words import mark
from marketplace.pricing import Terms

DEEPEST: Final = 6

TERMS: Final = frozenset({"list_price", "tiers", "min_quantity", "max_quantity", "quantity_step"})
"""What a listing is sold by beside its price; no column holds quantity prices."""

_TAG: Final = re.compile(r"<[a-zA-Z/!][^<>]{0,200}>")
_LEVEL: Final = re.compile(r"\s*[>|]\s*")

UNKNOWN_CONDITION: Final = mark("Name a condition as we do: new, refurbished, used_good and so on.")
UNREADABLE_BARCODE: Final = (
    "upc",
    "catalog.barcode_unreadable",
    mark("The barcode's digits do not check: the product was taken in without it."),
)
NO_PICTURE: Final = (
    "images",
    "catalog.missing_media",
    mark("The product has no picture of its own: add one, it sells better."),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a row asks for."""

    words: ProductWords
    category: tuple[str, ...]
    sku: str
    condition: Condition
    terms: Terms
    on_hand: int
    unsaid: frozenset[str] = frozenset()
    """What of the terms it is silent about: that stays as it was, where the listing was there before."""


@dataclass(frozen=True, slots=True)
class Read:
    """A row as it was understood: what it asks for, or what is wrong with it; and what is to be said of it anyway."""

    number: int
    reading: Reading | None
    refusals: tuple[LineResult, ...] = ()
    warnings: tuple[tuple[str, str, str], ...] = ()


def read(number: int, said: dict[str, str], *, currency: str) -> Read:
    """Understand one row."""
    problems: list[FieldProblem] = []
    words = _words(said, problems)
    terms = _terms(said, currency, problems)
    on_hand = _number(said, "stock", problems, default=None)
    condition = _condition(said, problems)
    category = _category(said.get("category", ""))
    if not category:
        problems.append(FieldProblem("category", "missing", "Say in which category it belongs, from the root down."))
    if on_hand is not None and not inventory.is_count(on_hand):
        problems.append(FieldProblem("stock", "range", "Count between nothing and ten million."))
    problems += catalog.problems_with(words)
    if terms is not None:
        problems += pricing.problems_with(terms)
    if problems or terms is None or on_hand is None:
        return Read(number, None, refusals=tuple(_refused(number, problem) for problem in problems))
    unsaid = TERMS - said.keys()
    reading = Reading(words, category, _line(said.get("sku", "")), condition, terms, on_hand, unsaid)
    return Read(number, reading, warnings=_warnings(said, words))


@lru_cache(maxsize=4_096)
def _category(text: str) -> tuple[str, ...]:
    """The names from the root down; a file says few of them often."""
    return tuple(filter(None, (_line(part) for part in _LEVEL.split(html.unescape(text)))))[:DEEPEST]


def _words(said: dict[str, str], problems: list[FieldProblem]) -> ProductWords:
    return ProductWords(
        title=_short(said, "title", problems),
        category="",
        title_ar=_short(said, "title_ar", problems),
        brand=_short(said, "brand", problems) or None,
        description=_long(said, "description", problems),
        description_ar=_long(said, "description_ar", problems),
        upc=catalog.barcode(said.get("upc")),
    )


def _terms(said: dict[str, str], currency: str, problems: list[FieldProblem]) -> Terms | None:
    price = _money(said, "price", currency, problems)
    list_price = _money(said, "list_price", currency, problems) if "list_price" in said else None
    least = _number(said, "min_quantity", problems, default=1)
    most = _number(said, "max_quantity", problems, default=None) if "max_quantity" in said else None
    step = _number(said, "quantity_step", problems, default=1)
    if price is None or least is None or step is None:
        return None
    return Terms(price=price, list_price=list_price, min_quantity=least, max_quantity=most, quantity_step=step)


def _money(said: dict[str, str], field: str, currency: str, problems: list[FieldProblem]) -> Money | None:
    text = said.get(field, "").removeprefix(currency).removesuffix(currency)
    try:
        return Money.parse(text, currency)
    except ValueError:
        problems.append(FieldProblem(field, "not_money", "Write an amount of money, such as 129.50."))
        return None


def _number(said: dict[str, str], field: str, problems: list[FieldProblem], *, default: int | None) -> int | None:
    text = said.get(field, "")
    if not text and default is not None:
        return default
    try:
        return _whole(text)
    except ValueError:
        problems.append(FieldProblem(field, "not_a_number", "Write a whole number, such as 25."))
        return None


def _whole(text: str) -> int:
    figure = read_figure(text)
    if figure < 0 or figure != figure.to_integral_value():
        raise ValueError(text)
    return int(figure)


def _condition(said: dict[str, str], problems: list[FieldProblem]) -> Condition:
    text = said.get("condition", Condition.NEW.value).strip().lower().replace(" ", "_")
    try:
        return Condition(text)
    except ValueError:
        problems.append(
            FieldProblem(
                "condition",
                "unknown",
                UNKNOWN_CONDITION,
            )
        )
        return Condition.NEW


def _short(said: dict[str, str], field: str, problems: list[FieldProblem]) -> str:
    text = _line(html.unescape(said.get(field, "")))
    if len(text) > LINE_LENGTH:
        problems.append(FieldProblem(field, "too_long", "Shorten it to 200 letters."))
    return text


def _long(said: dict[str, str], field: str, problems: list[FieldProblem]) -> str:
    text = str(tidy_prose(_TAG.sub(" ", html.unescape(said.get(field, "")))))
    if len(text) > PROSE_LENGTH:
        problems.append(FieldProblem(field, "too_long", "Shorten it to 10,000 letters."))
    return text


def _line(text: str) -> str:
    return str(tidy_line(text))


def _refused(number: int, problem: FieldProblem) -> LineResult:
    return LineResult(number, Status.REFUSED, problem.field, f"import.{problem.code}", problem.message)


def _warnings(said: dict[str, str], words: ProductWords) -> tuple[tuple[str, str, str], ...]:
    unreadable = (UNREADABLE_BARCODE,) if said.get("upc") and words.upc is None else ()
    return (*unreadable, *(() if words.images else (NO_PICTURE,)))
