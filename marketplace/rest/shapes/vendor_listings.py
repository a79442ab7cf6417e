"""Listings, as their vendor keeps them."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from marketplace import pricing
from marketplace.catalog import Condition, Fulfillment
from marketplace.flows.compositions import listing as listings
from marketplace.rest.shapes.base import FullLine, Line, Moment, Money, Shape, Wished, WishedMoney
from marketplace.rest.shapes.vendor_stock import Count, Stock, Version

Units = Annotated[int, Field(ge=1, le=100_000, strict=True)]
Sku = Annotated[Line, Field(max_length=64)]
Fsin = Annotated[Line, Field(min_length=1, max_length=20)]
Percent = Annotated[str, Field(pattern=r"^\d{1,2}(\.\d{1,4})?$", description="A percentage with up to four decimals.")]


class WishedTier(Wished):
    """From so many units on, each costs this much less."""

    min_quantity: Units
    discount_percent: Percent

    def tier(self) -> pricing.Tier:
        """Read it."""
        return pricing.Tier(self.min_quantity, pricing.read_percent(self.discount_percent))


Tiers = Annotated[tuple[WishedTier, ...], Field(max_length=10)]


class WishedOffering(Wished):
    """How a product is sold."""

    price: WishedMoney
    list_price: WishedMoney | None = None
    tiers: Tiers = ()
    min_quantity: Units = 1
    max_quantity: Units | None = None
    quantity_step: Units = 1
    sku: Sku = ""
    condition: Condition = Condition.NEW
    fulfillment: Fulfillment = Fulfillment.AGENT
    on_hand: Count
    warn_at: Count = 0

    def offering(self) -> listings.Offering:
        """Read it."""
        terms = pricing.Terms(
            price=self.price.amount(),
            list_price=self.list_price.amount() if self.list_price else None,
            tiers=tuple(tier.tier() for tier in self.tiers),
            min_quantity=self.min_quantity,
            max_quantity=self.max_quantity,
            quantity_step=self.quantity_step,
        )
        return listings.Offering(
            terms=terms,
            on_hand=self.on_hand,
            sku=self.sku,
            condition=self.condition,
            fulfillment=self.fulfillment,
            warn_at=self.warn_at,
        )


class WishedListing(WishedOffering):
    """A product that is there, to be sold from now on."""

    fsin: Fsin


class ListingChange(Wished):
    """What shall be different about a listing; what is left out stays, `null` takes a bound away."""

    sku: Annotated[FullLine, Field(max_length=64)] | None = None
    fulfillment: Fulfillment | None = None
    price: WishedMoney | None = None
    list_price: WishedMoney | None = None
    tiers: Tiers | None = None
    min_quantity: Units | None = None
    max_quantity: Units | None = None
    quantity_step: Units | None = None
    expected_version: Version | None = None
    warn_at: Count | None = None
    is_paused: bool | None = None

    def change(self, now: pricing.Terms | None) -> listings.OfferingChange:
        """Read it over the terms that hold now."""
        return listings.OfferingChange(
            sku=self.sku,
            fulfillment=self.fulfillment,
            terms=self._terms(now),
            expected_version=self.expected_version,
            warn_at=self.warn_at,
            is_paused=self.is_paused,
        )

    def _terms(self, now: pricing.Terms | None) -> pricing.Terms | None:
        said = self.model_fields_set & {
            "price",
            "list_price",
            "tiers",
            "min_quantity",
            "max_quantity",
            "quantity_step",
        }
        price = self.price.amount() if self.price else None if now is None else now.price
        if not said or price is None:
            return None
        before = now or pricing.Terms(price)
        list_price = self.list_price.amount() if self.list_price else None
        return pricing.Terms(
            price=price,
            list_price=list_price if "list_price" in said else before.list_price,
            tiers=before.tiers if self.tiers is None else tuple(tier.tier() for tier in self.tiers),
            min_quantity=self.min_quantity or before.min_quantity,
            max_quantity=self.max_quantity if "max_quantity" in said else before.max_quantity,
            quantity_step=self.quantity_step or before.quantity_step,
        )


class TierTerms(Shape):
    """From so many units on, each costs this."""

    min_quantity: int
    discount_percent: str
    unit_price: Money


class VendorListing(Shape):
    """A listing, as its vendor keeps it."""

    id: UUID
    fsin: str
    title: str
    sku: str
    condition: str
    fulfillment: str
    state: str
    is_live: bool
    reasons: tuple[str, ...]
    price: Money | None
    list_price: Money | None
    tiers: tuple[TierTerms, ...]
    min_quantity: int
    max_quantity: int | None
    quantity_step: int
    version: int
    stock: Stock | None
    created_at: Moment

    @classmethod
    def of(cls, kept: listings.VendorListing) -> "VendorListing":
        """Print a listing with its price and stock."""
        listing, terms = kept.listing, kept.terms
        return cls(
            id=listing.id,
            fsin=listing.fsin,
            title=listing.title,
            sku=listing.sku,
            condition=listing.condition,
            fulfillment=listing.fulfillment,
            state=listing.state,
            is_live=listing.is_live,
            reasons=listing.reasons,
            price=Money.maybe(terms.price if terms else None),
            list_price=Money.maybe(terms.list_price if terms else None),
            tiers=_tiers(terms),
            min_quantity=terms.min_quantity if terms else 1,
            max_quantity=terms.max_quantity if terms else None,
            quantity_step=terms.quantity_step if terms else 1,
            version=kept.price.version if kept.price else 0,
            stock=None if kept.stock is None else Stock.of(kept.stock),
            created_at=listing.created_at,
        )


def _tiers(terms: pricing.Terms | None) -> tuple[TierTerms, ...]:
    if terms is None:
        return ()
    return tuple(
        TierTerms(
            min_quantity=tier.min_quantity,
            discount_percent=pricing.print_percent(tier.discount_ppm),
            unit_price=Money.of(pricing.tier_price(terms.price, tier)),
        )
        for tier in terms.tiers
    )
