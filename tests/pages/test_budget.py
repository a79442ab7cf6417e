"""What a browser has to fetch before it can show a page, read from the build."""

import gzip
import re
from pathlib import Path

import pytest

from marketplace.settings import Environment, Profile
from marketplace.stack.frontend import PROJECT, Frontend

SHOP_JS = 170 * 1024
CSS = 20 * 1024
LAZY_ONLY = ("plotly", "recharts")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=list(Profile), ids=str)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of each profile, as the stories that come later find them."""
    log = tmp_path_factory.mktemp("build") / "pages.log"
    return Frontend(request.param, Environment.DEVELOPMENT, log).build()


def _weight(built: Path, page: Path, kind: str) -> int:
    fetched = set(re.findall(rf'"/(assets/[^"]+\.{kind})"', page.read_text()))
    return sum(len(gzip.compress((built / name).read_bytes(), 6)) for name in fetched)


def _pages(built: Path) -> list[Path]:
    return [page for page in built.rglob("*.html") if page.name != "index.html" or page.parent == built]


class TestBudget:
    def test_holds_for_the_script_of_every_shop_page(self, built: Path) -> None:
        working = re.compile(r"(^|/)(vendor|admin|agent|styleguide)(/|\.html|$)")
        shop = [page for page in _pages(built) if not working.search(page.relative_to(built).as_posix())]
        weights = {page.relative_to(built).as_posix(): _weight(built, page, "js") for page in shop}

        assert weights
        assert {page: weight for page, weight in weights.items() if weight > SHOP_JS} == {}

    def test_holds_for_the_style_of_every_page(self, built: Path) -> None:
        assert {page.name for page in _pages(built) if _weight(built, page, "css") > CSS} == set()

    def test_lets_nobody_pay_for_charts_that_are_not_there(self, built: Path) -> None:
        names = [name for page in _pages(built) for name in re.findall(r"assets/([^\"]+)\.js", page.read_text())]

        assert [name for name in names if any(heavy in name for heavy in LAZY_ONLY)] == []

    def test_holds_no_radix(self) -> None:
        assert "radix-ui" not in (PROJECT / ".web" / "package.json").read_text()
