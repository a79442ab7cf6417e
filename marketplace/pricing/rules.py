"""Prices by arithmetic: tiers, lines, and the quantities a listing is sold in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from marketplace.kernel.errors import FieldProblem
from marketplace.kernel.money import Money, rounded_share
from marketplace.kernel.text import read_figure

PPM_PER_WHOLE: Final = 1_000_000
"""Parts of a million in one whole: a percentage with four decimals."""

PPM_PER_PERCENT: Final = PPM_PER_WHOLE // 100

MOST_TIERS: Final = 10
MOST_QUANTITY: Final = 100_000
MOST_MINOR: Final = 100_000_000_00
"""The dearest unit: a hundred million whole ones of a currency with two decimals."""


class QuantityWarning(StrEnum):
    """How a quantity was brought to one that is sold."""

    CLAMPED_TO_MOQ = "clamped_to_moq"
    CLAMPED_TO_MAX = "clamped_to_max"
    CLAMPED_TO_STEP = "clamped_to_step"


@dataclass(frozen=True, slots=True)
class Tier:
    """From this many units on, each costs this part less."""

    min_quantity: int
    discount_ppm: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What one unit costs, what many cost, and how many may be bought at once."""

    price: Money
    list_price: Money | None = None
    tiers: tuple[Tier, ...] = ()
    min_quantity: int = 1
    max_quantity: int | None = None
    quantity_step: int = 1


@dataclass(frozen=True, slots=True)
class LinePrice:
    """The price of so many units: `line_total` is unit price times quantity, less the discount."""

    unit_price: Money
    unit_discount: Money
    discount: Money
    line_total: Money

    @property
    def unit_price_paid(self) -> Money:
        """What one unit costs after its quantity price: times the quantity it is the line's total."""
        return self.unit_price - self.unit_discount


def line(price: Money, tiers: Sequence[Tier], quantity: int) -> LinePrice:
    """Price a line: the discount is rounded once, on the unit, so that the unit shown times the quantity agrees."""
    unit_discount = discount_at(price, tiers, quantity)
    discount = unit_discount * quantity
    return LinePrice(price, unit_discount, discount, price * quantity - discount)


def discount_at(price: Money, tiers: Sequence[Tier], quantity: int) -> Money:
    """How much less one unit costs when so many are bought: the tier with the greatest quantity reached decides."""
    reached = [tier for tier in tiers if tier.min_quantity <= quantity]
    if not reached:
        return Money.zero(price.currency)
    best = max(reached, key=lambda tier: tier.min_quantity)
    return Money(rounded_share(price.minor, best.discount_ppm, PPM_PER_WHOLE), price.currency)


def clamp(quantity: int, terms: Terms) -> tuple[int, tuple[QuantityWarning, ...]]:
    """Bring a quantity to the next one that is sold, and say how; a part of a step is rounded up to a whole one."""
    if quantity < terms.min_quantity:
        return terms.min_quantity, (QuantityWarning.CLAMPED_TO_MOQ,)
    if terms.max_quantity is not None and quantity > terms.max_quantity:
        return terms.max_quantity, (QuantityWarning.CLAMPED_TO_MAX,)
    beyond = quantity % terms.quantity_step
    if beyond:
        return quantity - beyond + terms.quantity_step, (QuantityWarning.CLAMPED_TO_STEP,)
    return quantity, ()


def sellable(available: int, terms: Terms) -> int:
    """How many can be bought at once while so many are there: whole steps, and none where that is below the least."""
    most = available if terms.max_quantity is None else min(available, terms.max_quantity)
    most -= most % terms.quantity_step
    return most if most >= terms.min_quantity else 0


def tier_price(price: Money, tier: Tier) -> Money:
    """What one unit costs from this tier on."""
    return price - discount_at(price, (tier,), tier.min_quantity)


def read_percent(text: str) -> int:
    """Read a percentage with up to four decimals as parts of a million; raises ValueError when it is none."""
    parts = read_figure(text) * PPM_PER_PERCENT
    if parts != parts.to_integral_value():
        raise ValueError(text)
    return int(parts)


