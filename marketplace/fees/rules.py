"""How much the house takes, by whichever rule speaks most closely of a sale."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from marketplace.fees.errors import NoRule
from marketplace.kernel.ids import StoreId
from marketplace.kernel.money import BPS_PER_WHOLE, Money, rounded_share


@dataclass(frozen=True, slots=True)
class FeeFacts:
    """What must be known of a line that was sold. Amounts hold VAT at `vat_bps`; 0 where they hold none."""

    store_id: StoreId
    category_path: tuple[str, ...]
    item_total: Money
    shipping: Money
    vat_bps: int
    quantity: int = 1

    @property
    def base(self) -> Money:
        """What fees are a part of: all that the buyer pays for the line, without VAT."""
        return _net(self.item_total + self.shipping, self.vat_bps)


@dataclass(frozen=True, slots=True)
class FeeSnapshot:
    """What was assessed, and by which rule of which version: kept on the line, never looked up again."""

    rule_id: UUID
    version: int
    base_minor: int
    bps: int
    min_minor: int | None
    max_minor: int | None
    amount_minor: int
    vat_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class FeeRule:
    """A rate for a category and all below it; for items up to a price, where it says so."""

    id: UUID
    category: str
    up_to_minor: int | None
    bps: int
    min_minor: int | None
    max_minor: int | None

    def covers(self, facts: FeeFacts) -> bool:
        """Whether the rule is meant for a sale: its category is one of the path, or above it all."""
        path = "/".join(facts.category_path)
        in_category = not self.category or f"{path}/".startswith(f"{self.category}/")
        return in_category and (self.up_to_minor is None or _price(facts) <= self.up_to_minor)

    @property
    def closeness(self) -> tuple[int, bool, int]:
        """How closely it speaks: the deeper category first, then a bound on the price, then the lower bound."""
        depth = len(self.category.split("/")) if self.category else 0
        return depth, self.up_to_minor is not None, -(self.up_to_minor or 0)


@dataclass(frozen=True, slots=True)
class FeeBook:
    """The schedule in force at one instant: read once, asked for every line."""

    version: int
    vat_bps: int
    rules: Sequence[FeeRule]

    def assess(self, facts: FeeFacts) -> FeeSnapshot:
        """Find the fee on a line, and the VAT on the fee."""
        covering = [rule for rule in self.rules if rule.covers(facts)]
        if not covering:
            raise NoRule
        rule = max(covering, key=lambda rule: rule.closeness)
        fee = _within(facts.base.share(rule.bps), rule)
        return FeeSnapshot(
            rule_id=rule.id,
            version=self.version,
            base_minor=facts.base.minor,
            bps=rule.bps,
            min_minor=rule.min_minor,
            max_minor=rule.max_minor,
            amount_minor=fee.minor,
            vat_minor=fee.share(self.vat_bps).minor,
            currency=fee.currency,
        )


def _within(fee: Money, rule: FeeRule) -> Money:
    least = fee.minor if rule.min_minor is None else max(fee.minor, rule.min_minor)
    return Money(least if rule.max_minor is None else min(least, rule.max_minor), fee.currency)


def _price(facts: FeeFacts) -> int:
    """The price of one item as the buyer sees it: what the bounds of rules speak of."""
    return rounded_share(facts.item_total.minor, 1, facts.quantity)


def _net(amount: Money, vat_bps: int) -> Money:
    return Money(rounded_share(amount.minor, BPS_PER_WHOLE, BPS_PER_WHOLE + vat_bps), amount.currency)
