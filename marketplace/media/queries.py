"""Reads of files."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import AssetId, StoreId
from marketplace.kernel.pages import Page, clamp, id_in
from marketplace.media import policy
from marketplace.media.errors import AssetNotFound
from marketplace.media.models import Asset
from marketplace.media.rules import TERMS
from marketplace.media.states import AssetKind, AssetState
from marketplace.media.views import AssetView, PublicImage

PUBLIC_KINDS = [kind for kind, terms in TERMS.items() if terms.is_public]


def asset(actor: Actor, session: Session, *, asset_id: AssetId) -> AssetView:
    """One file of the active store, or of one's own."""
    found = select(Asset).where(col(Asset.id) == asset_id, policy.visible(actor))
    row = session.execute(found).scalar_one_or_none()
    if row is None:
        raise AssetNotFound
    return AssetView.of(row)


def assets(
    actor: Actor,
    session: Session,
    *,
    kind: AssetKind | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[AssetView]:
    """The files of the active store, newest first."""
    asked = clamp(limit)
    found = select(Asset).where(policy.visible(actor)).order_by(col(Asset.id).desc()).limit(asked + 1)
    if kind is not None:
        found = found.where(col(Asset.kind) == kind)
    if cursor is not None:
        found = found.where(col(Asset.id) < id_in(cursor))
    views = [AssetView.of(row) for row in session.execute(found).scalars()]
    return Page.of(views, limit=asked, key=lambda view: (str(view.id),))


def asset_to_settle(session: Session, *, asset_id: AssetId) -> AssetView:
    """One file, for the flow that looks at it."""
    row = session.get(Asset, asset_id)
    if row is None:
        raise AssetNotFound
    return AssetView.of(row)


def public_urls(session: Session, asset_ids: Iterable[AssetId]) -> dict[AssetId, PublicImage]:
    """The public pictures among these files, for whoever prints them; what is not ready is left out."""
    found = select(Asset).where(
        col(Asset.id).in_(list(asset_ids)),
        col(Asset.state) == AssetState.READY,
        col(Asset.kind).in_(PUBLIC_KINDS),
    )
    return {
        row.id: PublicImage(row.sha256 or "", row.alt, row.width or 0, row.height or 0)
        for row in session.execute(found).scalars()
    }


def usable(session: Session, asset_ids: Iterable[AssetId], *, store_id: StoreId, kind: AssetKind) -> frozenset[AssetId]:
    """Which of these files are ready, of that kind, and that store's own, for slices that attach them."""
    found = select(col(Asset.id)).where(
        col(Asset.id).in_(list(asset_ids)),
        col(Asset.state) == AssetState.READY,
        col(Asset.kind) == kind,
        col(Asset.store_id) == store_id,
    )
    return frozenset(session.execute(found).scalars())


def sent_by_agent(session: Session, *, asset_id: AssetId, actor: Actor) -> bool:
    """Whether this is a delivery photo that the actor himself has sent, and that is ready; locks it for who uses it."""
    found = select(col(Asset.id)).where(
        col(Asset.id) == asset_id,
        col(Asset.state) == AssetState.READY,
        col(Asset.kind) == AssetKind.DELIVERY_PHOTO,
        col(Asset.sent_by) == actor.user_id,
    )
    return session.execute(found.with_for_update(key_share=True)).scalar_one_or_none() is not None
