"""What people ask of the lists: thousands of distinct questions, few of them often."""

from collections.abc import Iterator
from itertools import accumulate, cycle, islice
from random import Random
from typing import Any, Final

import httpx

DISTINCT: Final = 5_000
DEEP: Final = 0.05
"""The share of the traffic that is far down a list."""

FAR: Final = 4
FARTHEST: Final = 9
CATEGORIES: Final = 120
SORTS: Final = ("price_asc", "price_desc", "newest", "")
BOUNDS: Final = ((None, None), (None, 5_000), (1_000, 10_000), (5_000, 30_000), (20_000, None))

Question = dict[str, Any]


def questions(http: httpx.Client, *, seed: int) -> tuple[list[Question], list[Question]]:
    """Make up the questions of a day, the popular ones first; and those that go far down a list."""
    chance = Random(seed)  # noqa: S311 (the same day every time)
    slugs = list(islice(_slugs(http.get("/categories").json()["items"]), CATEGORIES))
    words, brands = _seen(http, slugs)
    plain = {str(question): question for question in islice(_made_up(chance, slugs, words, brands), 4 * DISTINCT)}
    chosen = list(plain.values())
    chance.shuffle(chosen)
    return chosen[:DISTINCT], list(_deep(http, slugs))


def shares(count: int) -> list[float]:
    """How popular each of so many is, summed up: Zipf's law with exponent one."""
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


def _slugs(nodes: list[Question]) -> Iterator[str]:
    for node in nodes:
        yield str(node["slug"])
        yield from _slugs(node["children"])


def _seen(http: httpx.Client, slugs: list[str]) -> tuple[list[str], list[str]]:
    """Words and brands as the shop itself shows them."""
    words: set[str] = set()
    brands: set[str] = set()
    for slug in slugs:
        page = http.get("/products", params={"category": slug, "limit": 50}).json()
        words |= {word for item in page["items"] for word in item["title"].split() if word.isalpha() and len(word) > 3}  # noqa: PLR2004 (shorter words say nothing)
        brands |= {value["value"] for value in page["facets"]["brand"]}
    return sorted(words), sorted(brands)


def _made_up(chance: Random, slugs: list[str], words: list[str], brands: list[str]) -> Iterator[Question]:
    for kind in cycle(("words", "category", "brand", "words")):
        low, high = chance.choice(BOUNDS)
        asked = {"sort": chance.choice(SORTS), "min_price": low, "max_price": high}
        if kind == "words":
            asked["q"] = " ".join(chance.sample(words, chance.randint(1, 2)))
        elif kind == "category" or not brands:
            asked["category"] = chance.choice(slugs)
        else:
            asked["brand"] = chance.choice(brands)
        yield {name: value for name, value in asked.items() if value not in {None, ""}}


def _deep(http: httpx.Client, slugs: list[str]) -> Iterator[Question]:
    """Cursors from the fourth page on."""
    for slug in slugs[:40]:
        question: Question = {"category": slug}
        for page in range(FARTHEST):
            cursor = http.get("/products", params=question).json()["next_cursor"]
            if cursor is None:
                break
            question = {"category": slug, "cursor": cursor}
            if page >= FAR:
                yield question
