"""Uploads, as the contract prints them."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from marketplace.flows.uploading import Upload
from marketplace.media import WIDTHS, AssetKind, AssetState, AssetView, Flaw, media_url
from marketplace.rest.shapes.base import Line, Shape, Wished


class UploadWish(Wished):
    """The file that somebody is about to send."""

    kind: AssetKind
    content_type: Annotated[Line, Field(min_length=1, max_length=60)]
    bytes: Annotated[int, Field(ge=1, le=1_000_000_000, strict=True)]


class UploadAddress(Shape):
    """Where to send it: this method, to this address, with these headers."""

    method: str
    url: str
    headers: dict[str, str]


class Announced(Shape):
    """An upload that may begin."""

    id: UUID
    upload: UploadAddress

    @classmethod
    def of(cls, upload: Upload) -> "Announced":
        """Print it."""
        address = upload.address
        destination = UploadAddress(method=address.method, url=address.url, headers=dict(address.headers))
        return cls(id=upload.asset.id, upload=destination)


class Size(Shape):
    """One size of a public picture."""

    width: int
    url: str


class Asset(Shape):
    """A file, and how far it has come; a public picture that is ready has addresses that never change."""

    id: UUID
    kind: AssetKind
    state: AssetState
    reject_reason: Flaw | None
    alt: str
    sizes: tuple[Size, ...]

    @classmethod
    def of(cls, asset: AssetView) -> "Asset":
        """Print it."""
        digest = asset.sha256 if asset.is_public else None
        return cls(
            id=asset.id,
            kind=asset.kind,
            state=asset.state,
            reject_reason=asset.reject_reason,
            alt=asset.alt,
            sizes=tuple(Size(width=width, url=media_url(digest, width)) for width in WIDTHS) if digest else (),
        )
