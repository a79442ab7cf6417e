"""Media tables."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from marketplace.kernel import columns
from marketplace.kernel.ids import AssetId, StoreId, UserId
from marketplace.media.pictures import Picture
from marketplace.media.states import ASSET, AssetAction, AssetKind, AssetState, Flaw


class Asset(SQLModel, table=True):
    """A file that somebody sent, or is about to."""

    __tablename__ = "assets"
    __table_args__ = (
        CheckConstraint("(state = 'ready') = (sha256 IS NOT NULL)", name="ready_is_known"),
        CheckConstraint("(state = 'failed') = (reject_reason IS NOT NULL)", name="failed_has_reason"),
        CheckConstraint("announced_bytes > 0", name="announced_something"),
        Index("ix_assets_store_newest", "store_id", text("id DESC")),
        Index("ix_assets_pending", "announced_at", postgresql_where=text("state = 'pending'")),
    )

    id: AssetId = columns.key()
    store_id: StoreId | None = columns.maybe_ref("stores")
    sent_by: UserId | None = columns.maybe_ref("users")
    kind: AssetKind = columns.one_of(AssetKind)
    state: AssetState = columns.one_of(AssetState, default=AssetState.PENDING)
    content_type: str = Field(max_length=60)
    announced_bytes: int = columns.big()
    sha256: str | None = Field(default=None, max_length=64, index=True)
    width: int | None = None
    height: int | None = None
    alt: str = Field(default="", max_length=200)
    reject_reason: Flaw | None = columns.maybe_one_of(Flaw)
    announced_at: datetime = columns.instant()
    settled_at: datetime | None = columns.maybe_instant()

    def accept(self, picture: Picture, *, at: datetime) -> None:
        """Its sizes are made and kept."""
        self.state = ASSET.after(self.state, AssetAction.ACCEPT)
        self.sha256, self.width, self.height = picture.sha256, picture.width, picture.height
        self.settled_at = at

    def reject(self, *, reason: Flaw, at: datetime) -> None:
        """It cannot be taken."""
        self.state = ASSET.after(self.state, AssetAction.REJECT)
        self.reject_reason = reason
        self.settled_at = at
