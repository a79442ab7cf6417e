"""Stories across slices and beyond the building: who reacts to what, what runs by the clock, what is done once."""

from marketplace.flows import taking_in
from marketplace.flows.live import page_topics
from marketplace.flows.once import Answer, Presenter, once
from marketplace.flows.reactions import REACTIONS
from marketplace.flows.schedule import JOBS, run_due
from marketplace.kernel.work import Database

__all__ = ["JOBS", "REACTIONS", "Answer", "Presenter", "consumers", "once", "page_topics", "run_due", "take_in_batch"]


def consumers() -> dict[str, tuple[str, ...]]:
    """Name the consumers of each topic."""
    return taking_in.consumers(REACTIONS)


def take_in_batch(db: Database, *, consumer: str) -> bool:
    """Let one consumer take in what is due for it; say whether there was any."""
    return taking_in.take_in_batch(db, REACTIONS, consumer=consumer)
