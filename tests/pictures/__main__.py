"""Makes a contact sheet of every page below `pictures/`: `uv run poe pictures`.

It starts a marketplace of each profile, with its demo world; `--at saudi=8123` looks at one that runs instead, and
`--only vendor` makes the sheets of pages whose path holds the word. `--portrait` makes the README's picture alone.
"""

import argparse
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import httpx
from playwright.sync_api import Browser, sync_playwright

from marketplace.settings import Profile
from tests.journeys.chromium import launched, playwright_node
from tests.journeys.people import Trade
from tests.looks.screens import screens
from tests.looks.visitors import visitors
from tests.pictures.portrait import portrait
from tests.pictures.sheets import photographs, sheet
from tests.stacks import RunningStack, clear, stack

FOLDER: Final = Path(__file__).parents[2] / "pictures"
HISTORY_SECONDS: Final = 400.0
QUALITY: Final = 78


def main() -> None:
    """Make the sheets of the profiles that were asked for."""
    asked = _asked()
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(playwright_node())
    with sync_playwright() as driver, launched(driver) as browser:
        for profile in asked.profile or list(Profile):
            with _running(Profile(profile), dict(asked.at)) as running:
                _make(browser, running, asked.only, is_portrait=asked.portrait)


def _make(browser: Browser, running: RunningStack, only: str, *, is_portrait: bool) -> None:
    folder = FOLDER / running.profile
    folder.mkdir(parents=True, exist_ok=True)
    currency = "SAR" if running.profile is Profile.SAUDI else "USD"
    with ExitStack() as opened:
        http = opened.enter_context(httpx.Client(base_url=f"{running.url}/api/v1", timeout=30))
        people = opened.enter_context(visitors(browser, running))
        found = screens(Trade(running, http, currency))
        if is_portrait:
            print(portrait(people, found).relative_to(FOLDER.parent))  # noqa: T201 (its answer)
            return
        for screen in found:
            if only in screen.route.path:
                began = time.monotonic()
                path = folder / f"{screen.name}.webp"
                sheet(photographs(people, screen)).save(path, quality=QUALITY)
                print(f"{path.relative_to(FOLDER.parent)}  {time.monotonic() - began:.1f} s")  # noqa: T201 (its answer)


@contextmanager
def _running(profile: Profile, known: dict[str, str]) -> Iterator[RunningStack]:
    """Take the stack that runs, or start one and wait until its demo world is all there."""
    if profile in known:
        yield RunningStack(Path(), int(known[profile]), profile)
        return
    started = stack(profile)
    try:
        started.start()
        end = time.monotonic() + HISTORY_SECONDS
        while "demo history: done" not in started.output and time.monotonic() < end:
            time.sleep(1)
        yield started
    finally:
        clear(started)


def _asked() -> argparse.Namespace:
    asking = argparse.ArgumentParser(prog="poe pictures", description=__doc__)
    asking.add_argument("--profile", action="append", choices=list(Profile), help="only this profile")
    asking.add_argument("--portrait", action="store_true", help="only the picture of the README")
    asking.add_argument("--only", default="", help="only pages whose path holds this")
    asking.add_argument(
        "--at", action="append", default=[], type=lambda text: tuple(text.split("=", 1)), metavar="PROFILE=PORT",
        help="look at a marketplace that runs with its demo world",
    )  # fmt: skip
    return asking.parse_args()


if __name__ == "__main__":
    main()
