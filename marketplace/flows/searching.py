"""Answering the same question many times: answers are kept in this process for as long as nothing in them changed.

What was written is asked of the database four times a second, under the names by which lists hold a product: itself,
its categories, its brand, its stores, the words of its name. An answer is thrown away when something was written under
its names, so a new price is seen at once and the rest stays. Figures beside a list (facets, totals) outlast what is
written for a while, the longer the more they cost: some seconds in a small shop, five minutes at most in a large one.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Final, Generic, TypeVar

from sqlmodel import Session

from marketplace import search
from marketplace.kernel.actor import Actor
from marketplace.ports import House
from marketplace.search import Counts, Facets, Found, Query, Shown, Understood

V = TypeVar("V")
Names = frozenset[str]

LOOK_EVERY_SECONDS: Final = 0.25
LOOK_AT_LEAST_EVERY_SECONDS: Final = 1.0
MOST_NAMES: Final = 50_000

LEAST_PATIENCE_SECONDS: Final = 5.0
MOST_PATIENCE_SECONDS: Final = 300.0
SECONDS_A_SECOND: Final = 10_000
"""How long a figure outlasts a change for each second that it took: what changes and is asked all the time costs a
ten-thousandth then."""

LONGEST_SECONDS: Final = 900.0
"""However little has changed: what no name stands for, such as the wording of a category, is seen by then."""

ANYTHING: Final = "anything"
"""The name under which everything is written."""


def _nameless(_value: object) -> Names:
    return frozenset()


class Freshness:
    """When something was last written under each name, as far as this process has seen."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._looked_at = float("-inf")
        self._seen_to: int | None = None
        self._written: dict[str, float] = {}
        self._all = float("-inf")

    @property
    def is_recent(self) -> bool:
        """Whether the last look is so near that no other is due."""
        return time.monotonic() - self._looked_at < LOOK_EVERY_SECONDS

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


@dataclass(frozen=True, slots=True)
class _Kept(Generic[V]):
    made_at: float
    bears_changes_until: float
    good_until: float
    names: Names
    value: V

    def is_good(self, freshness: Freshness) -> bool:
        """Whether it may be given still."""
        now = time.monotonic()
        if now > self.good_until:
            return False
        return now < self.bears_changes_until or not freshness.has_changed(self.names, since=self.made_at)


