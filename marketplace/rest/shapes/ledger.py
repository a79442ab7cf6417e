"""The books, as the contract prints them."""

from datetime import datetime
from uuid import UUID

from marketplace import ops
from marketplace.ledger import AccountSums, CurrencySums, PostingView, TransactionView, TrialBalanceView
from marketplace.rest.shapes.base import Moment, Money, Shape


class Posting(Shape):
    """One line of a transaction."""

    account: str
    title: str
    debit: Money | None
    credit: Money | None

    @classmethod
    def of(cls, posting: PostingView) -> "Posting":
        """Print a line."""
        return cls(
            account=posting.account,
            title=posting.title,
            debit=Money.maybe(posting.debit),
            credit=Money.maybe(posting.credit),
        )


class Transaction(Shape):
    """A transaction; it has its hashes once it is sealed, a second or so after it was posted."""

    id: UUID
    posted_at: Moment
    posted_by: str
    kind: str
    source: str
    order_id: UUID | None
    reverses_id: UUID | None
    postings: tuple[Posting, ...]
    sequence: int | None
    hash: str | None
    previous_hash: str | None

    @classmethod
    def of(cls, transaction: TransactionView) -> "Transaction":
        """Print a transaction."""
        return cls(
            id=transaction.id,
            posted_at=transaction.posted_at,
            posted_by=transaction.posted_by,
            kind=transaction.kind,
            source=transaction.source,
            order_id=transaction.order_id,
            reverses_id=transaction.reverses_id,
            postings=tuple(Posting.of(posting) for posting in transaction.postings),
            sequence=transaction.sequence,
            hash=transaction.hash,
            previous_hash=transaction.previous_hash,
        )


class AccountLine(Shape):
    """All that went into one account on either side: the difference is what is in it."""

    account: str
    title: str
    debit_minor: int
    credit_minor: int

    @classmethod
    def of(cls, sums: AccountSums) -> "AccountLine":
        """Print an account."""
        return cls(account=sums.account, title=sums.title, debit_minor=sums.debit_minor, credit_minor=sums.credit_minor)


class Currency(Shape):
    """The accounts of one currency."""

    currency: str
    debit_minor: int
    credit_minor: int
    accounts: tuple[AccountLine, ...]

    @classmethod
    def of(cls, sums: CurrencySums) -> "Currency":
        """Print a currency."""
        return cls(
            currency=sums.currency,
            debit_minor=sums.debit_minor,
            credit_minor=sums.credit_minor,
            accounts=tuple(AccountLine.of(account) for account in sums.accounts),
        )


class TrialBalance(Shape):
    """Every account that was ever used."""

    at: Moment
    currencies: tuple[Currency, ...]

    @classmethod
    def of(cls, balance: TrialBalanceView) -> "TrialBalance":
        """Print the trial balance."""
        return cls(at=balance.at, currencies=tuple(Currency.of(sums) for sums in balance.currencies))


class Disagreement(Shape):
    """An account in which the books hold another sum than what happened explains; debits are positive."""

    order: str | None
    account: str
    expected: Money
    actual: Money

    @classmethod
    def of(cls, found: ops.Disagreement) -> "Disagreement":
        """Print a disagreement."""
        return cls(
            order=found.order,
            account=found.account,
            expected=Money.of(found.expected),
            actual=Money.of(found.actual),
        )


class Pot(Shape):
    """What came into somebody's pot, what went out, and what the books say is left."""

    owner: str
    came: Money
    went: Money
    booked: Money
    agrees: bool

    @classmethod
    def of(cls, pot: ops.PotView) -> "Pot":
        """Print a pot."""
        return cls(
            owner=pot.owner,
            came=Money.of(pot.came),
            went=Money.of(pot.went),
            booked=Money.of(pot.booked),
            agrees=pot.agrees,
        )


class Breach(Shape):
    """Where the chain of the books does not hold."""

    subject: str
    why: str


class Agreement(Shape):
    """Whether the books agree with what happened."""

    agrees: bool
    at: Moment
    orders: int
    transactions: int
    accounts: int
    disagreements: tuple[Disagreement, ...]
    cash_with_agents: tuple[Pot, ...]
    payable_to_vendors: tuple[Pot, ...]
    breaches: tuple[Breach, ...]

    @classmethod
    def of(cls, found: ops.AgreementView, *, at: datetime) -> "Agreement":
        """Print the report."""
        return cls(
            agrees=found.agrees,
            at=at,
            orders=found.orders,
            transactions=found.transactions,
            accounts=found.accounts,
            disagreements=tuple(map(Disagreement.of, found.disagreements)),
            cash_with_agents=tuple(map(Pot.of, found.cash_with_agents)),
            payable_to_vendors=tuple(map(Pot.of, found.payable_to_vendors)),
            breaches=tuple(Breach(subject=breach.subject, why=breach.why) for breach in found.breaches),
        )
