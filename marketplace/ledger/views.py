"""What leaves the ledger."""

from dataclasses import dataclass
from datetime import datetime

from marketplace.kernel.ids import OrderId, TransactionId
from marketplace.kernel.money import Money
from marketplace.ledger.accounts import CHART, Account, account_code


@dataclass(frozen=True, slots=True)
class PostingView:
    """One line of a transaction: an amount on its left or on its right."""

    account: Account
    title: str
    debit: Money | None
    credit: Money | None


@dataclass(frozen=True, slots=True)
class TransactionView:
    """A transaction with its lines, and its seal once it has one."""

    id: TransactionId
    posted_at: datetime
    posted_by: str
    posted_by_name: str | None
    kind: str
    source: str
    order_id: OrderId | None
    reverses_id: TransactionId | None
    postings: tuple[PostingView, ...]
    sequence: int | None
    hash: str | None
    previous_hash: str | None


@dataclass(frozen=True, slots=True)
class AccountSums:
    """All that went into one account on either side."""

    account: Account
    title: str
    debit_minor: int
    credit_minor: int


@dataclass(frozen=True, slots=True)
class CurrencySums:
    """The accounts of one currency; the two totals are equal or the books are broken."""

    currency: str
    debit_minor: int
    credit_minor: int
    accounts: tuple[AccountSums, ...]

    @property
    def by_code(self) -> tuple[AccountSums, ...]:
        """The same a code of the chart each: the pots of all vendors, agents and buyers together."""
        codes = sorted({account_code(sums.account) for sums in self.accounts})
        return tuple(self._sum_of(code) for code in codes)

    def _sum_of(self, code: str) -> AccountSums:
        under = [sums for sums in self.accounts if account_code(sums.account) == code]
        return AccountSums(
            account=Account(code),
            title=CHART[code].title,
            debit_minor=sum(sums.debit_minor for sums in under),
            credit_minor=sum(sums.credit_minor for sums in under),
        )


@dataclass(frozen=True, slots=True)
class TrialBalanceView:
    """Every account that was ever used, summed up to an instant."""

    at: datetime
    currencies: tuple[CurrencySums, ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """Where the books do not hold, and why."""

    subject: str
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verifier read, and what it found wrong."""

    transactions: int
    breaches: tuple[Breach, ...]
