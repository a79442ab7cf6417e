"""Facts about a parcel."""

from typing import Any, TypeVar

from marketplace.delivery.events import ParcelFact
from marketplace.delivery.models import Assignment

F = TypeVar("F", bound=ParcelFact)


def told(kind: type[F], assignment: Assignment, **more: Any) -> F:  # noqa: ANN401 (what this kind of fact says besides)
    """A fact about this parcel, and who has it."""
    return kind(
        order_id=assignment.order_id,
        number=assignment.number,
        store_id=assignment.store_id,
        buyer_store_id=assignment.buyer_store_id,
        agent_id=assignment.agent_id,
        **more,
    )