def print_percent(ppm: int) -> str:
    """Print parts of a million as a percentage, with two decimals unless more are needed."""
    percent = Decimal(ppm) / PPM_PER_PERCENT
    return f"{percent:.2f}" if ppm % 100 == 0 else f"{percent:.4f}"


def over(before: Terms, said: Terms, *, unsaid: Collection[str]) -> Terms:
    """New terms in place of old ones: what nothing was said of stays, as far as it goes with what was said."""
    joined = replace(said, **{name: getattr(before, name) for name in unsaid})
    if joined.list_price is not None and joined.list_price.minor <= joined.price.minor:
        joined = replace(joined, list_price=None)
    return said if problems(joined, currency=said.price.currency) else joined


def described(terms: Terms) -> dict[str, Any]:
    """The terms as plain values, for the audit trail."""
    return {
        "price_minor": terms.price.minor,
        "list_price_minor": terms.list_price.minor if terms.list_price else None,
        "currency": terms.price.currency,
        "tiers": [[tier.min_quantity, tier.discount_ppm] for tier in terms.tiers],
        "min_quantity": terms.min_quantity,
        "max_quantity": terms.max_quantity,
        "quantity_step": terms.quantity_step,
    }


def problems(terms: Terms, *, currency: str) -> tuple[FieldProblem, ...]:
    """What keeps these terms from being sold by, field by field."""
    return (*_price_problems(terms, currency), *_quantity_problems(terms), *_tier_problems(terms))


def _price_problems(terms: Terms, currency: str) -> list[FieldProblem]:
    found = []
    if terms.price.currency != currency or (terms.list_price and terms.list_price.currency != currency):
        found.append(
            FieldProblem("price.currency", "currency", "Give the price in the currency that your store sells in.")
        )
    if not 0 < terms.price.minor <= MOST_MINOR:
        found.append(FieldProblem("price", "range", "A price is more than nothing and below a hundred million."))
    if terms.list_price is not None and not terms.price.minor < terms.list_price.minor <= MOST_MINOR:
        message = "The price before must be above the price: raise it, or leave it out."
        found.append(FieldProblem("list_price", "not_above_price", message))
    return found


def _quantity_problems(terms: Terms) -> list[FieldProblem]:
    found = []
    if not 1 <= terms.quantity_step <= MOST_QUANTITY:
        return [FieldProblem("quantity_step", "range", "Sell in steps of 1 to 100,000.")]
    if not 1 <= terms.min_quantity <= MOST_QUANTITY:
        found.append(FieldProblem("min_quantity", "range", "The least is 1 to 100,000."))
    if terms.min_quantity % terms.quantity_step:
        found.append(FieldProblem("min_quantity", "not_in_steps", "The least must be a whole number of steps."))
    if terms.max_quantity is None:
        return found
    if not terms.min_quantity <= terms.max_quantity <= MOST_QUANTITY:
        found.append(FieldProblem("max_quantity", "range", "The most must be at least the least, 100,000 at most."))
    if terms.max_quantity % terms.quantity_step:
        found.append(FieldProblem("max_quantity", "not_in_steps", "The most must be a whole number of steps."))
    return found


def _tier_problems(terms: Terms) -> list[FieldProblem]:
    if len(terms.tiers) > MOST_TIERS:
        return [FieldProblem("tiers", "too_many", "Keep at most 10 steps in price.")]
    found = []
    least, saved = 1, 0
    for place, tier in enumerate(terms.tiers):
        if not least < tier.min_quantity <= MOST_QUANTITY:
            message = "Each step starts at more units than the one before, and at 2 or more."
            found.append(FieldProblem(f"tiers.{place}.min_quantity", "not_rising", message))
        saving = rounded_share(terms.price.minor, tier.discount_ppm, PPM_PER_WHOLE)
        if not saved < saving < terms.price.minor:
            message = "Each step must make the unit cheaper than the one before, and never free."
            found.append(FieldProblem(f"tiers.{place}.discount", "not_better", message))
        least, saved = max(least, tier.min_quantity), max(saved, saving)
    return found
