"""The first HTML of shop pages, and what search engines ask for."""

import re
from xml.etree import ElementTree as ET

import orjson
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from marketplace import identity, search
from marketplace.identity import StandingReason
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House
from marketplace.rest import crawlers
from marketplace.rest.cookies import DEVICE_COOKIE
from marketplace.rest.first import First, first_of
from tests.factories.people import make_vendor
from tests.factories.shelves import OnSale, make_product, put_on_sale

TITLE = 'Kettle <b>"small"</b> & more</script>'


@pytest.fixture
def sold(house: House) -> OnSale:
    return house.db.transact(_sell, system("test"))


@pytest.fixture
def crawler(house: House) -> TestClient:
    return TestClient(Starlette(routes=crawlers.ROUTES))


@pytest.fixture
def members_only(house: House) -> None:
    profile.choose(profile.OKLAHOMA)


def _sell(_actor: Actor, uow: UnitOfWork) -> OnSale:
    store = make_vendor(uow, name="Dune & Sons").id
    product = make_product(uow, TITLE, owner=store, title_ar="غلاية", brand="Nordhem")
    sold = put_on_sale(uow, product, store=store, price=1_115_00)
    search.index(uow, product_ids=[product.id])
    return sold


def _merge(_actor: Actor, uow: UnitOfWork, *, old: OnSale, new: OnSale) -> None:
    uow.session.merge(old.product).merge_into(new.product, at=uow.now)


def _stop(_actor: Actor, uow: UnitOfWork, *, sold: OnSale) -> None:
    identity.restrict(uow, store_id=sold.listing.store_id, reason=StandingReason.SUSPENDED)


def written(path: str) -> First:
    first = first_of(path)
    assert first is not None
    return first


class TestProductPage:
    def test_shows_picture_title_price_stock_and_vendor(self, sold: OnSale) -> None:
        first = written(f"/p/{sold.product.fsin}")

        assert first.status == 200
        assert first.body.startswith('<main id="first"><img src="/placeholders/kettles.svg"')
        for words in ("SAR 1,115.00", "In stock", "Dune &amp; Sons", "&lt;b&gt;&quot;small&quot;&lt;/b&gt; &amp; more"):
            assert words in first.body

    def test_tells_machines_the_same(self, sold: OnSale) -> None:
        first = written(f"/p/{sold.product.fsin}")

        (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', first.head)
        told = orjson.loads(data)
        assert (told["name"], told["sku"]) == (TITLE, sold.product.fsin)
        assert told["offers"][0]["price"] == "1115.00"
        assert told["offers"][0]["availability"] == "https://schema.org/InStock"
        assert f'<link rel="canonical" href="http://localhost:8000/p/{sold.product.fsin}">' in first.head
        assert '<meta property="og:image" content="http://localhost:8000/placeholders/kettles.svg">' in first.head

    def test_names_the_browser_of_whoever_comes_here_first(self, sold: OnSale) -> None:
        head = written(f"/p/{sold.product.fsin}").head

        (script,) = [found for found in re.findall(r"<script>(.*?)</script>", head, re.DOTALL) if "cookie" in found]
        assert f'document.cookie = "{DEVICE_COOKIE}="' in script
        assert script.index("return;") < script.index("document.cookie = ")

    def test_speaks_arabic_below_ar(self, sold: OnSale) -> None:
        first = written(f"/ar/p/{sold.product.fsin}")

        assert "<h1>غلاية</h1>" in first.body
        assert f'href="http://localhost:8000/ar/p/{sold.product.fsin}"' in first.head

    def test_is_not_there_for_a_number_of_nothing(self, house: House) -> None:
        assert written("/p/FX000000000000").status == 404

    def test_of_a_merged_product_leads_to_its_survivor(self, house: House, sold: OnSale) -> None:
        new = house.db.transact(_sell, system("test"))
        house.db.transact(_merge, system("test"), old=sold, new=new)

        first = written(f"/ar/p/{sold.product.fsin}")

        assert (first.status, first.location) == (301, f"/ar/p/{new.product.fsin}")


class TestListPages:
    def test_of_a_category_lists_its_products(self, sold: OnSale) -> None:
        first = written("/c/kettles")

        assert "<h1>Kettles</h1>" in first.body
        assert f'<a href="/p/{sold.product.fsin}">' in first.body
        assert written("/c/attic").status == 404

    def test_of_a_shop_lists_its_products(self, house: House, sold: OnSale) -> None:
        slug = house.db.read(lambda _, session: identity.stores_by_id(session, [sold.listing.store_id]), system("test"))

        first = written(f"/v/{slug[sold.listing.store_id].slug}")

        assert "<h1>Dune &amp; Sons</h1>" in first.body
        house.db.transact(_stop, system("test"), sold=sold)
        assert written(f"/v/{slug[sold.listing.store_id].slug}").status == 404

    @pytest.mark.parametrize("path", ["/", "/cart", "/p/", "/p/a/b", "/x/a"])
    def test_leaves_other_pages_alone(self, house: House, path: str) -> None:
        assert first_of(path) is None


class TestCrawlers:
    def test_are_led_to_everything_that_is_shown(self, crawler: TestClient, sold: OnSale) -> None:
        robots = crawler.get("/robots.txt").text
        assert "Sitemap: http://localhost:8000/sitemap.xml" in robots
        assert "Disallow: /ar/cart" in robots

        seen = set()
        for file in ET.fromstring(crawler.get("/sitemap.xml").text).findall(".//{*}loc"):  # noqa: S314 (we wrote it)
            path = str(file.text).removeprefix("http://localhost:8000")
            seen |= {str(one.text) for one in ET.fromstring(crawler.get(path).text).findall(".//{*}loc")}  # noqa: S314

        assert {
            "http://localhost:8000/",
            "http://localhost:8000/c/kitchen",
            "http://localhost:8000/c/kettles",
            f"http://localhost:8000/p/{sold.product.fsin}",
        } <= seen
        assert any("/v/dune-sons" in address for address in seen)

    def test_see_nothing_of_a_members_only_catalog(self, members_only: None, crawler: TestClient, sold: OnSale) -> None:
        assert crawler.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
        assert "<loc>" not in crawler.get("/sitemap.xml").text
        assert crawler.get("/sitemaps/places.xml").status_code == 404
        assert first_of(f"/p/{sold.product.fsin}") is None
