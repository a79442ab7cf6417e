"""Uploads: announced here, sent to a signed address, looked at when they have come."""

from uuid import UUID

from marketplace import media
from marketplace.flows import uploading
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import AssetId
from marketplace.media import AssetKind
from marketplace.rest.caller import Caller
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Router
from marketplace.rest.shapes.base import Listed
from marketplace.rest.shapes.media import Announced, Asset, UploadWish

router = Router(prefix="/media", tags=["media"])


@router.post("", access=Permission.MEDIA_UPLOAD, returns=Announced, status=201)
def announce(caller: Caller, wish: UploadWish) -> Announced:
    """Announce a file; send it to the address in the answer within a quarter of an hour."""
    upload = uploading.begin(
        caller.actor, caller.house, kind=wish.kind, content_type=wish.content_type, size=wish.bytes
    )
    return Announced.of(upload)


@router.get("", access=Permission.MEDIA_UPLOAD, returns=Listed[Asset])
def list_assets(
    caller: Caller, kind: AssetKind | None = None, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Listed[Asset]:
    """List what the active store has sent, newest first."""
    page = caller.read(media.assets, kind=kind, limit=limit, cursor=cursor).map(Asset.of)
    return Listed[Asset](items=page.items, next_cursor=page.next_cursor)


@router.get("/{asset_id}", access=Permission.MEDIA_UPLOAD, returns=Asset)
def show(caller: Caller, asset_id: UUID) -> Asset:
    """Say how far an upload has come."""
    return Asset.of(caller.read(media.asset, asset_id=AssetId(asset_id)))


@router.post("/{asset_id}/finalize", access=Permission.MEDIA_UPLOAD, returns=Asset, refuses=[409])
def finalize(caller: Caller, asset_id: UUID) -> Asset:
    """Have a file looked at that was sent to a keeper who does not say so himself; again changes nothing."""
    return Asset.of(uploading.finish(caller.actor, caller.house, asset_id=AssetId(asset_id)))
