"""The twelve capabilities that can be switched, and what each builds on."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Flag(StrEnum):
    """A capability that the operator turns on when he is ready for it."""

    ADS = "ads"
    DEALS = "deals"
    BUY_BOX = "buy_box"
    SETTLEMENT = "settlement"
    RETURNS_CENTER = "returns_center"
    BRAND_REGISTRY = "brand_registry"
    ACCOUNT_HEALTH = "account_health"
    FULFILLMENT_BY_FIXZIT = "fulfillment_by_fixzit"
    A_TO_Z_CLAIMS = "a_to_z_claims"
    SPONSORED_PRODUCTS = "sponsored_products"
    AUTO_REPRICER = "auto_repricer"
    REVIEWS_QA = "reviews_qa"


NEEDS: Final[Mapping[Flag, frozenset[Flag]]] = {
    Flag.SPONSORED_PRODUCTS: frozenset({Flag.ADS}),
    Flag.AUTO_REPRICER: frozenset({Flag.BUY_BOX}),
    Flag.A_TO_Z_CLAIMS: frozenset({Flag.RETURNS_CENTER}),
}
"""What must be on before a flag may be."""
