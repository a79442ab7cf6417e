"""Money: whole smallest units of one currency, never a binary fraction."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from marketplace.kernel.text import read_figure

BPS_PER_WHOLE = 10_000
"""Basis points in one whole: rates are stored as hundredths of a percent."""

EXPONENTS = {"SAR": 2, "USD": 2, "KWD": 3}
"""Decimal places of the currencies the house trades in."""

MOST_MINOR = 10**15
"""More than this is a slip of the hand: it is refused before the database has no room for it."""


def rounded_share(minor: int, part: int, whole: int) -> int:
    """Take part/whole of an amount, rounded half up in size (commercial rounding, domain-rules B16)."""
    size, remainder = divmod(abs(minor) * part, whole)
    if remainder * 2 >= whole:
        size += 1
    return size if minor >= 0 else -size


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in the smallest unit of its currency (halala, cent)."""

    minor: int
    currency: str

    @classmethod
    def zero(cls, currency: str) -> "Money":
        """Nothing, in a currency."""
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> "Money":
        """Read a figure as people write it, in Western or Arabic digits, with or without commas between thousands.

        Raises ValueError where it is none (1e5, 120,50), finer than the currency, or more than anybody means.
        """
        minor = read_figure(text).scaleb(EXPONENTS[currency])
        if minor != minor.to_integral_value() or abs(minor) > MOST_MINOR:
            raise ValueError(text)
        return cls(int(minor), currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in whole units, for printing."""
        return Decimal(self.minor).scaleb(-EXPONENTS[self.currency])

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __mul__(self, quantity: int) -> "Money":
        return Money(self.minor * quantity, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def share(self, bps: int) -> "Money":
        """The part that a rate in basis points takes, rounded half up."""
        return Money(rounded_share(self.minor, bps, BPS_PER_WHOLE), self.currency)

    def split(self, weights: Sequence[int]) -> list["Money"]:
        """Divide by weights so that nothing is lost: largest remainder first, then the earlier part."""
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            message = "Weights must not be negative, and not all be zero."
            raise ValueError(message)
        size, sign = abs(self.minor), 1 if self.minor >= 0 else -1
        floors = [size * weight // total for weight in weights]
        remainders = [size * weight % total for weight in weights]
        by_remainder = sorted(range(len(weights)), key=lambda index: (-remainders[index], index))
        for index in by_remainder[: size - sum(floors)]:
            floors[index] += 1
        return [Money(sign * part, self.currency) for part in floors]

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            message = f"{self.currency} and {other.currency} do not mix."
            raise ValueError(message)
        return other.minor


def total(amounts: Sequence[Money], currency: str) -> Money:
    """Add up amounts of one currency; nothing adds up to zero."""
    result = Money.zero(currency)
    for amount in amounts:
        result += amount
    return result
