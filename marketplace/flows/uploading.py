"""Files on their way in: announced, sent to the keeper of files, looked at, and written down.

Three moves: the row is written first, the bytes go past the database, and what was made of them is recorded last.
Looking twice does no harm: sizes are kept by their content, and a file is settled once.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from marketplace import media
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.ids import AssetId
from marketplace.kernel.work import UnitOfWork
from marketplace.media import AssetKind, AssetState, AssetView, Flaw, Picture, Rejected
from marketplace.ports import House
from marketplace.ports.objects import ObjectMissing, UploadAddress

LOOKING = system("uploading")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was announced, and where to send it."""

    asset: AssetView
    address: UploadAddress


def begin(actor: Actor, house: House, *, kind: AssetKind, content_type: str, size: int) -> Upload:
    """Announce a file and get a signed address that takes just this one, for a quarter of an hour."""
    asset = house.db.transact(media.announce, actor, kind=kind, content_type=content_type, size=size)
    address = house.ports.objects.upload_address(
        media.upload_key(asset.id), content_type=content_type, most_bytes=size, lasts=media.UPLOAD_LASTS
    )
    return Upload(asset, address)


def finish(actor: Actor, house: House, *, asset_id: AssetId) -> AssetView:
    """Look at a file that one has sent: make its sizes, or say why it is not taken."""
    return _looked_at(house, house.db.read(media.asset, actor, asset_id=asset_id))


def received(house: House, *, asset_id: AssetId) -> AssetView:
    """Look at a file that the keeper of files says has come."""
    return _looked_at(house, house.db.read(_to_settle, LOOKING, asset_id=asset_id))


def keep(house: House, content: bytes, *, is_public: bool = True) -> Picture:
    """Make and keep the sizes of a picture of our own making, so that `media.adopt` can take it as ready."""
    picture = media.make_picture(content, is_public=is_public)
    keep_sizes(house, picture)
    return picture


def keep_sizes(house: House, picture: Picture) -> None:
    """Keep the sizes of a public picture; those that are kept already stay."""
    for width, size in picture.sizes.items():
        house.ports.objects.write(media.public_key(picture.sha256, width), size, content_type=media.KEPT_AS)


def private_address(house: House, *, asset_id: AssetId) -> str:
    """Let a private picture be seen for a quarter of an hour, by somebody whom the caller has asked about."""
    return house.ports.objects.read_address(media.private_key(asset_id), lasts=media.READ_LASTS)


def forget_stale(house: House) -> int:
    """Forget what was announced a week ago and never came."""

    def forget(_actor: Actor, uow: UnitOfWork, *, after: timedelta) -> tuple[AssetId, ...]:
        return media.forget_pending(uow, before=uow.now - after)

    forgotten = house.db.transact(forget, LOOKING, after=media.PENDING_LASTS)
    for asset_id in forgotten:
        house.ports.objects.delete(media.upload_key(asset_id))
    return len(forgotten)


def _looked_at(house: House, asset: AssetView) -> AssetView:
    if asset.state is not AssetState.PENDING:
        house.ports.objects.delete(media.upload_key(asset.id))
        return asset
    try:
        content = house.ports.objects.read(media.upload_key(asset.id))
    except ObjectMissing as error:
        raise media.NotUploaded from error
    settled = house.db.transact(_settle, LOOKING, asset_id=asset.id, outcome=_outcome(house, asset, content))
    house.ports.objects.delete(media.upload_key(asset.id))
    return settled


def _outcome(house: House, asset: AssetView, content: bytes) -> Picture | Flaw:
    if len(content) > asset.announced_bytes:
        return Flaw.TOO_LARGE
    try:
        picture = media.make_picture(content, content_type=asset.content_type, is_public=asset.is_public)
    except Rejected as rejected:
        return rejected.reason
    if asset.is_public:
        keep_sizes(house, picture)
    else:
        made = picture.sizes[media.PRIVATE_WIDTH]
        house.ports.objects.write(media.private_key(asset.id), made, content_type=media.KEPT_AS)
    return picture


def _to_settle(_actor: Actor, session: Session, *, asset_id: AssetId) -> AssetView:
    return media.asset_to_settle(session, asset_id=asset_id)


def _settle(_actor: Actor, uow: UnitOfWork, *, asset_id: AssetId, outcome: Picture | Flaw) -> AssetView:
    return media.settle(uow, asset_id=asset_id, outcome=outcome)
