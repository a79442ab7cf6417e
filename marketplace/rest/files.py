"""Files over HTTP, beside the contract: pictures for everybody, and the signed addresses of the embedded keeper."""

import re
from typing import Final
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from marketplace import bootstrap, media
from marketplace.adapters.embedded.objects import FolderObjects
from marketplace.flows import uploading
from marketplace.kernel.errors import Refusal, Unavailable
from marketplace.kernel.ids import AssetId
from marketplace.media import WIDTHS, AssetView
from marketplace.ports.objects import ObjectMissing

DIGEST: Final = re.compile(r"[0-9a-f]{64}")
SAFE: Final = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
FOREVER: Final = {**SAFE, "Cache-Control": "public, max-age=31536000, immutable"}
BRIEFLY: Final = {**SAFE, "Cache-Control": "private, max-age=300"}

NOT_THERE: Final = "There is no such picture."


async def picture(request: Request) -> Response:
    """Show one size of a public picture; its address is made of its content, so it may be kept forever."""
    digest, width = request.path_params["sha256"], request.path_params["width"]
    if not DIGEST.fullmatch(digest) or width not in WIDTHS:
        return PlainTextResponse(NOT_THERE, status_code=404)
    tag = f'"{digest}-{width}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={**FOREVER, "ETag": tag})
    return await _sent(media.public_key(digest, width), {**FOREVER, "ETag": tag})


async def private_picture(request: Request) -> Response:
    """Show a private picture to whoever holds an address that was signed for it."""
    objects, key = bootstrap.house().ports.objects, request.path_params["key"]
    if not isinstance(objects, FolderObjects) or objects.terms("GET", key, request.query_params) is None:
        return PlainTextResponse("This address has run out: open the page again.", status_code=403)
    return await _sent(key, BRIEFLY)


async def upload(request: Request) -> Response:
    """Take a file at an address that was signed for it, and have it looked at."""
    objects, key = bootstrap.house().ports.objects, request.path_params["key"]
    terms = objects.terms("PUT", key, request.query_params) if isinstance(objects, FolderObjects) else None
    if terms is None:
        return PlainTextResponse("This address has run out: announce the upload again.", status_code=403)
    if request.headers.get("content-type", "") != terms.content_type:
        return PlainTextResponse("Send the type of file that was announced.", status_code=415)
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > terms.most_bytes:
            return PlainTextResponse("The file is larger than was announced.", status_code=413)
    try:
        asset = await run_in_threadpool(_taken, key, content, terms.content_type)
    except Refusal as refusal:
        return PlainTextResponse(refusal.message, status_code=404)
    except Unavailable:
        return PlainTextResponse("The file could not be kept: send it again.", status_code=503)
    return JSONResponse({"id": str(asset.id), "state": asset.state, "reject_reason": asset.reject_reason})


ROUTES: Final = [
    Route("/media/uploads/{key:path}", upload, methods=["PUT"]),
    Route("/media/private/{key:path}", private_picture, methods=["GET"]),
    Route("/media/{sha256}/{width:int}.webp", picture, methods=["GET"]),
]


def _taken(key: str, content: bytes, content_type: str) -> AssetView:
    house = bootstrap.house()
    house.ports.objects.write(key, content, content_type=content_type)
    return uploading.received(house, asset_id=AssetId(UUID(key.rpartition("/")[2])))


async def _sent(key: str, headers: dict[str, str]) -> Response:
    try:
        content = await run_in_threadpool(bootstrap.house().ports.objects.read, key)
    except ObjectMissing:
        return PlainTextResponse(NOT_THERE, status_code=404)
    except Unavailable:
        return PlainTextResponse("The picture cannot be read now: try again.", status_code=503)
    return Response(content, media_type=media.KEPT_AS, headers=headers)
