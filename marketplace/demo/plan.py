"""The script: who orders what on which day, and what becomes of it. Nothing here touches the house."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from random import Random
from typing import Final

from marketplace.demo.cast import Trader
from marketplace.demo.shelves import Ware
from marketplace.demo.stage import SEED

DAYS: Final = 90
RECENT_DAYS: Final = 14
BASKETS: Final = (3, 2, 3, 2, 3)
"""How many are filled on one day and the next: some three hundred orders in all."""

REGULARS: Final = 0.45
"""How many of all baskets the regulars of a circle fill."""

SEVERAL_SHOPS: Final = 0.25
AT_THE_FIRST: Final = frozenset({10, 20})
"""Baskets of the newest days that go to the first shop, which visitors see first: one waits there, one is packed."""

SAMPLED: Final = 0.2
"""How often somebody looks at samples too."""

CAPS: Final = {"SAR": 900_00, "USD": 480_00}
"""What one order comes to at most, so that an agent may carry the cash of a day."""

LATE: Final = 4
"""One in so many parcels is fetched in the afternoon."""

MISCOUNTED: Final = 2
"""The day whose cash is still being looked into."""

PAY_EVERY: Final = 3
"""After so many days finance sent what had been proposed, in the months before."""

LAST_HOUR: Final = 16.0
"""When the last day is left as it is, with parcels on the road."""


class Fate(StrEnum):
    """What becomes of an order."""

    STRAIGHT = "straight"
    PARTLY = "partly"
    REJECTED = "rejected"
    BUYER_CANCELS = "buyer_cancels"
    VENDOR_CANCELS = "vendor_cancels"
    UNANSWERED = "unanswered"
    SECOND_TRY = "second_try"
    COMES_BACK = "comes_back"
    HELD = "held"
    OTHER_SUM = "other_sum"


USUAL: Final = (
    *(Fate.STRAIGHT,) * 24,
    *(Fate.PARTLY,) * 3,
    *(Fate.SECOND_TRY,) * 3,
    *(Fate.REJECTED,) * 2,
    *(Fate.BUYER_CANCELS,) * 2,
    Fate.VENDOR_CANCELS,
    Fate.UNANSWERED,
    Fate.COMES_BACK,
    Fate.HELD,
    Fate.OTHER_SUM,
)

EARLY: Final = frozenset({Fate.COMES_BACK, Fate.SECOND_TRY})
"""Ordered early in the day, so that they come as far as they shall before the last hour."""

RECENT: Final[Mapping[int, tuple[Fate, ...]]] = {
    14: (Fate.STRAIGHT, Fate.UNANSWERED, Fate.STRAIGHT),
    13: (Fate.UNANSWERED, Fate.STRAIGHT, Fate.PARTLY),
    12: (Fate.STRAIGHT, Fate.REJECTED, Fate.STRAIGHT),
    11: (Fate.STRAIGHT, Fate.STRAIGHT, Fate.SECOND_TRY),
    10: (Fate.STRAIGHT, Fate.BUYER_CANCELS, Fate.STRAIGHT),
    9: (Fate.HELD, Fate.PARTLY, Fate.OTHER_SUM),
    8: (Fate.STRAIGHT, Fate.STRAIGHT, Fate.UNANSWERED),
    7: (Fate.COMES_BACK, Fate.STRAIGHT, Fate.VENDOR_CANCELS),
    6: (Fate.STRAIGHT, Fate.UNANSWERED, Fate.STRAIGHT, Fate.STRAIGHT),
    5: (Fate.COMES_BACK, Fate.STRAIGHT, Fate.STRAIGHT, Fate.STRAIGHT),
    4: (Fate.COMES_BACK, Fate.STRAIGHT, Fate.PARTLY, Fate.STRAIGHT),
    3: (Fate.SECOND_TRY, Fate.STRAIGHT, Fate.STRAIGHT, Fate.OTHER_SUM, Fate.STRAIGHT),
    2: (Fate.STRAIGHT, Fate.STRAIGHT, Fate.HELD, Fate.OTHER_SUM, Fate.SECOND_TRY, Fate.STRAIGHT, Fate.STRAIGHT),
    1: (Fate.STRAIGHT, Fate.PARTLY, Fate.STRAIGHT, Fate.HELD, Fate.STRAIGHT, Fate.STRAIGHT, Fate.STRAIGHT),
}
"""So that the newest days show every state there is."""


class Verb(StrEnum):
    """What is done."""

    BUY = "buy"
    ACCEPT = "accept"
    ACCEPT_PARTLY = "accept_partly"
    REJECT = "reject"
    CANCEL = "cancel"
    CALL_OFF = "call_off"
    HOLD = "hold"
    RESUME = "resume"
    PACK = "pack"
    ASSIGN = "assign"
    PICK_UP = "pick_up"
    FAIL = "fail"
    DELIVER = "deliver"
    COLLECT = "collect"
    OFFER_LESS = "offer_less"
    ALLOW = "allow"
    TAKE_BACK = "take_back"
    SWEEP = "sweep"
    SETTLE = "settle"
    PAY = "pay"
    HAND_OVER = "hand_over"
    COUNT = "count"
    MISCOUNT = "miscount"
    BRING_IN = "bring_in"


@dataclass(frozen=True, slots=True)
class Basket:
    """What somebody buys at once: units of products, by shop."""

    number: int
    buyer: str
    wants: Mapping[str, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that is done at its time; for a basket and one of its shops, where it is about an order."""

    at: datetime
    verb: Verb
    basket: Basket | None = None
    shop: str = ""

    @property
    def order(self) -> str:
        """The order it is about, until it has a number."""
        return f"{self.basket.number}:{self.shop}" if self.basket else ""


