"""What media tells the others."""

from dataclasses import dataclass
from typing import ClassVar

from marketplace.events import Event
from marketplace.kernel.ids import AssetId, StoreId
from marketplace.media.states import AssetKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetReady(Event):
    """A file was looked at and its sizes are kept."""

    topic: ClassVar[str] = "media.asset_ready.v1"

    asset_id: AssetId
    kind: AssetKind
    store_id: StoreId | None

    @property
    def aggregate(self) -> str:
        """The asset."""
        return f"asset:{self.asset_id}"
