"""What leaves media."""

from dataclasses import dataclass
from typing import Self

from marketplace.kernel.ids import AssetId, StoreId
from marketplace.media.models import Asset
from marketplace.media.rules import TERMS
from marketplace.media.states import AssetKind, AssetState, Flaw


@dataclass(frozen=True, slots=True)
class AssetView:
    """A file, and how far it has come."""

    id: AssetId
    store_id: StoreId | None
    kind: AssetKind
    state: AssetState
    content_type: str
    announced_bytes: int
    sha256: str | None
    width: int | None
    height: int | None
    alt: str
    reject_reason: Flaw | None

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it."""
        return TERMS[self.kind].is_public

    @classmethod
    def of(cls, asset: Asset) -> Self:
        """See an asset."""
        return cls(
            id=asset.id,
            store_id=asset.store_id,
            kind=asset.kind,
            state=asset.state,
            content_type=asset.content_type,
            announced_bytes=asset.announced_bytes,
            sha256=asset.sha256,
            width=asset.width,
            height=asset.height,
            alt=asset.alt,
            reject_reason=asset.reject_reason,
        )


@dataclass(frozen=True, slots=True)
class PublicImage:
    """A picture that everybody may see; `media_url` makes its address."""

    sha256: str
    alt: str
    width: int
    height: int
