"""What some refusals say besides: members of their own in the problem document."""

from typing import Any, Final

from marketplace.catalog import RevisionChanged
from marketplace.checkout import QuoteChanged
from marketplace.inventory import PromisedAlready, StockChangedMeanwhile
from marketplace.kernel.errors import Refusal
from marketplace.pricing import PriceChangedMeanwhile
from marketplace.rest.shapes.cart import Difference, Quote

WITH_FIGURES: Final = (PromisedAlready, StockChangedMeanwhile, PriceChangedMeanwhile, RevisionChanged)
"""Refusals whose figures a program needs to go on: how many are blocked, which version holds now."""


def extension_of(refusal: Refusal) -> dict[str, Any]:
    """Tell what a refusal says besides; most say nothing."""
    if isinstance(refusal, QuoteChanged):
        return {
            "quote": Quote.of(refusal.quote),
            "differences": [Difference.of(one) for one in refusal.differences],
        }
    if isinstance(refusal, WITH_FIGURES):
        return dict(refusal.facts)
    return {}
