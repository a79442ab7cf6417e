"""`poe bench-import`: the real catalog into an empty marketplace, until its last row can be found and bought.

Timed three times, from the command to a checkout of the last listing; then once more with a SIGKILL in the middle and
the same command again, which must leave the same database, but for what was bought. Where the schedule has finished
the rows meanwhile, the second command finds them unchanged; what became of each is read from the first.
"""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import Any, Final

import httpx
from sqlalchemy import text
from sqlmodel import Session

from bench import goods
from bench.goods import BENCH, COLUMNS, Trade, database_of
from marketplace.identity import StoreView
from marketplace.kernel.actor import Actor
from marketplace.kernel.work import Database
from marketplace.settings import Profile
from tests.stacks import RunningStack, clear, plain_environment, stack

ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "3"))
WRITTEN: Final = Path(os.environ.get("BENCH_RESULT", "bench-import-result.json"))
ROWS_PER_SECOND: Final = 1_000
MOST_MEGABYTES: Final = 500
PATIENCE_SECONDS: Final = 120.0
LOOK_EVERY: Final = 0.1
KIBIBYTE: Final = 1024
MEGABYTE: Final = 1_000_000

DONE: Final = text("SELECT count(DISTINCT number) FROM import_results")
LAST: Final = text("""
    SELECT listings.id, products.fsin, products.title FROM listings JOIN products ON products.id = product_id
    JOIN stock ON stock.listing_id = listings.id
    WHERE is_live AND on_hand > 0 ORDER BY listings.id DESC LIMIT 1
""")
WHAT_IS_THERE: Final = text("""
    WITH offered AS (
        SELECT concat_ws('|', p.title, p.brand, p.upc, p.description, p.attributes, c.slug, nullif(l.sku, p.fsin),
                         l.state, l.is_live, r.price_minor, r.version, s.on_hand, s.version, d.product_id IS NOT NULL,
                         (SELECT count(*) FROM movements m WHERE m.listing_id = l.id AND m.kind <> 'reserve')) AS said
        FROM listings l JOIN products p ON p.id = l.product_id JOIN categories c ON c.id = p.category_id
        LEFT JOIN prices r ON r.listing_id = l.id LEFT JOIN stock s ON s.listing_id = l.id
        LEFT JOIN search_documents d ON d.product_id = p.id
    ), told AS (
        SELECT concat_ws('|', number, place, status, field, code) AS said FROM import_results
        WHERE import_id = (SELECT min(id::text)::uuid FROM imports)
    )
    SELECT (SELECT count(*) FROM offered), (SELECT md5(string_agg(said, E'\\n' ORDER BY said)) FROM offered),
           (SELECT count(*) FROM told), (SELECT md5(string_agg(said, E'\\n' ORDER BY said)) FROM told)
""")


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one import."""

    rows: int
    seconds_to_import: float
    seconds_to_buy: float
    peak_megabytes: float
    said: str

    @property
    def rows_per_second(self) -> float:
        """Rows a second, until the last of them could be found and bought."""
        return round(self.rows / self.seconds_to_buy, 1)


@dataclass(frozen=True, slots=True)
class Empty:
    """A marketplace with one vendor, and nothing on its shelves."""

    running: RunningStack
    database: Database
    trade: Trade
    vendor: StoreView
    file: Path

    def command(self) -> tuple[str, ...]:
        """What anybody would type."""
        return ("catalog", "import", str(self.file), "--vendor", self.vendor.slug, "--map", COLUMNS)


def main() -> int:
    """Run it all, print and write the figures; the exit code says whether every promise was kept."""
    taken, straight = [], ()
    for _ in range(ROUNDS):
        with _empty() as empty:
            taken.append(_timed(empty))
            straight = empty.database.read(_what_is_there, BENCH)
    with _empty() as empty:
        killed_at = _killed(empty)
        empty.running.run(*empty.command())
        _until_heard(empty.database)
        is_same = empty.database.read(_what_is_there, BENCH) == straight
    rate = median(one.rows_per_second for one in taken)
    peak = max(one.peak_megabytes for one in taken)
    report: Mapping[str, Any] = {
        "rows_per_second": rate,
        "peak_megabytes": peak,
        "rounds": [asdict(one) | {"rows_per_second": one.rows_per_second} for one in taken],
        "killed": {"after_rows": killed_at, "leaves_the_same_database": is_same},
    }
    WRITTEN.write_text(json.dumps(report, indent=2), encoding="utf-8")
    sys.stdout.write(json.dumps(report, indent=2) + "\n")
    return 0 if rate >= ROWS_PER_SECOND and peak < MOST_MEGABYTES and is_same else 1


@contextmanager
def _empty() -> Iterator[Empty]:
    started = stack(Profile.SAUDI, "--no-demo", "--workers", "2")
    started.variables = {"MARKETPLACE_FRONTEND_DIR": str(goods.no_pages(started))}
    try:
        started.start()
        secret = goods.running(started.data_dir)["MARKETPLACE_SECRET_KEY"]
        with database_of(started.data_dir) as database:
            trade, stores = database.transact(goods.settle, BENCH, secret=secret, buyers=1)
            yield Empty(started, database, trade, stores[0], goods.catalog(started.data_dir.parent))
    finally:
        clear(started)


def _timed(empty: Empty) -> Taken:
    began = time.monotonic()
    process = _launch(empty)
    said = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    imported = time.monotonic() - began
    if status:
        raise SystemExit(f"The import failed: {said[-2_000:]}")
    _buy(empty, *empty.database.read(_last, BENCH))
    return Taken(
        rows=empty.database.read(_rows_done, BENCH),
        seconds_to_import=round(imported, 1),
        seconds_to_buy=round(time.monotonic() - began, 1),
        peak_megabytes=round(used.ru_maxrss * KIBIBYTE / MEGABYTE, 1),
        said=said.strip().splitlines()[-1],
    )


def _killed(empty: Empty) -> int:
    """Begin, and be killed once a third of the rows are done; gives how many were."""
    process = _launch(empty)
    while empty.database.read(_rows_done, BENCH) < _rows_of(empty.file) // 3:
        if process.poll() is not None:
            raise SystemExit("The import ended before it could be killed.")
        time.sleep(LOOK_EVERY)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return empty.database.read(_rows_done, BENCH)


def _launch(empty: Empty) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603  our own command
        [sys.executable, "-m", "marketplace.cli", *empty.command()],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=plain_environment() | {"MARKETPLACE_DATA_DIR": str(empty.running.data_dir)},
    )


def _buy(empty: Empty, listing_id: str, fsin: str, title: str) -> None:
    """Find the last row as a buyer would, and buy it."""
    token = {"Authorization": f"Bearer {empty.trade.token(empty.trade.buyers[0])}"}
    give_up = time.monotonic() + PATIENCE_SECONDS
    with httpx.Client(base_url=f"{empty.running.url}/api/v1", headers=token, timeout=60) as http:
        while not _is_found(http, fsin, title):
            if time.monotonic() > give_up:
                raise SystemExit(f"{title} could not be found after {PATIENCE_SECONDS:.0f} s.")
            time.sleep(LOOK_EVERY)
        line = {"listing_id": listing_id, "quantity": 1}
        quote = http.put("/cart", json={"lines": [line], "coupon_codes": []}).raise_for_status().json()
        wish = {
            "quote_version": quote["quote_version"],
            "shipping_address": goods.ADDRESS,
            "payment_method": "cash",
        }
        bought = http.post("/checkouts", json=wish, headers={"Idempotency-Key": str(uuid.uuid4())})
        if bought.status_code != HTTPStatus.CREATED:
            raise SystemExit(f"{title} could not be bought: {bought.text}")


def _is_found(http: httpx.Client, fsin: str, title: str) -> bool:
    found = http.get("/products", params={"q": title, "limit": 100}).raise_for_status().json()
    return any(item["fsin"] == fsin for item in found["items"])


def _until_heard(database: Database) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while database.read(goods.undelivered, BENCH) and time.monotonic() < give_up:
        time.sleep(LOOK_EVERY)


def _rows_of(catalog: Path) -> int:
    with catalog.open("rb") as file:
        return sum(1 for _ in file) - 1


def _rows_done(_actor: Actor, session: Session) -> int:
    return int(session.connection().execute(DONE).scalar_one())


def _last(_actor: Actor, session: Session) -> tuple[str, str, str]:
    row = session.connection().execute(LAST).one()
    return str(row.id), row.fsin, row.title


def _what_is_there(_actor: Actor, session: Session) -> tuple[Any, ...]:
    return tuple(session.connection().execute(WHAT_IS_THERE).one())


if __name__ == "__main__":
    sys.exit(main())
