"""What leaves ops."""

from dataclasses import dataclass

from marketplace.kernel.money import Money
from marketplace.ledger import Breach


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An account in which the books hold another sum than what happened to an order explains."""

    order: str | None
    account: str
    expected: Money
    actual: Money


@dataclass(frozen=True, slots=True)
class PotView:
    """What came into somebody's pot, what went out, and what the books say is left."""

    owner: str
    came: Money
    went: Money
    booked: Money

    @property
    def agrees(self) -> bool:
        """Whether the books hold what is left."""
        return self.came - self.went == self.booked


@dataclass(frozen=True, slots=True)
class AgreementView:
    """Whether the books agree with what happened: by order and account, by agent, by vendor, and in themselves."""

    orders: int
    transactions: int
    accounts: int
    disagreements: tuple[Disagreement, ...]
    cash_with_agents: tuple[PotView, ...]
    payable_to_vendors: tuple[PotView, ...]
    breaches: tuple[Breach, ...]

    @property
    def agrees(self) -> bool:
        """Whether nothing at all is wrong."""
        pots = (*self.cash_with_agents, *self.payable_to_vendors)
        return not self.disagreements and not self.breaches and all(pot.agrees for pot in pots)
