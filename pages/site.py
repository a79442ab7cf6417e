"""The built site, served from memory.

Our own small application, because Reflex's sends hashed files without cache headers and redirects `/second` to
`/second/`. A proxy in front may serve the same folder instead.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

IMMUTABLE: Final = "public, max-age=31536000, immutable"
ASK_EACH_TIME: Final = "no-cache"
A_DAY: Final = "public, max-age=86400, stale-while-revalidate=604800"

SOON_OLD: Final = {"Cache-Control": "public, max-age=30"}

SHOP_PAGE: Final = re.compile(r"(/ar)?/[pcv]/")
"""Paths of pages that are written in part before they are sent."""

TITLE: Final = re.compile(rb"<title[^>]*>.*?</title>", re.DOTALL)

ENCODINGS: Final = {"br": ".br", "gzip": ".gz"}

GUARDS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Content-Security-Policy": "frame-ancestors 'none'; base-uri 'self'; object-src 'none'; form-action 'self'",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
}

ARABIC: Final = (b'<html lang="en"', b'<html lang="ar" dir="rtl"')
"""Reflex knows one language a build; pages below /ar say theirs."""

SAME_ORIGIN: Final = (
    b"`ws://localhost:8000/_event`",
    b'(typeof location>"u"?"ws://localhost:8000":location.origin.replace(/^http/,"ws"))+`/_event`',
)
"""Reflex bakes the address of its events into the build; ours is wherever the page came from."""


@dataclass(frozen=True)
class BuiltFile:
    """One file of the build, with the smaller forms that were made of it."""

    path: Path
    url: str

    @property
    def is_page(self) -> bool:
        """Whether this is HTML."""
        return self.path.suffix == ".html"

    @property
    def media_type(self) -> str:
        """What the browser is told it is."""
        if self.path.suffix == ".webmanifest":
            return "application/manifest+json"
        return mimetypes.guess_type(self.path.name)[0] or "application/octet-stream"

    @property
    def caching(self) -> str:
        """How long it may be kept: hashed names for ever, pages not at all."""
        if self.url.startswith("/assets/"):
            return IMMUTABLE
        if self.is_page or self.url == "/sw.js":
            return ASK_EACH_TIME
        return A_DAY

    @cached_property
    def mended(self) -> bytes | None:
        """The content where ours differs from what was built."""
        if self.is_page and re.match(r"/ar(/|\.|$)", self.url):
            return self.path.read_bytes().replace(*ARABIC, 1)
        if self.url.startswith("/assets/reflex-env"):
            return self.path.read_bytes().replace(*SAME_ORIGIN, 1)
        return None

    @cached_property
    def plain(self) -> bytes:
        """What is served to those who take it uncompressed."""
        return self.mended if self.mended is not None else self.path.read_bytes()

    @cached_property
    def etag(self) -> str:
        """A name for exactly this content."""
        return f'"{hashlib.sha256(self.plain).hexdigest()[:20]}"'

    @cached_property
    def smaller(self) -> dict[str, bytes]:
        """The compressed forms by the name of their encoding: as built, or made here where the content is ours."""
        if self.mended is not None:
            return {"gzip": gzip.compress(self.mended, mtime=0)}
        forms = {name: self.path.with_name(self.path.name + suffix) for name, suffix in ENCODINGS.items()}
        return {name: form.read_bytes() for name, form in forms.items() if form.exists()}

    def answer(self, request: Request, status: int = 200) -> Response:
        """Answer a request with this file, or say that the browser has it already."""
        headers = {"Cache-Control": self.caching, "ETag": self.etag, "Vary": "Accept-Encoding", **GUARDS}
        if status == 200 and request.headers.get("if-none-match") == self.etag:  # noqa: PLR2004 (OK, as everyone knows)
            return Response(status_code=304, headers=headers)
        accepted = request.headers.get("accept-encoding", "")
        for name, content in self.smaller.items():
            if name in accepted:
                return Response(content, status, {**headers, "Content-Encoding": name}, self.media_type)
        return Response(self.plain, status, headers, self.media_type)


class First(Protocol):
    """What goes into a page before it is sent; or where it went, or that it is not there."""

    @property
    def status(self) -> int:
        """200, 301 or 404."""

    @property
    def head(self) -> str:
        """What stands in the head."""

    @property
    def body(self) -> str:
        """What is seen before the page has begun."""

    @property
    def location(self) -> str:
        """Where the page went."""


class Site:
    """Answers for every path that nothing else has taken: a file, a page, or the page that says it is not there.

    `is_page` knows the paths that hold a name; `greet` may add a cookie to a page; `first` writes what stands in a
    shop page before it has begun, asks the database for it, and has nothing for other pages.
    """

    def __init__(
        self,
        folder: Path,
        *,
        is_page: Callable[[str], bool],
        greet: Callable[[Request, Response], None] = lambda _request, _response: None,
        first: Callable[[str], First | None] = lambda _path: None,
    ) -> None:
        self._folder = folder
        self._is_page = is_page
        self._greet = greet
        self._first = first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope, receive)
        response = await self._begun(request) or self.respond(request)
        if response.headers.get("cache-control") == ASK_EACH_TIME:
            self._greet(request, response)
        await response(scope, receive, send)

    def respond(self, request: Request) -> Response:
        """Find what stands at a path."""
        if request.method not in {"GET", "HEAD"}:
            return Response("Only pages are here: GET them.", 405, {"Allow": "GET, HEAD"})
        found = self._find(request.url.path)
        if found is not None:
            return found.answer(request)
        if self._is_page(request.url.path):
            return self.page("/__spa-fallback.html").answer(request)
        return self.page("/404.html").answer(request, 404)

    async def _begun(self, request: Request) -> Response | None:
        """A shop page with its first HTML in it, the same for everybody for half a minute."""
        path = request.url.path
        if request.method not in {"GET", "HEAD"} or not SHOP_PAGE.match(path):
            return None
        first = await run_in_threadpool(self._first, path)
        if first is None:
            return None
        if first.location:
            return Response(status_code=first.status, headers={"Location": first.location, **SOON_OLD})
        shell = self.page("/__spa-fallback.html" if first.head else "/404.html").plain
        return _sent(request, _filled(shell, first, is_arabic=path.startswith("/ar/")), first.status)

    def page(self, url: str) -> BuiltFile:
        """Take a file that every build has."""
        try:
            return self._files[url]
        except KeyError:
            message = f"The pages are not built: {self._folder} holds no {url}."
            raise FileNotFoundError(message) from None

    def _find(self, path: str) -> BuiltFile | None:
        path = path.rstrip("/") or "/index"
        return self._files.get(path) or self._files.get(f"{path}.html")

    @cached_property
    def _files(self) -> dict[str, BuiltFile]:
        made = (path for path in self._folder.rglob("*") if path.is_file() and path.suffix not in ENCODINGS.values())
        return {url: BuiltFile(path, url) for path in made if (url := "/" + path.relative_to(self._folder).as_posix())}


def _filled(shell: bytes, first: First, *, is_arabic: bool) -> bytes:
    """The shell of a page with the first HTML in its head and at the end of its body."""
    if not first.head:
        return shell
    written = TITLE.sub(b"", shell, count=1).replace(b"</head>", first.head.encode() + b"</head>", 1)
    written = written.replace(b"</body>", first.body.encode() + b"</body>", 1)
    return written.replace(*ARABIC, 1) if is_arabic else written


def _sent(request: Request, content: bytes, status: int) -> Response:
    headers = {**SOON_OLD, "Vary": "Accept-Encoding", **GUARDS}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(gzip.compress(content, 5), status, {**headers, "Content-Encoding": "gzip"}, "text/html")
    return Response(content, status, headers, "text/html")
