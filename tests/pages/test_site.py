"""The built site, served from memory."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from httpx import Response
from starlette.testclient import TestClient

from pages.site import IMMUTABLE, Site


@pytest.fixture
def site(tmp_path: Path) -> TestClient:
    files = {
        "index.html": '<!DOCTYPE html><html lang="en"><head>home',
        "ar.html": '<!DOCTYPE html><html lang="en"><head>home in Arabic',
        "cart.html": '<!DOCTYPE html><html lang="en"><head>cart',
        "404.html": "not there",
        "__spa-fallback.html": "some product",
        "icons.svg": "<svg/>",
        "assets/page-Bk3.js": "let page",
        "assets/reflex-env-1.js": "var e={EVENT:`ws://localhost:8000/_event`}",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
    (tmp_path / "cart.html.gz").write_bytes(gzip.compress(b"the cart, compressed when it was built"))
    return TestClient(Site(tmp_path, is_page=lambda path: path.startswith("/p/")))


class TestSite:
    def test_serves_a_page_with_and_without_its_slash(self, site: TestClient) -> None:
        assert site.get("/cart", headers={"accept-encoding": ""}).text == '<!DOCTYPE html><html lang="en"><head>cart'
        assert site.get("/cart/").status_code == 200
        assert site.get("/").text == '<!DOCTYPE html><html lang="en"><head>home'

    def test_prefers_what_was_compressed_when_it_was_built(self, site: TestClient) -> None:
        answer = site.get("/cart", headers={"accept-encoding": "gzip"})

        assert answer.headers["content-encoding"] == "gzip"
        assert answer.text == "the cart, compressed when it was built"

    def test_answers_with_the_shell_where_the_path_holds_a_name(self, site: TestClient) -> None:
        answer = site.get("/p/FX014077964964")

        assert (answer.status_code, answer.text) == (200, "some product")

    def test_says_that_nothing_is_there(self, site: TestClient) -> None:
        answer = site.get("/nothing")

        assert (answer.status_code, answer.text) == (404, "not there")

    def test_never_leaves_its_folder(self, site: TestClient) -> None:
        assert site.get("/../../etc/passwd").status_code == 404
        assert site.get("/%2e%2e/%2e%2e/etc/passwd").status_code == 404

    def test_refuses_to_be_written_to(self, site: TestClient) -> None:
        answer = site.post("/cart")

        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")

    def test_lets_hashed_files_be_kept_for_ever_and_asks_for_pages_each_time(self, site: TestClient) -> None:
        assert site.get("/assets/page-Bk3.js").headers["cache-control"] == IMMUTABLE
        assert site.get("/cart").headers["cache-control"] == "no-cache"

    def test_spares_the_browser_what_it_has(self, site: TestClient) -> None:
        etag = site.get("/cart").headers["etag"]

        again = site.get("/cart", headers={"if-none-match": etag})

        assert (again.status_code, again.content) == (304, b"")

    def test_says_that_arabic_pages_are_arabic(self, site: TestClient) -> None:
        assert site.get("/ar").text == '<!DOCTYPE html><html lang="ar" dir="rtl"><head>home in Arabic'

    def test_sends_events_to_wherever_the_page_came_from(self, site: TestClient) -> None:
        assert "location.origin" in site.get("/assets/reflex-env-1.js").text

    def test_forbids_being_framed(self, site: TestClient) -> None:
        assert "frame-ancestors 'none'" in site.get("/").headers["content-security-policy"]

    def test_greets_with_pages_only(self, tmp_path: Path) -> None:
        for name in ("index.html", "icons.svg", "404.html"):
            (tmp_path / name).write_text("")
        site = TestClient(
            Site(tmp_path, is_page=lambda _: False, greet=lambda _request, response: response.set_cookie("device", "1"))
        )

        assert "set-cookie" in site.get("/").headers
        assert "set-cookie" not in site.get("/icons.svg").headers

    def test_says_so_when_the_pages_are_not_built(self, tmp_path: Path) -> None:
        empty = TestClient(Site(tmp_path, is_page=lambda _: False))

        with pytest.raises(FileNotFoundError, match="The pages are not built"):
            empty.get("/")


@dataclass(frozen=True)
class Written:
    status: int = 200
    head: str = "<title>Kettle</title>"
    body: str = '<main id="first">Kettle</main>'
    location: str = ""


SHELL = '<!DOCTYPE html><html lang="en"><head><title>Shop</title></head><body><div>page</div></body></html>'


class TestFirstHtml:
    @pytest.fixture
    def asked(self, tmp_path: Path) -> Callable[[Written | None, str], Response]:
        (tmp_path / "__spa-fallback.html").write_text(SHELL)
        (tmp_path / "404.html").write_text("not there")

        def ask(first: Written | None, path: str) -> Response:
            site = Site(tmp_path, is_page=lambda _path: True, first=lambda _path: first)
            answer: Response = TestClient(site, follow_redirects=False).get(path)
            return answer

        return ask

    def test_stands_in_the_page(self, asked: Callable[[Written | None, str], Response]) -> None:
        answer = asked(Written(), "/p/FX1")

        assert "<head><title>Kettle</title></head>" in answer.text
        assert '<div>page</div><main id="first">Kettle</main></body>' in answer.text
        assert answer.headers["cache-control"] == "public, max-age=30"
        assert "set-cookie" not in answer.headers

    def test_says_its_language(self, asked: Callable[[Written | None, str], Response]) -> None:
        assert '<html lang="ar" dir="rtl">' in asked(Written(), "/ar/c/kettles").text

    def test_of_nothing_is_not_found(self, asked: Callable[[Written | None, str], Response]) -> None:
        answer = asked(Written(404, "", ""), "/p/FX1")

        assert (answer.status_code, answer.text) == (404, "not there")

    def test_leads_on(self, asked: Callable[[Written | None, str], Response]) -> None:
        answer = asked(Written(301, "", "", "/p/FX2"), "/p/FX1")

        assert (answer.status_code, answer.headers["location"]) == (301, "/p/FX2")

    def test_is_left_out_where_there_is_none(self, asked: Callable[[Written | None, str], Response]) -> None:
        assert asked(None, "/p/FX1").text == SHELL
