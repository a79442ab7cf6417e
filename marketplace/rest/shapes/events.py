"""Facts that did not arrive, as the contract prints them."""

from typing import Any
from uuid import UUID

from marketplace.events import DeadLetterView
from marketplace.rest.shapes.base import Moment, Shape


class DeadLetter(Shape):
    """A fact that one consumer could not take in."""

    id: UUID
    consumer: str
    topic: str
    aggregate: str
    body: dict[str, Any]
    tries: int
    reason: str
    made_at: Moment

    @classmethod
    def of(cls, letter: DeadLetterView) -> "DeadLetter":
        """Print a dead letter; its id is the fact's."""
        return cls(
            id=letter.event_id,
            consumer=letter.consumer,
            topic=letter.topic,
            aggregate=letter.aggregate,
            body=letter.body,
            tries=letter.tries,
            reason=letter.reason,
            made_at=letter.made_at,
        )


class Replayed(Shape):
    """How many deliveries will be tried again."""

    revived: int
