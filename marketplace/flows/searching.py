"""Answering the same question many times: answers are kept in this process for as long as nothing in them changed.

What was written is asked of the database four times a second, under the names by which lists hold a product: its
categories, its brand, its stores, the words of its name. An answer is thrown away when something was written under its
names, so a new price is seen at once and the rest stays. Figures beside a list (facets, totals) may be 20 s old.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Final, Generic, TypeVar

from marketplace import search
from marketplace.kernel.actor import Actor
from marketplace.ports import House
from marketplace.search import Facets, Found, Query, Shown, Understood

V = TypeVar("V")
Names = frozenset[str]

LOOK_EVERY_SECONDS: Final = 0.25
LOOK_AT_LEAST_EVERY_SECONDS: Final = 1.0
MOST_NAMES: Final = 50_000

ANYTHING: Final = "anything"
"""The name under which everything is written."""


@dataclass(frozen=True, slots=True)
class _Kept(Generic[V]):
    made_at: float
    names: Names
    value: V


class Freshness:
    """When something was last written under each name, as far as this process has seen."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._looked_at = float("-inf")
        self._seen_to: int | None = None
        self._written: dict[str, float] = {}
        self._all = float("-inf")

    def look(self, house: House, actor: Actor) -> None:
        """Ask what was written since the last look; one caller asks, the others wait only if that was long ago."""
        age = time.monotonic() - self._looked_at
        if age < LOOK_EVERY_SECONDS or not self._lock.acquire(blocking=age > LOOK_AT_LEAST_EVERY_SECONDS):
            return
        try:
            if time.monotonic() - self._looked_at >= LOOK_EVERY_SECONDS:
                self._ask(house, actor)
        finally:
            self._lock.release()

    def has_changed(self, names: Names, *, since: float) -> bool:
        """Whether something was written under one of the names."""
        if since < self._all:
            return True
        return any(self._written.get(name, since) > since for name in names)

    def _ask(self, house: House, actor: Actor) -> None:
        started = time.monotonic()
        since = self._seen_to
        changes = house.db.read(search.changes, actor, since=since or 0)
        if since is None or changes.is_all or len(self._written) > MOST_NAMES:
            self._written = {}
            self._all = time.monotonic()
        elif changes.names:
            now = time.monotonic()
            self._written |= dict.fromkeys({*changes.names, ANYTHING}, now)
        self._seen_to, self._looked_at = changes.seen_to, started


def _no_names(_value: object) -> Names:
    return frozenset()


class Shelf(Generic[V]):
    """Answers of one kind, the least recently asked for falling off first."""

    def __init__(self, *, most: int, max_age: float, heeds_changes: bool) -> None:
        self.hits = self.misses = 0
        self._most, self._max_age, self._heeds_changes = most, max_age, heeds_changes
        self._kept: OrderedDict[Hashable, _Kept[V]] = OrderedDict()
        self._lock = Lock()

    def get(
        self, key: Hashable, freshness: Freshness, make: Callable[[], V], *, named: Callable[[V], Names] = _no_names
    ) -> V:
        """Give what is kept under the key, or make it anew; `named` says under which names it is written."""
        now = time.monotonic()
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and self._is_good(kept, freshness, now):
                self._kept.move_to_end(key)
                self.hits += 1
                return kept.value
            self.misses += 1
        value = make()
        with self._lock:
            self._kept[key] = _Kept(now, named(value), value)
            self._kept.move_to_end(key)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value

    def _is_good(self, kept: _Kept[V], freshness: Freshness, now: float) -> bool:
        if now - kept.made_at > self._max_age:
            return False
        return not (self._heeds_changes and freshness.has_changed(kept.names, since=kept.made_at))


@dataclass(frozen=True, slots=True)
class Shelves:
    """What this process keeps of the answers it gave."""

    freshness: Freshness = field(default_factory=Freshness)
    understood: Shelf[Understood] = field(
        default_factory=lambda: Shelf(most=300, max_age=30, heeds_changes=True),
    )
    pages: Shelf[Shown] = field(
        default_factory=lambda: Shelf(most=4_000, max_age=30, heeds_changes=True),
    )
    facets: Shelf[Facets] = field(
        default_factory=lambda: Shelf(most=2_000, max_age=20, heeds_changes=False),
    )


@lru_cache(maxsize=2)
def shelves_of(house: House) -> Shelves:
    """The shelves of a house: one process has one of each."""
    del house
    return Shelves()


def find(actor: Actor, house: House, *, query: Query) -> Found:
    """One page of an answer, kept or made anew."""
    search.ask_to_look(actor)
    query, shelves = query.tidy(), shelves_of(house)
    shelves.freshness.look(house, actor)
    understood = _understood(actor, house, query.words, shelves) if query.words else None
    shown = shelves.pages.get(
        query,
        shelves.freshness,
        lambda: house.db.read(search.shown, actor, query=query, understood=understood),
        named=lambda page: _names(query, understood) | {f"product:{product_id}" for product_id in page.product_ids},
    )
    filters = query.filters
    facets = shelves.facets.get(
        filters,
        shelves.freshness,
        lambda: house.db.read(search.facets, actor, query=filters, understood=understood),
    )
    return Found(shown=shown, facets=facets, corrected=understood.corrected if understood else None)


def _understood(actor: Actor, house: House, words: str, shelves: Shelves) -> Understood:
    asked = tuple(words.split())
    return shelves.understood.get(
        words,
        shelves.freshness,
        lambda: house.db.read(search.understand, actor, words=asked),
        named=lambda understood: frozenset(f"word:{word}" for word in (*asked, *understood.words)),
    )


def _names(query: Query, understood: Understood | None) -> Names:
    """The narrowest names under which whatever belongs on a page is written."""
    if query.store_id is not None:
        return frozenset({f"store:{query.store_id}"})
    if query.brands:
        return frozenset(f"brand:{brand}" for brand in query.brands)
    if query.category is not None:
        return frozenset({f"category:{query.category}"})
    return frozenset(f"word:{word}" for word in understood.words) if understood else frozenset({ANYTHING})
