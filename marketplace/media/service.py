"""Commands on files: announce, settle, adopt, forget."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import col

from marketplace import audit, events
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import AssetId, StoreId
from marketplace.kernel.work import UnitOfWork
from marketplace.media import policy
from marketplace.media.errors import AssetNotFound, TooLarge, TypeNotTaken
from marketplace.media.events import AssetReady
from marketplace.media.models import Asset
from marketplace.media.pictures import Picture
from marketplace.media.rules import KEPT_AS, TERMS
from marketplace.media.states import AssetKind, AssetState, Flaw
from marketplace.media.views import AssetView

FORGOTTEN_AT_ONCE = 500


def announce(actor: Actor, uow: UnitOfWork, *, kind: AssetKind, content_type: str, size: int) -> AssetView:
    """Say that a file is about to be sent; it belongs to the active store, and to the sender where he has none."""
    permit(policy.can_send(actor, kind), "send this kind of file")
    terms = TERMS[kind]
    if content_type not in terms.content_types:
        raise TypeNotTaken
    if size > terms.most_bytes:
        raise TooLarge
    asset = Asset(
        store_id=actor.store_id,
        sent_by=actor.user_id,
        kind=kind,
        content_type=content_type,
        announced_bytes=size,
        announced_at=uow.now,
    )
    uow.session.add(asset)
    uow.session.flush()
    audit.record(uow, actor, "media.announce", asset.id, store_id=actor.store_id, after={"kind": kind, "bytes": size})
    return AssetView.of(asset)


def settle(uow: UnitOfWork, *, asset_id: AssetId, outcome: Picture | Flaw) -> AssetView:
    """Write down what was made of a file, or why it was not taken. Settled once, it stays so."""
    asset = uow.session.execute(select(Asset).where(col(Asset.id) == asset_id).with_for_update()).scalar_one_or_none()
    if asset is None:
        raise AssetNotFound
    if asset.state is not AssetState.PENDING:
        return AssetView.of(asset)
    if isinstance(outcome, Picture):
        asset.accept(outcome, at=uow.now)
        uow.session.flush()
        events.emit(uow, AssetReady(asset_id=asset.id, kind=asset.kind, store_id=asset.store_id))
    else:
        asset.reject(reason=outcome, at=uow.now)
        uow.session.flush()
    return AssetView.of(asset)


def adopt(
    uow: UnitOfWork, *, pictures: Sequence[Picture], store_id: StoreId | None, kind: AssetKind, alt: str = ""
) -> tuple[AssetId, ...]:
    """Take pictures of our own making, whose sizes are kept already, as ready: drawn ones and placeholders."""
    made = [_adopted(uow.now, picture, store_id, kind, alt) for picture in pictures]
    uow.session.add_all(made)
    uow.session.flush()
    return tuple(asset.id for asset in made)


def forget_pending(uow: UnitOfWork, *, before: datetime) -> tuple[AssetId, ...]:
    """Forget files that were announced long ago and never came."""
    late = (
        select(col(Asset.id))
        .where(col(Asset.state) == AssetState.PENDING, col(Asset.announced_at) < before)
        .limit(FORGOTTEN_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    ids = tuple(uow.session.execute(late).scalars())
    if ids:
        uow.session.execute(delete(Asset).where(col(Asset.id).in_(ids)))
    return ids


def _adopted(at: datetime, picture: Picture, store_id: StoreId | None, kind: AssetKind, alt: str) -> Asset:
    asset = Asset(
        store_id=store_id,
        kind=kind,
        content_type=KEPT_AS,
        announced_bytes=max(1, sum(len(content) for content in picture.sizes.values())),
        alt=alt,
        announced_at=at,
    )
    asset.accept(picture, at=at)
    return asset