Moment = Callable[[int, float], datetime]
Offers = Mapping[str, Sequence[Ware]]
"""What each shop sells that is not nearly sold out."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Shops, and those who buy there: what is done in one circle touches no shelf and no cart of another."""

    offers: Offers
    regulars: Sequence[Trader]
    others: Sequence[Trader]

    def has(self, deed: Deed) -> bool:
        """Whether it is done here: what is about no basket is done in every circle."""
        return deed.basket is None or not self.offers.keys().isdisjoint(deed.basket.wants)


@dataclass(frozen=True, slots=True)
class Script:
    """The script of some days: from the first, so many days ago, to the last."""

    moment: Moment
    circles: Sequence[Circle]
    currency: str

    def days(self, first: int, last: int, *, until: datetime) -> list[Deed]:
        """Everything that is done with what was ordered on these days, in its order; nothing after that instant."""
        placed = [deed for day in range(first, last - 1, -1) for deed in self._day(day)]
        final = 1 if last == 1 else max(1, last - RECENT_DAYS)
        pays = range(first, final - 1, -1) if last == 1 else (max(final, 2), *range(first, final, -PAY_EVERY))
        routine = [deed for day in range(first, final - 1, -1) for deed in self._routine(day, pays=day in pays)]
        shown = [deed for deed in (*placed, *routine) if deed.at <= until or deed.verb is Verb.BUY]
        return sorted(shown, key=lambda deed: deed.at)

    def _day(self, day: int) -> Iterator[Deed]:
        chance = Random(f"{SEED}:day:{day}")  # noqa: S311 (the same days every time)
        fates = RECENT.get(day) or tuple(chance.choice(USUAL) for _ in range(BASKETS[day % len(BASKETS)]))
        for index, fate in enumerate(fates):
            circle = self.circles[(day + index) % len(self.circles)]
            basket = self._basket(day * 10 + index, circle, chance, fate)
            hour = chance.uniform(8.5, 13.5) if index % 2 else chance.uniform(8.5, 22.0)
            if day == 1 and fate is Fate.PARTLY:
                hour = _NOON
            if fate in EARLY:
                hour = _OPENING
            yield Deed(self.moment(day, hour), Verb.BUY, basket)
            for nth, shop in enumerate(basket.wants):
                course = Course(self.moment, chance, basket, shop)
                yield from course.run(fate if nth == 0 else Fate.STRAIGHT, day, hour)

    def _basket(self, number: int, circle: Circle, chance: Random, fate: Fate) -> Basket:
        buyer = chance.choice(circle.regulars if chance.random() < REGULARS else circle.others)
        count = 2 if chance.random() < SEVERAL_SHOPS else 1
        shops = chance.sample(sorted(circle.offers), count)
        if number in AT_THE_FIRST:
            shops = list(circle.offers)[:1]
        several = fate is Fate.PARTLY
        wants = {shop: self._wants(circle.offers[shop], chance, is_several=several) for shop in shops}
        return Basket(number, buyer.login, wants)

    def _wants(self, offers: Sequence[Ware], chance: Random, *, is_several: bool) -> tuple[tuple[int, int], ...]:
        left, wants = CAPS[self.currency], dict[int, int]()
        proper = [ware for ware in offers if not ware.is_sample]
        for _ in range(9 if is_several else chance.choice((1, 2, 2, 3, 4))):
            ware = chance.choice(offers if chance.random() < SAMPLED else proper)
            units = min(chance.choice((1, 1, 1, 2, 2, 3, 6)), left // ware.price.minor)
            if is_several:
                units = min(units, 1)
            if units and ware.number not in wants:
                wants[ware.number] = units
                left -= units * ware.price.minor
        if not wants:
            cheapest = min(offers, key=lambda ware: (ware.price.minor, ware.number))
            wants[cheapest.number] = 1
        return tuple(wants.items())

    def _routine(self, day: int, *, pays: bool) -> Iterator[Deed]:
        yield Deed(self.moment(day, 2.5), Verb.SWEEP)
        yield Deed(self.moment(day, 3.0), Verb.SETTLE)
        if pays and day > 1:
            yield Deed(self.moment(day, 10.5), Verb.PAY)
        yield Deed(self.moment(day, 22.5), Verb.HAND_OVER)
        yield Deed(self.moment(day, 23.0), Verb.MISCOUNT if day == MISCOUNTED else Verb.COUNT)
        if day == 1:
            yield Deed(self.moment(day, 15.7), Verb.BRING_IN)


@dataclass(frozen=True, slots=True)
class Course:
    """The course of one order, as deeds in time."""

    moment: Moment
    chance: Random
    basket: Basket
    shop: str

    def run(self, fate: Fate, day: int, hour: float) -> Iterator[Deed]:
        """What is done about an order that was placed then."""
        if fate is Fate.PARTLY and len(self.basket.wants[self.shop]) == 1:
            fate = Fate.STRAIGHT
        match fate:
            case Fate.UNANSWERED:
                return
            case Fate.BUYER_CANCELS:
                yield self._do(Verb.CANCEL, day, hour + 0.4)
                return
            case Fate.REJECTED:
                yield self._do(Verb.REJECT, day, hour + 0.7)
                return
        answer = Verb.ACCEPT_PARTLY if fate is Fate.PARTLY else Verb.ACCEPT
        decided = hour + self.chance.uniform(0.3, 1.4)
        yield self._do(answer, day, decided)
        if fate is Fate.VENDOR_CANCELS:
            yield self._do(Verb.CALL_OFF, day, decided + 1.5)
            return
        if fate is Fate.HELD:
            yield self._do(Verb.HOLD, day, decided + 0.5)
            yield self._do(Verb.RESUME, day - 1, self.chance.uniform(16.5, 17.5))
            yield from self._road(fate, day - 1, 18.0)
            return
        same_day = decided < _NOON
        yield from self._road(fate, day if same_day else day - 1, self.chance.uniform(14.0, 15.9))

    def _road(self, fate: Fate, day: int, packed: float) -> Iterator[Deed]:
        yield self._do(Verb.PACK, day, packed)
        day -= 1
        yield self._do(Verb.ASSIGN, day, self.chance.uniform(8.2, 8.9))
        is_late = fate is Fate.STRAIGHT and self.basket.number % LATE == 0
        yield self._do(Verb.PICK_UP, day, 16.2 if is_late else self.chance.uniform(9.2, 11.0))
        if fate is Fate.COMES_BACK:
            yield from self._back(day)
            return
        if fate is Fate.SECOND_TRY:
            yield self._do(Verb.FAIL, day, self.chance.uniform(12.0, 15.5))
            day -= 1
            yield self._do(Verb.PICK_UP, day, self.chance.uniform(9.2, 10.5))
        yield from self._door(fate, day, self.chance.uniform(16.8 if is_late else 11.5, 19.5))

    def _door(self, fate: Fate, day: int, hour: float) -> Iterator[Deed]:
        if fate is Fate.OTHER_SUM:
            hour = min(hour, _NOON)
        yield self._do(Verb.DELIVER, day, hour)
        if fate is not Fate.OTHER_SUM:
            yield self._do(Verb.COLLECT, day, hour + 0.05)
            return
        yield self._do(Verb.OFFER_LESS, day, hour + 0.05)
        yield self._do(Verb.ALLOW, day - 1, 9.0)

    def _back(self, day: int) -> Iterator[Deed]:
        for attempt in range(3):
            if attempt:
                yield self._do(Verb.PICK_UP, day - attempt, self.chance.uniform(9.2, 10.5))
            yield self._do(Verb.FAIL, day - attempt, self.chance.uniform(12.0, 15.5))
        yield self._do(Verb.TAKE_BACK, day - 3, self.chance.uniform(10.0, 15.0))

    def _do(self, verb: Verb, day: int, hour: float) -> Deed:
        return Deed(self.moment(day, hour), verb, self.basket, self.shop)


_NOON: Final = 13.5
_OPENING: Final = 9.0
