"""What the house asks of the outside, in our words."""

from dataclasses import dataclass, field

from marketplace.kernel.work import Database
from marketplace.ports.mail import Mail
from marketplace.ports.objects import Objects


@dataclass(frozen=True, slots=True)
class Ports:
    """Every port, answered by the adapter that the settings chose."""

    objects: Objects
    mail: Mail


@dataclass(frozen=True, slots=True)
class House:
    """What a flow that leaves the building is given: the database, everything outside, and its secret."""

    db: Database
    ports: Ports
    secret: str = field(repr=False)
    """What the keys of tokens, flashes and signed addresses are derived from."""
    public_url: str = ""
    """Where people reach us: addresses in letters begin with it."""
    keeps_answers: bool = True
    """Whether lists may be answered out of what this process keeps of earlier answers."""
