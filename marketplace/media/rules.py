"""What is taken of each kind, under which names it is kept, and at which address it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import AssetId
from marketplace.media.states import AssetKind

WIDTHS: Final = (160, 480, 1200)
"""The sizes of a public picture: a thumbnail, a card, a page."""

PRIVATE_WIDTH: Final = 1600

PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
KEPT_AS: Final = "image/webp"

UPLOAD_LASTS: Final = timedelta(minutes=15)
READ_LASTS: Final = timedelta(minutes=15)
PENDING_LASTS: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is taken of a kind, from whom, and whether everybody may see it."""

    permission: Permission
    is_public: bool
    most_bytes: int = 10_000_000
    content_types: frozenset[str] = PICTURES


TERMS: Final[Mapping[AssetKind, Terms]] = {
    AssetKind.PRODUCT_IMAGE: Terms(Permission.LISTINGS_EDIT, is_public=True),
    AssetKind.STORE_IMAGE: Terms(Permission.STORE_EDIT, is_public=True),
    AssetKind.DELIVERY_PHOTO: Terms(Permission.ROUND_WORK, is_public=False),
}


def upload_key(asset_id: AssetId) -> str:
    """Where a file is sent to, before anybody has looked at it."""
    return f"incoming/{asset_id}"


def public_key(sha256: str, width: int) -> str:
    """Where one size of a public picture is kept: by its content, so the same picture is kept once."""
    return f"public/{sha256[:2]}/{sha256}/{width}.webp"


def private_key(asset_id: AssetId) -> str:
    """Where a private picture is kept."""
    return f"private/{asset_id}.webp"


def media_url(sha256: str, width: int) -> str:
    """The address of one size of a public picture: it never changes, and neither does what it shows."""
    return f"/media/{sha256}/{width}.webp"
