"""The ways events refuse."""

from typing import Final

from marketplace.kernel.errors import Constraints, NotFound
from marketplace.kernel.ids import EventId


class DeadLetterNotFound(NotFound):
    """No delivery of that event has died, or it is not for these eyes."""

    code = "events.dead_letter_not_found"

    def __init__(self, event_id: EventId) -> None:
        super().__init__("There is no dead letter {event_id}.", event_id=event_id)


CONSTRAINTS: Final[Constraints] = {}
