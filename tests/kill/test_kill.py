"""Processes are killed in the middle of the whole story, and nothing that was acknowledged is lost or done twice."""

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import Final

import httpx
import pytest

from marketplace import ops
from marketplace.identity import SystemRole
from marketplace.settings import Profile
from tests.kill.journal import Journal
from tests.kill.story import Story
from tests.kill.town import KILLER, STOCK, Town, database_of, reading, settle, variables_of
from tests.stacks import RunningStack, clear, stack

SALES: Final = int(os.environ.get("MARKETPLACE_KILL_SALES", "8"))
"""How many checkouts of two orders each are lived through; two hundred prove it, eight are for every day."""

AT_ONCE: Final = 4
SECONDS_BETWEEN_KILLS: Final = 5.0
SECONDS_TO_DELIVER: Final = 120.0
PARTS: Final = ("granian", "tasks.app worker", "marketplace.relay", "bin/postgres")
"""Whom the killer looks for, in turn."""

UNTAKEN: Final = "SELECT state, count(*) FROM deliveries WHERE state <> 'taken' GROUP BY state"
UNRELAYED: Final = "SELECT count(*) FROM outbox_messages WHERE relayed_at IS NULL"
UNSEALED: Final = "SELECT count(*) FROM unsealed_transactions"
TRADED: Final = """
    SELECT (SELECT count(*) FROM checkout_groups), (SELECT count(*) FROM orders WHERE state = 'delivered'),
           (SELECT count(*) FROM orders), (SELECT count(*) FROM cash_collections),
           (SELECT count(DISTINCT order_id) FROM cash_collections),
           (SELECT count(*) FROM hand_overs WHERE state = 'accepted'), (SELECT count(*) FROM hand_overs)
"""
STOCKED: Final = """
    SELECT stock.on_hand, stock.reserved, stock.allocated,
           sum(movements.on_hand), sum(movements.reserved), sum(movements.allocated)
    FROM stock JOIN movements USING (listing_id) GROUP BY stock.listing_id
"""

pytestmark = [pytest.mark.kill, pytest.mark.timeout(3_600)]


@pytest.fixture
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """A stack without demo and without pages: the story is told over REST."""
    pages = tmp_path_factory.mktemp("no-pages")
    pages.chmod(0o755)
    variables = {"MARKETPLACE_FRONTEND_DIR": str(pages)}
    started = stack(Profile.SAUDI, "--no-demo", variables=variables)
    yield started.start()
    clear(started)


class Killer(threading.Thread):
    """Kills one part after the other, until it is told to stop; every part at least once."""

    def __init__(self, running: RunningStack) -> None:
        super().__init__(daemon=True)
        self._running, self._is_enough = running, threading.Event()
        self.killed: list[str] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        for number, part in enumerate(cycle(PARTS)):
            if self._is_enough.is_set() and number >= len(PARTS):
                return
            time.sleep(SECONDS_BETWEEN_KILLS)
            try:
                self._running.kill(part)
            except AssertionError as error:
                self.error = error
                return
            self.killed.append(part)

    def stop(self) -> None:
        """Let the last one come back."""
        self._is_enough.set()
        self.join()
        if self.error is not None:
            raise self.error


def lived(running: RunningStack, town: Town) -> tuple[list[Journal], list[str]]:
    """Live all stories through, several at once; gives the journals and the numbers of all orders."""
    journals: list[Journal] = []
    numbers: list[str] = []

    def live(share: int) -> None:
        with httpx.Client(base_url=f"{running.url}/api/v1", timeout=30) as http:
            journal = Journal(http)
            journals.append(journal)
            for buyer in town.buyers[share::AT_ONCE]:
                numbers.extend(Story(town, journal, buyer, town.agents[share]).tell())

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        for told in [crowd.submit(live, share) for share in range(AT_ONCE)]:
            told.result()
    return journals, numbers


class TestKill:
    def test_loses_nothing_and_does_nothing_twice(self, running: RunningStack) -> None:
        secret = variables_of(running.data_dir)["MARKETPLACE_SECRET_KEY"]
        with database_of(running.data_dir) as database:
            town = database.transact(settle, KILLER, secret=secret, buyers=SALES, agents=AT_ONCE)
            killer = Killer(running)
            killer.start()

            journals, numbers = lived(running, town)
            killer.stop()

            assert set(killer.killed) == set(PARTS)
            assert len(numbers) == len(set(numbers)) == 2 * SALES
            with httpx.Client(base_url=f"{running.url}/api/v1", timeout=30) as http:
                for journal in journals:
                    journal.http = http
                    assert [entry.path for entry in journal.replayed()] == []
            assert database.read(reading(TRADED), KILLER) == [
                (SALES, 2 * SALES, 2 * SALES, 2 * SALES, 2 * SALES, SALES, SALES)
            ]
            for on_hand, *held in database.read(reading(STOCKED), KILLER):
                assert (on_hand, *held) == (STOCK - SALES, 0, 0, -SALES, 0, 0)
            self._is_all_taken(running)
            finance = town.officers[SystemRole.FINANCE].standing.actor
            agreement = database.read(ops.agreement, finance)
            assert (agreement.orders, agreement.agrees) == (2 * SALES, True), agreement

    def _is_all_taken(self, running: RunningStack) -> None:
        end = time.monotonic() + SECONDS_TO_DELIVER
        with database_of(running.data_dir) as database:
            while True:
                asked = (UNTAKEN, UNRELAYED, UNSEALED)
                left = [row for what in asked for row in database.read(reading(what), KILLER)]
                if left == [(0,), (0,)]:
                    return
                assert time.monotonic() < end, left
                time.sleep(1)
