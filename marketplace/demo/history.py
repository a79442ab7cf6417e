"""Ninety days of trade: the newest day by day before the doors open, the older ones two by two behind them.

Two older days are one unit for each half of the shops, in which everything that was ordered there runs its whole
course: those who are at work by now never see half of it, and who buys meanwhile waits for a moment at most. Of what
was over months ago nobody is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from marketplace import bootstrap, flows, notifications
from marketplace.demo.beside import beside
from marketplace.demo.deeds import Company
from marketplace.demo.plan import DAYS, LAST_HOUR, RECENT_DAYS, Circle, Deed, Offers, Script
from marketplace.demo.stage import Scene, Stage, Told
from marketplace.demo.stocking import Shelf, units
from marketplace.events import UNORDERED
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor
from marketplace.kernel.work import UnitOfWork

DAYS_AT_ONCE: Final = 2
ENOUGH: Final = 60
"""Units on a shelf from which months may be sold."""

NEW_HANDS: Final = ("agent", "agent2", "agent3")
UNREAD_DAYS: Final = 2

OLD_HANDS: Final = (("agent4", "agent6"), ("agent5", "agent7"))
"""Those who carried the older orders, two for each half of the shops: what others carry today is theirs alone."""


def newest_days(stage: Stage, shelves: Sequence[Shelf], listings: Told) -> None:
    """Live the last two weeks, a unit a day, and let everybody be told of each day at its end."""
    company = Company(stage, listings, NEW_HANDS)
    until = stage.moment(1, LAST_HOUR)
    deeds = _script(stage, [_everybody(stage, shelves)]).days(RECENT_DAYS, 1, until=until)
    for day in range(RECENT_DAYS, 0, -1):
        evening = stage.moment(day, 23.5)
        begun = stage.moment(day, 0)
        today = [deed for deed in deeds if begun <= deed.at < begun + timedelta(days=1)]
        told = stage.play(f"day {day}", _scene(company, today), at=evening)
        company.numbers.update(told["numbers"])
        company.carriers.update(told["carriers"])
        company.stops.update(told["stops"])
    _tell_everybody(stage)
    stage.play("bells", _Bells(stage), at=stage.moment(0, 0))


def older_days(stage: Stage, shelves: Sequence[Shelf], listings: Told) -> Iterator[tuple[int, int]]:
    """Live the days before, the newest of them first; yields how many are done, and of how many.

    Two processes live them, one in each of two circles that share nothing.
    """
    lives = Lives(stage.today, stage.people, listings)
    with beside(len(OLD_HANDS)) as hands:
        for turn, last in enumerate(range(RECENT_DAYS + 1, DAYS + 1, DAYS_AT_ONCE)):
            first = min(last + DAYS_AT_ONCE - 1, DAYS)
            circles = _circles(stage, shelves, turn=turn)
            deeds = _script(stage, circles).days(first, last, until=stage.moment(1, LAST_HOUR))
            spans = [
                Span(f"days {last} on, {agents[0]}", agents, stage.moment(last, 12), tuple(filter(circle.has, deeds)))
                for agents, circle in zip(OLD_HANDS, circles, strict=True)
            ]
            begun = [hands.submit(lives.live, span) for span in spans if not stage.was_played(span.name)]
            for one in begun:
                one.result()
            yield first, DAYS


@dataclass(frozen=True, slots=True)
class Span:
    """What is done in one circle about everything that was ordered there in some days."""

    name: str
    agents: tuple[str, ...]
    at: datetime
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class Lives:
    """Everything that must be known to live some days: it travels to the process that does."""

    today: date
    people: Mapping[str, Any]
    listings: Told

    def live(self, span: Span) -> None:
        """Live some days with a house of this process's own."""
        stage = replace(Stage.of(bootstrap.house()), today=self.today, people=self.people)
        company = Company(stage, self.listings, span.agents, may_wait=False)
        stage.play(span.name, _scene(company, span.deeds), at=span.at, is_quiet=True)


def _scene(company: Company, deeds: Sequence[Deed]) -> Scene:
    def play(uow: UnitOfWork) -> Told:
        company.perform(uow, deeds)
        return {"numbers": company.numbers, "carriers": company.carriers, "stops": company.stops}

    return play


def _script(stage: Stage, circles: Sequence[Circle]) -> Script:
    return Script(stage.moment, circles, profile.chosen().currency)


def _everybody(stage: Stage, shelves: Sequence[Shelf]) -> Circle:
    return Circle(_offers(shelves), stage.cast.buyers, stage.cast.neighbors)


def _circles(stage: Stage, shelves: Sequence[Shelf], *, turn: int) -> list[Circle]:
    """Two halves of the shops with two halves of the neighbors, who change sides from time to time.

    The doors are open by now: whoever signs in as a buyer has that buyer's cart in his hands.
    """
    neighbors, count = stage.cast.neighbors, len(OLD_HANDS)
    found = []
    for half in range(count):
        side = neighbors[(half + turn) % count :: count]
        found.append(Circle(_offers(shelves[half::count]), side[:1], side[1:]))
    return found


def _offers(shelves: Sequence[Shelf]) -> Offers:
    return {shelf.shop.code: [ware for ware in shelf.goods if units(ware) >= ENOUGH] for shelf in shelves}


def _tell_everybody(stage: Stage) -> None:
    """Let every consumer take in what has happened; each says when it was."""
    names = {name.removeprefix(UNORDERED) for listed in flows.consumers().values() for name in listed}
    db = stage.db_at(stage.moment(0, 0), name="news")
    for name in sorted(names):
        while flows.take_in_batch(db, consumer=name):
            pass


@dataclass(frozen=True, slots=True)
class _Bells:
    """The scene in which everybody reads what is older than two days."""

    stage: Stage

    def __call__(self, uow: UnitOfWork) -> Told:
        """Read it, person by person."""
        since = self.stage.moment(UNREAD_DAYS, 0)
        return {login: self._read(self.stage.actor(login), uow, since) for login in self.stage.people}

    def _read(self, actor: Actor, uow: UnitOfWork, since: datetime) -> int:
        cursor: str | None = None
        while True:
            page = notifications.newest(actor, uow.session, cursor=cursor, limit=100)
            old = next((one for one in page.items if one.made_at < since), None)
            if old is not None:
                return notifications.read_all(actor, uow, up_to=old.id)
            if page.next_cursor is None:
                return 0
            cursor = page.next_cursor
