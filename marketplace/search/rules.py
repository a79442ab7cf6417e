"""What is asked for, in one form, so that equal questions are equal."""

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from marketplace.kernel.ids import StoreId
from marketplace.kernel.pages import clamp
from marketplace.kernel.text import fold
from marketplace.search.errors import PriceRangeReversed
from marketplace.search.states import Badge, Language, Sort

MOST_WORDS: Final = 8
LONGEST_WORD: Final = 40
MOST_BRANDS: Final = 20
HIGHEST_PRICE: Final = 10**15

LOW_STOCK: Final = 5
"""Up to this many left, a card says that few are left."""

FAST_WITHIN_DAYS: Final = 2
"""Handling and transit days up to which delivery counts as fast."""

CARD_WIDTH: Final = 480
"""The width of the picture on a card."""

PLACEHOLDER: Final = "/placeholders/{}.svg"
"""What is shown of a product without a picture: a drawing of its category, by the category's address."""

_WORD: Final = re.compile(rf"[^\W_]{{1,{LONGEST_WORD}}}")
_ARABIC: Final = re.compile(r"[\u0600-\u06ff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question to the catalog."""

    words: str = ""
    category: str | None = None
    brands: tuple[str, ...] = ()
    min_price: int | None = None
    max_price: int | None = None
    min_rating: int | None = None
    badges: tuple[Badge, ...] = ()
    store_id: StoreId | None = None
    sort: Sort | None = None
    cursor: str | None = None
    limit: int | None = None
    language: Language = Language.ENGLISH

    def tidy(self) -> "Query":
        """The same question in its one form: folded, sorted, bounded."""
        if self.min_price is not None and self.max_price is not None and self.min_price > self.max_price:
            raise PriceRangeReversed
        words = " ".join(asked_words(self.words))
        return replace(
            self,
            words=words,
            brands=tuple(sorted({fold(brand) for brand in self.brands if brand}))[:MOST_BRANDS],
            min_price=_within(self.min_price),
            max_price=_within(self.max_price),
            badges=tuple(sorted(set(self.badges))),
            sort=_sort(self.sort, has_words=bool(words)),
            limit=clamp(self.limit),
        )

    @property
    def filters(self) -> "Query":
        """What decides which products are found, without what decides which of them are shown, and in which order."""
        return replace(self, sort=None, cursor=None, limit=None)

    @property
    def any_brand(self) -> "Query":
        """The question as if no brand were chosen: what brands are counted under."""
        return replace(self, brands=()) if self.brands else self

    @property
    def any_price(self) -> "Query":
        """The question as if no price were chosen: what prices are counted under."""
        return (
            self if self.min_price is None and self.max_price is None else replace(self, min_price=None, max_price=None)
        )

    @property
    def any_badge(self) -> "Query":
        """The question as if no badge were chosen: what badges are counted under."""
        return replace(self, badges=()) if self.badges else self


def placeholder(category: str) -> str:
    """The address of the drawing that stands for a category, and for its products without a picture."""
    return PLACEHOLDER.format(category)


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order, cut to a length."""
    return _WORD.findall(fold(text))


def by_script(words: list[str]) -> tuple[str, str]:
    """Words parted by whose endings they have: Latin script and digits, and Arabic."""
    joined = " ".join(words)
    if not _ARABIC.search(joined):
        return joined, ""
    arabic = {word for word in words if _ARABIC.search(word)}
    return " ".join(word for word in words if word not in arabic), " ".join(word for word in words if word in arabic)


def asked_words(text: str) -> list[str]:
    """The words somebody asks for: each once, and not too many."""
    return list(dict.fromkeys(words_of(text)))[:MOST_WORDS]


def stemmer(word: str) -> Literal["arabic", "english"]:
    """Whose endings a word has."""
    return "arabic" if _ARABIC.search(word) else "english"


def _within(price: int | None) -> int | None:
    return None if price is None else max(0, min(price, HIGHEST_PRICE))


def _sort(asked: Sort | None, *, has_words: bool) -> Sort:
    if asked is None:
        return Sort.RELEVANCE if has_words else Sort.POPULAR
    return Sort.POPULAR if asked is Sort.RELEVANCE and not has_words else asked
