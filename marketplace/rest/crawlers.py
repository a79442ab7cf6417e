"""What search engines ask for: where they may look, and all there is to see."""

from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import quote
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from marketplace import bootstrap, search
from marketplace.kernel.actor import visitor
from marketplace.kernel.errors import Unavailable

PRIVATE: Final = (
    "/api/",
    "/cart",
    "/checkout",
    "/orders",
    "/addresses",
    "/notifications",
    "/vendor",
    "/agent",
    "/admin",
)

HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
AN_HOUR: Final = {"Cache-Control": "public, max-age=3600"}


async def robots(_request: Request) -> Response:
    """Say what may be looked at: shop pages where anyone may see products, and else nothing."""
    if not search.can_look(visitor()):
        return PlainTextResponse("User-agent: *\nDisallow: /\n", headers=AN_HOUR)
    lines = ["User-agent: *", *(f"Disallow: {place}{path}" for path in PRIVATE for place in ("", "/ar"))]
    lines += ["Allow: /", f"Sitemap: {_address('/sitemap.xml')}"]
    return PlainTextResponse("\n".join(lines) + "\n", headers=AN_HOUR)


async def index(_request: Request) -> Response:
    """List the files of the map; nothing where products are for members."""
    if not search.can_look(visitor()):
        return _xml("sitemapindex", [])
    return await _told(_index)


async def places(_request: Request) -> Response:
    """List the home page, the categories and the shops."""
    return await _told(_places)


async def products(request: Request) -> Response:
    """List ten thousand products."""
    mark = str(request.path_params["mark"])
    return await _told(lambda: _products(mark))


ROUTES: Final = [
    Route("/robots.txt", robots, methods=["GET"]),
    Route("/sitemap.xml", index, methods=["GET"]),
    Route("/sitemaps/places.xml", places, methods=["GET"]),
    Route("/sitemaps/products-{mark:uuid}.xml", products, methods=["GET"]),
]


async def _told(make: Callable[[], Response]) -> Response:
    if not search.can_look(visitor()):
        return PlainTextResponse("There is no such map.", status_code=404)
    try:
        return await run_in_threadpool(make)
    except Unavailable:
        return PlainTextResponse("The map cannot be drawn now: try again.", status_code=503)


def _index() -> Response:
    marks = bootstrap.database().read(search.sitemap_marks, visitor())
    paths = ["/sitemaps/places.xml", *(f"/sitemaps/products-{mark}.xml" for mark in marks)]
    return _xml("sitemapindex", (f"<sitemap><loc>{_address(path)}</loc></sitemap>" for path in paths))


def _places() -> Response:
    categories, shops = bootstrap.database().read(search.sitemap_places, visitor())
    paths = ["/", *(f"/c/{slug}" for slug in categories), *(f"/v/{slug}" for slug in shops)]
    return _xml("urlset", (f"<url><loc>{_address(path)}</loc></url>" for path in paths))


def _products(mark: str) -> Response:
    found = bootstrap.database().read(search.sitemap_products, visitor(), mark=str(UUID(mark)))
    lines = (f"<url><loc>{_address(f'/p/{fsin}')}</loc><lastmod>{day}</lastmod></url>" for fsin, day in found)
    return _xml("urlset", lines)


def _xml(root: str, lines: Iterable[str]) -> Response:
    content = f"{HEAD}<{root} {SPACE}>\n" + "\n".join(lines) + f"\n</{root}>\n"
    return Response(content, media_type="application/xml", headers=AN_HOUR)


def _address(path: str) -> str:
    return f"{bootstrap.house().public_url}{quote(path)}"
