"""Who reacts to what: the one table."""

from typing import Final

from marketplace.flows.reaction import Reaction

REACTIONS: Final[tuple[Reaction, ...]] = ()
