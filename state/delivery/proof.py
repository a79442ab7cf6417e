"""How an order was handed over, for those it concerns: its buyer, its vendor, and those who help on the road."""

from dataclasses import dataclass
from typing import Final, Self

import reflex as rx
from reflex.event import EventSpec

from marketplace.delivery import ProofKind, ProofSide
from marketplace.flows import proving
from marketplace.flows.proving import Seen
from marketplace.orders import OrderState
from state.edge import acting, follow
from state.reader import Reader
from state.words import _

DIALOG: Final = "proof"
HANDED_OVER: Final = frozenset({OrderState.DELIVERED, OrderState.CLOSED})
"""States of orders that have a proof."""


@dataclass(frozen=True, slots=True)
class ProofRow:
    """How an order was handed over, and when; the photo's address lasts for a quarter of an hour."""

    words: str = ""
    at: str = ""
    photo: str = ""

    @classmethod
    def of(cls, seen: Seen, reader: Reader) -> Self:
        """Print a proof."""
        words = _("By the buyer's code.") if seen.proof.kind is ProofKind.CODE else _("By a photo at the door.")
        return cls(words, reader.exact(seen.proof.given_at), seen.photo_url or "")


class Proven(rx.State, mixin=True):
    """A page about an order that shows how it was handed over."""

    proof: ProofRow = ProofRow()

    async def _look(self, number: str, side: ProofSide) -> EventSpec:
        """Look at the proof; that somebody looked is written down."""
        seen = await follow(proving.see, acting(), number=number, side=side)
        self.proof = ProofRow.of(seen, Reader.of(self))
        return rx.call_script(f"document.getElementById('{DIALOG}')?.showModal()")