class Shelf(Generic[V]):
    """Answers of one kind, the least recently asked for falling off first."""

    def __init__(self, *, most: int, max_age: float) -> None:
        self.hits = self.misses = 0
        self._most, self._max_age = most, max_age
        self._kept: OrderedDict[Hashable, _Kept[V]] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable, freshness: Freshness) -> V | None:
        """What is kept under the key, where it is good still."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or not kept.is_good(freshness):
                return None
            self._kept.move_to_end(key)
            return kept.value

    def demand(self, key: Hashable, freshness: Freshness) -> V:
        """What is kept under the key; `KeyError` where nothing good is."""
        found = self.find(key, freshness)
        if found is None:
            raise KeyError(key)
        return found

    def get(
        self, key: Hashable, freshness: Freshness, make: Callable[[], V], *, named: Callable[[V], Names] = _nameless
    ) -> V:
        """What is kept under the key, or else made anew; `named` says under which names it is written."""
        found = self.find(key, freshness)
        if found is not None:
            self.hits += 1
            return found
        self.misses += 1
        started = time.monotonic()
        value = make()
        ended = time.monotonic()
        bears = started + self._patience(ended - started)
        self._put(key, _Kept(started, bears, ended + self._max_age, named(value), value))
        return value

    def _patience(self, took: float) -> float:  # noqa: ARG002 (a dear shelf asks)
        return 0.0

    def _put(self, key: Hashable, kept: _Kept[V]) -> None:
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def keep_nothing(self) -> None:
        """Answer everything anew from now on."""
        self._most = 0


class DearShelf(Shelf[V]):
    """Answers that bear changes for a while, the longer the more they cost."""

    def _patience(self, took: float) -> float:
        return min(MOST_PATIENCE_SECONDS, max(LEAST_PATIENCE_SECONDS, took * SECONDS_A_SECOND))


@dataclass(frozen=True, slots=True)
class Shelves:
    """What this process keeps of the answers it gave."""

    freshness: Freshness = field(default_factory=Freshness)
    understood: Shelf[Understood] = field(default_factory=lambda: Shelf(most=4_000, max_age=LONGEST_SECONDS))
    pages: Shelf[Shown] = field(default_factory=lambda: Shelf(most=6_000, max_age=LONGEST_SECONDS))
    counts: Shelf[Counts] = field(default_factory=lambda: DearShelf(most=6_000, max_age=LONGEST_SECONDS))


@lru_cache(maxsize=2)
def shelves_of(house: House) -> Shelves:
    """The shelves of a house: one process has one of each. They stay empty where the house keeps no answers."""
    shelves = Shelves()
    if not house.keeps_answers:
        for shelf in (shelves.understood, shelves.pages, shelves.counts):
            shelf.keep_nothing()
    return shelves


def find(actor: Actor, house: House, *, query: Query) -> Found:
    """One page of an answer, kept or made anew."""
    search.ask_to_look(actor)
    query, shelves = query.tidy(), shelves_of(house)
    shelves.freshness.look(house, actor)
    return _kept(shelves, query) or house.db.read(_made, actor, query=query, shelves=shelves)


def at_hand(actor: Actor, house: House, *, query: Query) -> Found | None:
    """The same without asking anybody, for a tidy question: what this process can answer at once, or nothing."""
    search.ask_to_look(actor)
    shelves = shelves_of(house)
    return _kept(shelves, query) if shelves.freshness.is_recent else None


def _kept(shelves: Shelves, query: Query) -> Found | None:
    """A whole answer off the shelves; part of one is none."""
    fresh = shelves.freshness
    shown = shelves.pages.find(query, fresh)
    if shown is None:
        return None
    try:
        facets = Facets.counted(query.filters, lambda one: shelves.counts.demand(one, fresh))
    except KeyError:
        return None
    understood = shelves.understood.find(query.words, fresh) if query.words else None
    if query.words and understood is None:
        return None
    shelves.pages.hits += 1
    return Found(shown=shown, facets=facets, corrected=understood.corrected if understood else None)


def _made(actor: Actor, session: Session, *, query: Query, shelves: Shelves) -> Found:
    fresh = shelves.freshness
    understood = _understood(actor, session, query.words, shelves) if query.words else None
    shown = shelves.pages.get(
        query,
        fresh,
        lambda: search.shown(actor, session, query=query, understood=understood),
        named=lambda page: _names(query, understood) | {f"product:{product_id}" for product_id in page.product_ids},
    )

    def counted(one: Query) -> Counts:
        return shelves.counts.get(
            one,
            fresh,
            lambda: search.counts(actor, session, query=one, understood=understood),
            named=lambda _counts: _names(one, understood),
        )

    facets = Facets.counted(query.filters, counted)
    return Found(shown=shown, facets=facets, corrected=understood.corrected if understood else None)


def _understood(actor: Actor, session: Session, words: str, shelves: Shelves) -> Understood:
    asked = tuple(words.split())
    return shelves.understood.get(
        words,
        shelves.freshness,
        lambda: search.understand(actor, session, words=asked),
        named=lambda understood: frozenset(f"word:{word}" for word in (*asked, *understood.words)),
    )


def _names(query: Query, understood: Understood | None) -> Names:
    """The narrowest names under which whatever belongs in an answer is written."""
    if query.store_id is not None:
        return frozenset({f"store:{query.store_id}"})
    if query.brands:
        return frozenset(f"brand:{brand}" for brand in query.brands)
    if query.category is not None:
        return frozenset({f"category:{query.category}"})
    return frozenset(f"word:{word}" for word in understood.words) if understood else frozenset({ANYTHING})
