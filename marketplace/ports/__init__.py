"""What the house asks of the outside, in our words."""

from dataclasses import dataclass

from marketplace.kernel.work import Database


@dataclass(frozen=True, slots=True)
class Ports:
    """Every port, answered by the adapter that the settings chose."""


@dataclass(frozen=True, slots=True)
class House:
    """What a flow that leaves the building is given: the database, and everything outside."""

    db: Database
    ports: Ports
