"""How letters leave the house."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person, ready to send. Its key names it to the carrier: sent twice, it arrives once."""

    key: str
    to: str
    name: str
    subject: str
    text: str


class Mail(Protocol):
    """A carrier of letters; one that does not answer raises Unavailable."""

    def send(self, letter: Letter) -> str:
        """Hand a letter over, and give the carrier's own name for it."""
