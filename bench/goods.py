"""What the bench trades in: the real catalog where it is, else the demo's goods, and five hundred buyers."""

import csv
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, text
from sqlmodel import Session

from marketplace import bootstrap, fees, flows, identity, inventory, taxes
from marketplace.demo.shelves import wares
from marketplace.identity import Door, Keys, Standing, StoreKind, StoreView, mint
from marketplace.inventory import AdjustReason
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.clock import utc_now
from marketplace.kernel.ids import ListingId
from marketplace.kernel.work import Database, UnitOfWork, Wiring
from marketplace.settings import RUNNING, Profile
from tests.factories.people import make_store
from tests.stacks import RunningStack

CATALOG: Final = Path(os.environ.get("BENCH_CATALOG", "../shared/data/bestbuy/catalog.csv"))
COLUMNS: Final = "title=name,description=short_description+long_description,category=category_path,sku=upc"
HEADINGS: Final = (
    "upc", "name", "brand", "short_description", "long_description", "category_path", "price", "stock",
)  # fmt: skip
ROWS_OF_THE_SECOND: Final = 2_000
IN_CARTS: Final = 200
"""So many listings of each vendor are bought; the same few are popular."""
IN_STOCK: Final = 100_000

ADDRESS: Final = {
    "recipient": "Nora",
    "phone": "+966501234567",
    "line1": "7421 Anas Rd",
    "city": "Riyadh",
    "country": "SA",
}

BENCH: Final = system("bench")
SOLD: Final = text("SELECT id FROM listings WHERE store_id = :store AND is_live ORDER BY id LIMIT :most")
OVERSOLD: Final = text("""
    SELECT count(*) FROM stock LEFT JOIN (
        SELECT listing_id, sum(quantity) AS held FROM reservations WHERE state = 'active' GROUP BY listing_id
    ) held USING (listing_id)
    WHERE on_hand < reserved + allocated OR reserved <> coalesce(held.held, 0)
""")
UNDELIVERED: Final = text("""
    SELECT (SELECT count(*) FROM deliveries WHERE state <> 'taken')
         + (SELECT count(*) FROM outbox_messages WHERE relayed_at IS NULL)
""")


@dataclass(frozen=True, slots=True)
class Trade:
    """Who sells what, and who buys."""

    vendors: tuple[Standing, ...]
    buyers: tuple[Standing, ...]
    keys: Keys

    def token(self, standing: Standing) -> str:
        """A token that lasts for a quarter of an hour."""
        return identity_token(standing, self.keys)


def identity_token(standing: Standing, keys: Keys) -> str:
    """Show who somebody is."""
    return str(mint(standing, keys=keys, now=utc_now()))


def no_pages(started: RunningStack) -> Path:
    """An empty folder: only REST is measured, and pages take a minute to build."""
    folder = started.data_dir.parent / "no-pages"
    folder.mkdir()
    folder.chmod(0o755)
    return folder


@contextmanager
def database_of(data_dir: Path) -> Iterator[Database]:
    """Open the database of a running stack from beside it."""
    profile.choose(profile.SAUDI)
    engine = create_engine(running(data_dir)["DATABASE_URL"], pool_pre_ping=True)
    reading = engine.execution_options(isolation_level="AUTOCOMMIT")
    wiring = Wiring(consumers=flows.consumers(), constraints=bootstrap.constraints(), clock=utc_now)
    yield Database(engine, reading, wiring=wiring)
    engine.dispose()


def running(data_dir: Path) -> dict[str, str]:
    """What a running stack says of itself."""
    return dict(line.split("=", 1) for line in (data_dir / RUNNING).read_text().splitlines())


def settle(_actor: Actor, uow: UnitOfWork, *, secret: str, buyers: int) -> tuple[Trade, tuple[StoreView, ...]]:
    """Let two vendors and the buyers move in."""
    taxes.install_default(uow)
    fees.install_default(uow)

    def standing(kind: StoreKind) -> tuple[Standing, StoreView]:
        user, store = make_store(uow, kind=kind)
        entered = identity.enter(uow, user_id=user.id, store_id=store.id, door=Door.CLIENT, at=utc_now())
        return entered.standing, store

    selling = [standing(StoreKind.VENDOR) for _ in range(2)]
    buying = [standing(StoreKind.BUYER)[0] for _ in range(buyers)]
    trade = Trade(tuple(who for who, _ in selling), tuple(buying), Keys.of(secret))
    return trade, tuple(store for _, store in selling)


def catalog(folder: Path) -> Path:
    """The real catalog where it lies beside the project; else the demo's goods in its columns."""
    if CATALOG.exists():
        return CATALOG.resolve()
    written = folder / "catalog.csv"
    with written.open("w", newline="", encoding="utf-8") as to:
        writer = csv.writer(to)
        writer.writerow(HEADINGS)
        for ware in wares(str(Profile.SAUDI), profile.SAUDI.currency):
            price = f"{ware.price.minor / 100:.2f}"
            writer.writerow((ware.barcode, ware.title, ware.brand, ware.description, "", ware.category, price, 40))
    return written


def second_file(first: Path, folder: Path) -> Path:
    """The first rows of the catalog, for the second vendor: the same products at his own prices."""
    written = folder / "second.csv"
    with first.open(newline="", encoding="utf-8") as source, written.open("w", newline="", encoding="utf-8") as to:
        writer = csv.writer(to)
        writer.writerows(itertools.islice(csv.reader(source, skipinitialspace=True), ROWS_OF_THE_SECOND + 1))
    return written


def stock_up(_actor: Actor, uow: UnitOfWork, *, vendor: Standing) -> list[ListingId]:
    """Put plenty of some listings on the vendor's shelf; gives which."""
    rows = uow.session.connection().execute(SOLD, {"store": vendor.store_id, "most": IN_CARTS})
    chosen = [ListingId(row.id) for row in rows]
    for listing_id in chosen:
        inventory.adjust(vendor.actor, uow, listing_id=listing_id, kind=AdjustReason.RECEIVE, quantity=IN_STOCK)
    return chosen


def oversold(_actor: Actor, session: Session) -> int:
    """Count the listings of which more was promised than is there, or other than was bought."""
    return int(session.connection().execute(OVERSOLD).scalar_one())


def undelivered(_actor: Actor, session: Session) -> int:
    """Count the facts that somebody has yet to hear of."""
    return int(session.connection().execute(UNDELIVERED).scalar_one())
