"""Files that people send: pictures of products and stores, photographs taken at doors.

Owns `assets`. Does not own what a file belongs to: slices above keep asset ids. Its invariant: nothing is shown that
we have not decoded and encoded anew, and what a public address shows never changes.
"""

from marketplace.media.errors import CONSTRAINTS, AssetNotFound, NotUploaded, TooLarge, TypeNotTaken
from marketplace.media.events import AssetReady
from marketplace.media.pictures import Picture, Rejected, make_picture
from marketplace.media.queries import asset, asset_to_settle, assets, public_urls, sent_by_agent, usable
from marketplace.media.rules import (
    KEPT_AS,
    PENDING_LASTS,
    PRIVATE_WIDTH,
    READ_LASTS,
    TERMS,
    UPLOAD_LASTS,
    WIDTHS,
    media_url,
    private_key,
    public_key,
    upload_key,
)
from marketplace.media.service import adopt, announce, forget_pending, settle
from marketplace.media.states import AssetKind, AssetState, Flaw
from marketplace.media.views import AssetView, PublicImage

__all__ = [
    "CONSTRAINTS",
    "KEPT_AS",
    "PENDING_LASTS",
    "PRIVATE_WIDTH",
    "READ_LASTS",
    "TERMS",
    "UPLOAD_LASTS",
    "WIDTHS",
    "AssetKind",
    "AssetNotFound",
    "AssetReady",
    "AssetState",
    "AssetView",
    "Flaw",
    "NotUploaded",
    "Picture",
    "PublicImage",
    "Rejected",
    "TooLarge",
    "TypeNotTaken",
    "adopt",
    "announce",
    "asset",
    "asset_to_settle",
    "assets",
    "forget_pending",
    "make_picture",
    "media_url",
    "private_key",
    "public_key",
    "public_urls",
    "sent_by_agent",
    "settle",
    "upload_key",
    "usable",
]
