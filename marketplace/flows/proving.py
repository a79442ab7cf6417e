"""Looking at the proof of a delivery: the photo is a private picture, shown by an address that lasts for minutes."""

from dataclasses import dataclass

from marketplace import delivery
from marketplace.delivery import ProofSide, ProofView
from marketplace.flows import uploading
from marketplace.kernel.actor import Actor
from marketplace.ports import House


@dataclass(frozen=True, slots=True)
class Seen:
    """A proof as somebody looks at it now."""

    proof: ProofView
    photo_url: str | None


def see(actor: Actor, house: House, *, number: str, side: ProofSide) -> Seen:
    """Look at how an order was handed over, from that side; each look is written down."""
    proof = house.db.transact(delivery.see_proof, actor, number=number, side=side)
    photo_id = proof.photo_id
    return Seen(proof, None if photo_id is None else uploading.private_address(house, asset_id=photo_id))
