"""What is said of a parcel, as the contract prints it: the code for the door, and the proof of what happened there."""

from marketplace.delivery import CodeView, ProofKind, ProofView, RenewedCodeView
from marketplace.media import READ_LASTS
from marketplace.rest.shapes.base import Moment, Shape


class Code(Shape):
    """The six digits to tell the agent at the door."""

    order_number: str
    code: str
    tries_left: int

    @classmethod
    def of(cls, code: CodeView) -> "Code":
        """Print it."""
        return cls(order_number=code.number, code=code.code, tries_left=code.tries_left)


class RenewedCode(Shape):
    """That the buyer has another code, and how often it may be told wrong; the code itself is his alone."""

    order_number: str
    tries_left: int

    @classmethod
    def of(cls, code: RenewedCodeView) -> "RenewedCode":
        """Print it."""
        return cls(order_number=code.number, tries_left=code.tries_left)


class SeenProof(Shape):
    """How we know that an order was handed over; a photo is shown by an address that soon runs out."""

    order_number: str
    kind: ProofKind
    given_at: Moment
    photo_url: str | None
    photo_lasts_seconds: int | None

    @classmethod
    def of(cls, proof: ProofView, *, photo_url: str | None) -> "SeenProof":
        """Print it."""
        return cls(
            order_number=proof.number,
            kind=proof.kind,
            given_at=proof.given_at,
            photo_url=photo_url,
            photo_lasts_seconds=int(READ_LASTS.total_seconds()) if photo_url else None,
        )
