"""The facts that the ledger publishes."""

from dataclasses import dataclass
from typing import ClassVar

from marketplace.events import Event
from marketplace.kernel.ids import OrderId, TransactionId


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionPosted(Event):
    """Money moved in the books."""

    topic: ClassVar[str] = "ledger.transaction_posted.v1"

    transaction_id: TransactionId
    kind: str
    source: str
    order_id: OrderId | None

    @property
    def aggregate(self) -> str:
        """Each transaction is a story of its own."""
        return f"transaction:{self.transaction_id}"
