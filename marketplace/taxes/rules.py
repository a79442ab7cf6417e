"""How much of an amount is tax."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.kernel.money import BPS_PER_WHOLE, Money, rounded_share
from marketplace.taxes.errors import NoRate


@dataclass(frozen=True, slots=True)
class TaxSnapshot:
    """What was assessed: kept by whoever asked, never looked up again."""

    rate_bps: int
    is_inclusive: bool
    net_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class TaxRate:
    """A rate for a category and all below it; the empty category is everything."""

    category: str
    rate_bps: int
    is_inclusive: bool

    def covers(self, category: str) -> bool:
        """Whether the rate is meant for a category path."""
        return not self.category or f"{category}/".startswith(f"{self.category}/")


@dataclass(frozen=True, slots=True)
class TaxBook:
    """The rates in force at one instant: read once, asked for every line."""

    rates: Sequence[TaxRate]

    def assess(self, amount: Money, *, category: str) -> TaxSnapshot:
        """Find the tax on an amount, by the rate of the nearest category."""
        covering = [rate for rate in self.rates if rate.covers(category)]
        if not covering:
            raise NoRate
        return snapshot(amount, max(covering, key=lambda rate: len(rate.category)))


def snapshot(amount: Money, rate: TaxRate) -> TaxSnapshot:
    """Divide an amount that holds its tax, or put the tax on top; half up, and the two parts always add up."""
    if rate.is_inclusive:
        net = rounded_share(amount.minor, BPS_PER_WHOLE, BPS_PER_WHOLE + rate.rate_bps)
        return TaxSnapshot(rate.rate_bps, is_inclusive=True, net_minor=net, tax_minor=amount.minor - net)
    return TaxSnapshot(
        rate.rate_bps, is_inclusive=False, net_minor=amount.minor, tax_minor=amount.share(rate.rate_bps).minor
    )
