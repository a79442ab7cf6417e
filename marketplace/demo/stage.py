"""The stage of the demo world: a clock of its own, chance that repeats itself, and who everybody is by now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

from marketplace import flows, idempotency
from marketplace.demo.cast import CASTS, Cast
from marketplace.flows import Answer, checking
from marketplace.idempotency import Wish
from marketplace.identity import Standing, StoreRole, SystemRole
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.errors import Refusal
from marketplace.kernel.ids import SessionId, StoreId, UserId, new_uuid
from marketplace.kernel.work import Database, UnitOfWork
from marketplace.ports import House

SEED: Final = 2026
SCOPE: Final = "demo"
FOREVER: Final = 36_500
DIRECTOR: Final = system("demo")

Told = dict[str, Any]
"""What a scene leaves behind for the next ones, as JSON."""

Scene = Callable[[UnitOfWork], Told]


@dataclass
class Stage:
    """The house, opened at made-up times, and what the scenes so far have left behind."""

    house: House
    cast: Cast
    today: date
    zone: ZoneInfo
    people: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, house: House) -> "Stage":
        """Set the stage for today."""
        zone = ZoneInfo(profile.chosen().time_zone)
        now = house.db.now()
        return cls(
            house=house,
            cast=CASTS[profile.chosen().name],
            today=now.astimezone(zone).date(),
            zone=zone,
        )

    def moment(self, days_ago: int, hour: float) -> datetime:
        """A time of day, so many days ago, where the marketplace is."""
        midnight = datetime.combine(self.today - timedelta(days=days_ago), time(), tzinfo=self.zone)
        return midnight + timedelta(hours=hour)

    def db_at(self, at: datetime, *, name: str, is_quiet: bool = False) -> Database:
        """Open the house at a made-up time, with chance of that name; quiet, nobody is told of what happens."""
        chance = Random(f"{SEED}:{name}")  # noqa: S311 (a world that is the same every time)
        return self.house.db.at(lambda: at, chance=chance, is_quiet=is_quiet)

    def play(self, name: str, scene: Scene, *, at: datetime, is_quiet: bool = False) -> Told:
        """Play a scene once, in one unit; played before, it only tells again what it left behind.

        What it wrote is sealed after it: it happened long ago and would look late, and no schedule may run yet.
        """
        wish = Wish(scope=SCOPE, key=name, fingerprint=name, keeps_days=FOREVER)

        def command(_actor: Actor, uow: UnitOfWork) -> Told:
            return scene(uow)

        db = self.db_at(at, name=name, is_quiet=is_quiet)
        answer = db.transact(flows.once, DIRECTOR, wish=wish, command=command, presenter=_AsJson())
        checking.seal(self.house)
        told: Told = orjson.loads(answer.body)
        return told

    def was_played(self, name: str) -> bool:
        """Whether a scene is over."""
        try:
            self.house.db.transact(
                _look, DIRECTOR, wish=Wish(scope=SCOPE, key=name, fingerprint=name, keeps_days=FOREVER)
            )
        except _NotYet:
            return False
        return True

    def actor(self, login: str) -> Actor:
        """Somebody of the cast, in his own store."""
        known = self.people[login]
        store = known.get("store")
        return Standing(
            user_id=UserId(UUID(known["user"])),
            session_id=SessionId(new_uuid()),
            store_id=StoreId(UUID(store)) if store else None,
            role=StoreRole.OWNER if store else None,
            can_buy=bool(store) and not known["sells"],
            can_sell=bool(store) and known["sells"],
            system_roles=tuple(SystemRole(role) for role in known["roles"]),
        ).actor


class _NotYet(Exception):  # noqa: N818 (it undoes the look)
    """The scene was not played."""


def _look(_actor: Actor, uow: UnitOfWork, *, wish: Wish) -> None:
    if idempotency.claim(uow, wish=wish) is None:
        raise _NotYet


class _AsJson:
    """Keeps what a scene left behind; a refusal in a scene is a mistake of ours."""

    def view(self, view: Told) -> Answer:
        """Write it down."""
        return Answer("played", orjson.dumps(view))

    def refusal(self, refusal: Refusal) -> Answer:
        """Fall out of the scene."""
        raise refusal
