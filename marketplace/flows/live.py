"""Which pages a fact touches: pings without data, told after the commit, that may be lost."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from marketplace import events
from marketplace.events import Envelope, Event

Topics = tuple[str, ...]

LIVE: Final[Mapping[type[Event], Callable[[Any], Topics]]] = {}
"""For each kind of fact, the topics of the pages that show it."""

_BY_TOPIC: Final = {kind.topic: (kind, topics) for kind, topics in LIVE.items()}


def page_topics(envelope: Envelope) -> Topics:
    """Name the pages that a fact touches."""
    known = _BY_TOPIC.get(envelope.topic)
    if known is None:
        return ()
    kind, topics = known
    return topics(events.read_body(kind, envelope.body))
