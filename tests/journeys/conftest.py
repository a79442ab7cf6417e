"""What journeys stand on: real stacks, one for each profile, and a real browser."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect, sync_playwright

from marketplace.settings import Profile
from tests.journeys.chromium import launched, playwright_node
from tests.journeys.people import PASSWORD, Trade
from tests.stacks import RunningStack, clear, stack

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
A_SECOND_OR_SO = 5_000
"""Pages change within a second of the other side's act; a busy machine is forgiven a few more."""
RESULTS = Path(__file__).parents[2] / "test-results"

Opened = Callable[..., Page]


@pytest.fixture(scope="session")
def saudi() -> Iterator[RunningStack]:
    """The running marketplace of the profile saudi, with its demo world and a movable clock."""
    yield from _running(Profile.SAUDI)


@pytest.fixture(scope="session")
def oklahoma() -> Iterator[RunningStack]:
    """The running marketplace of the profile oklahoma, with its demo world and a movable clock."""
    yield from _running(Profile.OKLAHOMA)


@pytest.fixture(params=list(Profile), ids=str)
def marketplace(request: pytest.FixtureRequest) -> RunningStack:
    """Each of the two, one after the other."""
    running: RunningStack = request.getfixturevalue(str(request.param))
    return running


@pytest.fixture
def trade(marketplace: RunningStack) -> Iterator[Trade]:
    """The marketplace with its demo people, over REST."""
    currency = "SAR" if marketplace.profile is Profile.SAUDI else "USD"
    with httpx.Client(base_url=f"{marketplace.url}/api/v1", timeout=30) as http:
        yield Trade(marketplace, http, currency)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of browsers."""
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(playwright_node())
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all journeys."""
    expect.set_options(timeout=15_000)
    with launched(playwright) as running:
        yield running


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Opened]:
    """Open a page as somebody new: `visit(stack, "/cart", phone=True)`; everybody has cookies of his own."""
    contexts: list[BrowserContext] = []

    def open_page(running: RunningStack, path: str = "/", *, phone: bool = False, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=running.url,
            viewport=PHONE if phone else DESKTOP,
            has_touch=phone,
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        settled(page)
        return page

    yield open_page
    if getattr(request.node, "has_failed", False):
        _photograph(contexts, request.node.nodeid)
    for context in contexts:
        context.close()


def settled(page: Page) -> Page:
    """Wait until a page has its state: until then a click may be early."""
    page.wait_for_function("document.querySelector('[data-testid=ready]')?.dataset.hydrated === '1'", timeout=30_000)
    return page


def signed_in(visit: Opened, running: RunningStack, login: str, path: str, *, phone: bool = False) -> Page:
    """Open a page as somebody of the demo."""
    page = visit(running, f"/sign-in?next={path}", phone=phone)
    page.get_by_label("Email").fill(f"{login}@demo.test")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_test_id("sign-in").click()
    page.wait_for_url(lambda url: urlsplit(url).path == path)
    return settled(page)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember that a test failed, so that its pages are photographed before they close."""
    report = yield
    if report.when == "call" and report.failed:  # type: ignore[attr-defined]  # the report of the inner hook
        item.has_failed = True  # type: ignore[attr-defined]  # a note to our own fixture
    return report


def _running(profile: Profile) -> Iterator[RunningStack]:
    started = stack(profile, variables={"MARKETPLACE_CLOCK": "movable"})
    yield started.start()
    clear(started)


def _photograph(contexts: list[BrowserContext], name: str) -> None:
    RESULTS.mkdir(exist_ok=True)
    stem = re.sub(r"[^\w.-]+", "-", name)[-120:]
    for number, page in enumerate(page for context in contexts for page in context.pages):
        page.screenshot(path=RESULTS / f"{stem}-{number}.png", full_page=True)
