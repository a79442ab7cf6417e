"""What some refusals say besides: members of their own in the problem document."""

from typing import Any

from marketplace.checkout import QuoteChanged
from marketplace.kernel.errors import Refusal
from marketplace.rest.shapes.cart import Difference, Quote


def extension_of(refusal: Refusal) -> dict[str, Any]:
    """Tell what a refusal says besides; most say nothing."""
    if isinstance(refusal, QuoteChanged):
        return {
            "quote": Quote.of(refusal.quote),
            "differences": [Difference.of(one) for one in refusal.differences],
        }
    return {}
