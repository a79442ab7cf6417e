"""`poe bench`: a whole stack, the real catalog and a busy day; the median of three rounds, and one keeping nothing."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Literal

import httpx
from prometheus_client.parser import text_string_to_metric_families

from bench import goods
from bench.goods import BENCH, COLUMNS, Trade, database_of
from bench.probe import Probe
from bench.questions import DEEP, Question, questions, shares
from bench.report import Figures, Round, medians
from marketplace.kernel.ids import ListingId
from marketplace.kernel.work import Database
from marketplace.settings import Profile
from tests.stacks import RunningStack, clear, stack

ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "3"))
SECONDS: Final = int(os.environ.get("BENCH_SECONDS", "60"))
BUYERS: Final = int(os.environ.get("BENCH_BUYERS", "600"))
LOOKS: Final = float(os.environ.get("BENCH_LOOKS_PER_SECOND", "550"))
BUYS: Final = float(os.environ.get("BENCH_BUYS_PER_SECOND", "55"))
WRITTEN: Final = Path(os.environ.get("BENCH_RESULT", "bench-result.json"))
LOOKERS: Final = 60
SHOPPERS: Final = 20
"""So many check out at a time, each as soon as it is his turn and his last answer is there."""
SAMPLES: Final = 40
"""So often the figures are asked for: each answer is one process's."""
LONGEST_WAIT: Final = timedelta(minutes=5).total_seconds()
WARMING: Final = 15


@dataclass(frozen=True, slots=True)
class Day:
    """Everything that a round needs."""

    running: RunningStack
    database: Database
    trade: Trade
    listings: tuple[Sequence[ListingId], ...]
    questions: tuple[list[Question], list[Question]]
    probed: str
    """Whose price is changed: nobody buys it, or his quote would not hold."""

    @property
    def api(self) -> str:
        """Where REST is."""
        return f"{self.running.url}/api/v1"


def main() -> int:
    """Run it all, print and write the figures; the exit code says whether the median kept every promise."""
    with _day() as day:
        rounds = [_round(day) for _ in range(ROUNDS)]
    with _day(MARKETPLACE_KEEPS_ANSWERS="false") as day:
        bare = _round(day)
    middle = medians(rounds)
    report = {
        "median": asdict(middle),
        "rounds": [asdict(one) | {"broken": one.broken()} for one in rounds],
        "keeping_nothing": asdict(bare),
        "broken": middle.broken(),
    }
    WRITTEN.write_text(json.dumps(report, indent=2), encoding="utf-8")
    sys.stdout.write(json.dumps({key: report[key] for key in ("median", "keeping_nothing", "broken")}, indent=2) + "\n")
    return 1 if report["broken"] else 0


@contextmanager
def _day(**variables: str) -> Iterator[Day]:
    """A stack with its goods, its people and its questions."""
    started = stack(Profile.SAUDI, "--no-demo", "--workers", "2", variables=variables)
    started.variables = {**variables, "MARKETPLACE_FRONTEND_DIR": str(goods.no_pages(started))}
    try:
        started.start()
        secret = goods.running(started.data_dir)["MARKETPLACE_SECRET_KEY"]
        with database_of(started.data_dir) as database:
            trade, stores = database.transact(goods.settle, BENCH, secret=secret, buyers=BUYERS)
            catalog = goods.catalog(started.data_dir.parent)
            files = (catalog, goods.second_file(catalog, started.data_dir.parent))
            for file, store in zip(files, stores, strict=True):
                started.run("catalog", "import", str(file), "--vendor", store.slug, "--map", COLUMNS)
            chosen = tuple(database.transact(goods.stock_up, BENCH, vendor=vendor) for vendor in trade.vendors)
            _until_delivered(database)
            with httpx.Client(base_url=f"{started.url}/api/v1", timeout=60) as http:
                asked = questions(http, seed=1)
            (probed, *first), *others = chosen
            yield Day(started, database, trade, (first, *others), asked, probed=str(probed))
    finally:
        clear(started)


def _round(day: Day) -> Round:
    """Look for a while, then buy for a while, with the probe beside both; then wait until all is heard."""
    _load(day, "Looking", seconds=WARMING)
    before = _kept(day)
    probe = Probe(day.api, day.trade.token(day.trade.vendors[0]), day.probed)
    probe.start()
    calls = _load(day, "Looking", seconds=SECONDS)
    after = _kept(day)
    calls |= _load(day, "Buying", seconds=SECONDS)
    shown = probe.stop()
    waited = _until_delivered(day.database)
    asked = sum(after.values()) - sum(before.values())
    return Round(
        calls=calls,
        seconds_to_show=shown,
        seconds_to_deliver=waited,
        oversold=day.database.read(goods.oversold, BENCH),
        kept_share=(after["kept"] - before["kept"]) / asked if asked > 0 else None,
    )


def _load(day: Day, doing: Literal["Looking", "Buying"], *, seconds: int) -> dict[str, Figures]:
    """Let locust loose for a while."""
    plain, deep = day.questions
    plan = {
        "tokens": [day.trade.token(buyer) for buyer in day.trade.buyers],
        "questions": plain,
        "shares": shares(len(plain)),
        "deep": deep,
        "deep_shares": shares(len(deep)),
        "share_deep": DEEP,
        "address": goods.ADDRESS,
        "listings": [[str(listing) for listing in some] for some in day.listings],
        "looks_per_second": LOOKS,
        "lookers": LOOKERS,
        "buys_per_second": BUYS,
        "shoppers": SHOPPERS,
    }
    written = day.running.data_dir.parent / "plan.json"
    written.write_text(json.dumps(plan), encoding="utf-8")
    users = str(LOOKERS if doing == "Looking" else SHOPPERS)
    command = [
        *(sys.executable, "-m", "locust", "-f", "bench/locustfile.py", doing, "--headless", "--host", day.api),
        *("--users", users, "--spawn-rate", users, "--run-time", f"{seconds}s", "--json", "--loglevel", "ERROR"),
    ]
    ran = subprocess.run(  # noqa: S603  our own command
        command, env={**os.environ, "BENCH_PLAN": str(written)}, check=False, capture_output=True, text=True
    )
    try:
        stats: list[Mapping[str, Any]] = json.loads(ran.stdout)
    except ValueError:
        raise SystemExit(f"The load did not run: {ran.stderr[-2_000:]}") from None
    return {str(stat["name"]): Figures.of(stat) for stat in stats}


def _kept(day: Day) -> dict[str, float]:
    """Count the lists answered out of what was kept, and the others, over all web processes."""
    processes: dict[float, dict[str, float]] = {}
    for _ in range(SAMPLES):
        page = httpx.get(f"{day.running.url}/metrics").text
        samples = [sample for family in text_string_to_metric_families(page) for sample in family.samples]
        started = next(one.value for one in samples if one.name == "process_start_time_seconds")
        processes[started] = {
            one.labels["outcome"]: one.value for one in samples if one.name == "marketplace_lists_answered"
        }
    return {outcome: sum(one.get(outcome, 0.0) for one in processes.values()) for outcome in ("kept", "anew")}


def _until_delivered(database: Database) -> float:
    """Wait until every fact is heard of; gives for how long."""
    started = time.monotonic()
    while database.read(goods.undelivered, BENCH):
        if time.monotonic() - started > LONGEST_WAIT:
            break
        time.sleep(0.5)
    return round(time.monotonic() - started, 1)


if __name__ == "__main__":
    sys.exit(main())
