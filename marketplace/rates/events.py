"""The facts of rates."""

from dataclasses import dataclass
from typing import ClassVar

from marketplace.events import Event
from marketplace.kernel.ids import StoreId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryTermsChanged(Event):
    """A store delivers for another price, or in other days."""

    topic: ClassVar[str] = "rates.delivery_terms_changed.v1"

    store_id: StoreId

    @property
    def aggregate(self) -> str:
        """The store's delivery terms."""
        return f"rates:{self.store_id}"
