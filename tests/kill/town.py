"""The people and goods that the story needs, put straight into the database of a running stack."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine
from sqlmodel import Session

from marketplace import bootstrap, fees, flows, identity, taxes
from marketplace.identity import Door, Keys, Standing, StoreKind, SystemRole, mint
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.clock import utc_now
from marketplace.kernel.ids import ListingId, StoreId, UserId
from marketplace.kernel.work import Database, UnitOfWork, Wiring
from marketplace.settings import RUNNING
from tests.factories.people import make_officer, make_store
from tests.factories.shelves import make_product, put_on_sale

OFFICERS: Final = (SystemRole.DISPATCHER, SystemRole.CASHIER, SystemRole.FINANCE)
STOCK: Final = 10_000


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody, and how he shows who he is."""

    standing: Standing
    keys: Keys

    @property
    def headers(self) -> dict[str, str]:
        """A token that has just been given."""
        return {"Authorization": f"Bearer {mint(self.standing, keys=self.keys, now=utc_now())}"}

    @property
    def user_id(self) -> str:
        """Who he is."""
        return str(self.standing.user_id)


@dataclass(frozen=True, slots=True)
class Town:
    """Two shops with one thing each, agents, officers, and as many buyers as there are sales."""

    vendors: Mapping[str, Someone]
    """By their store."""
    listings: tuple[ListingId, ...]
    agents: tuple[Someone, ...]
    buyers: tuple[Someone, ...]
    officers: Mapping[SystemRole, Someone]


@contextmanager
def database_of(data_dir: Path) -> Iterator[Database]:
    """Open the database of a stack from beside it."""
    url = variables_of(data_dir)["DATABASE_URL"]
    engine = create_engine(url, pool_pre_ping=True)
    reading = engine.execution_options(isolation_level="AUTOCOMMIT")
    yield Database(
        engine, reading, wiring=Wiring(consumers=flows.consumers(), constraints=bootstrap.constraints(), clock=utc_now)
    )
    engine.dispose()


def variables_of(data_dir: Path) -> dict[str, str]:
    """What a running stack says of itself."""
    lines = (data_dir / RUNNING).read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def settle(_actor: Actor, uow: UnitOfWork, *, secret: str, buyers: int, agents: int) -> Town:
    """Let everybody move in."""
    taxes.install_default(uow)
    fees.install_default(uow)
    keys = Keys.of(secret)

    def come(user_id: UserId, store_id: StoreId | None = None) -> Someone:
        entered = identity.enter(uow, user_id=user_id, store_id=store_id, door=Door.CLIENT, at=utc_now())
        return Someone(entered.standing, keys)

    shops = [make_store(uow, kind=StoreKind.VENDOR) for _ in range(2)]
    homes = [make_store(uow) for _ in range(buyers)]
    shelf = [
        put_on_sale(uow, make_product(uow, "Kettle", owner=store.id), store=store.id, price=20_00, stock=STOCK)
        for _, store in shops
    ]
    return Town(
        vendors={str(store.id): come(user.id, store.id) for user, store in shops},
        listings=tuple(sold.listing.id for sold in shelf),
        agents=tuple(come(make_officer(uow, SystemRole.AGENT).id) for _ in range(agents)),
        buyers=tuple(come(user.id, store.id) for user, store in homes),
        officers={role: come(make_officer(uow, role).id) for role in OFFICERS},
    )


KILLER: Final = system("kill")


def reading(query: str) -> "Question":
    """A question in SQL, for what no slice would tell."""
    return Question(query)


@dataclass(frozen=True, slots=True)
class Question:
    """Rows out of the database."""

    query: str

    def __call__(self, _actor: Actor, session: Session) -> list[tuple[object, ...]]:
        return [tuple(row) for row in session.connection().exec_driver_sql(self.query)]
