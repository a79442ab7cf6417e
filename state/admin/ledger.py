"""The books, for finance: what every account comes to, what was posted, and whether it agrees with what happened."""

from dataclasses import dataclass
from typing import Final, Self

import reflex as rx

from marketplace import bootstrap, ledger, ops
from marketplace.kernel.actor import Permission
from marketplace.kernel.money import Money
from marketplace.ledger import AccountSums, CurrencySums, PostingView, TransactionView
from state import place
from state.edge import acting, handles, read, read_together
from state.forms import Loads
from state.reader import Reader
from state.words import _

PATH: Final = "/admin/ledger"
CODES: Final = frozenset(ledger.CHART)
HASH_SHOWN: Final = 12
ORDER: Final = "order:"
"""How the source of what was posted for an order begins; its number follows."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One code of the chart, ready to print."""

    code: str
    title: str
    href: str
    debit: str
    credit: str
    balance: str
    side: str

    @classmethod
    def of(cls, sums: AccountSums, reader: Reader, currency: str) -> Self:
        """Print an account: what went in on either side, and what is left on which."""
        left = sums.debit_minor - sums.credit_minor
        return cls(
            code=sums.account,
            title=_(sums.title),
            href=f"{PATH}?account={sums.account}",
            debit=_figure(sums.debit_minor, currency, reader),
            credit=_figure(sums.credit_minor, currency, reader),
            balance=_figure(abs(left), currency, reader),
            side=_("debit") if left > 0 else _("credit") if left < 0 else "",
        )


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One line of a transaction, ready to print."""

    code: str
    title: str
    debit: str
    credit: str

    @classmethod
    def of(cls, posting: PostingView, reader: Reader) -> Self:
        """Print a line."""
        return cls(
            code=posting.account.partition(":")[0],
            title=_(posting.title),
            debit=reader.money(posting.debit) if posting.debit else "",
            credit=reader.money(posting.credit) if posting.credit else "",
        )


@dataclass(frozen=True, slots=True)
class TransactionRow:
    """One transaction, ready to print."""

    id: str
    kind: str
    order: str
    posted: str
    posted_exact: str
    by: str
    hash: str
    postings: list[PostingRow]

    @classmethod
    def of(cls, posted: TransactionView, reader: Reader) -> Self:
        """Print a transaction with its lines."""
        return cls(
            id=str(posted.id),
            kind=reader.word(posted.kind),
            order=posted.source.removeprefix(ORDER) if posted.source.startswith(ORDER) else "",
            posted=reader.date(posted.posted_at),
            posted_exact=reader.exact(posted.posted_at),
            by=_("by {name}").format(name=posted.posted_by_name) if posted.posted_by_name else _("by itself"),
            hash=posted.hash[:HASH_SHOWN] if posted.hash else "",
            postings=[PostingRow.of(posting, reader) for posting in posted.postings],
        )


class LedgerState(Loads, rx.State):
    """The trial balance beside the journal; both are asked anew with each visit, and not by themselves."""

    accounts: list[AccountRow] = []
    debit: str = ""
    credit: str = ""
    is_balanced: bool = True
    rows: list[TransactionRow] = []
    account: str = ""
    sheet: str = ""
    first: str = ""
    after: str = ""
    verdict: str = ""
    agrees: bool = True
    differences: list[str] = []

    @handles(Permission.LEDGER_READ)
    async def load(self) -> None:
        """Fill both."""
        asked, reader = place.query_of(self), Reader.of(self)
        account, cursor = asked.get("account", ""), asked.get("after")
        self.account = account if account in CODES else ""
        balance = await read(ledger.trial_balance, acting(), at=bootstrap.database().now())
        self._sum_up(balance.currencies[0] if balance.currencies else None, reader)
        page = await read(ledger.transactions, acting(), account=self.account or None, cursor=cursor)
        self.rows = [TransactionRow.of(posted, reader) for posted in page.items]
        self.first = place.address(PATH, "en", {"account": self.account}) if cursor else ""
        more = page.next_cursor
        self.after = place.address(PATH, "en", {"account": self.account, "after": more}) if more else ""
        self.sheet = place.address("/api/v1/admin/ledger/transactions.csv", "en", {"account": self.account})

    @handles(Permission.LEDGER_READ)
    async def check(self) -> None:
        """Compare the books with what happened, all of it as of one moment."""
        reader = Reader.of(self)
        found = await read_together(ops.agreement, acting())
        self.agrees = found.agrees
        self.differences = [
            _("{order}, account {account}: {expected} expected, {actual} booked").format(
                order=difference.order or "–",
                account=difference.account,
                expected=reader.money(difference.expected),
                actual=reader.money(difference.actual),
            )
            for difference in found.disagreements
        ] + [f"{breach.subject}: {breach.why}" for breach in found.breaches]
        self.verdict = _("{orders} orders and {transactions} transactions were compared.").format(
            orders=reader.number(found.orders), transactions=reader.number(found.transactions)
        )

    def _sum_up(self, sums: CurrencySums | None, reader: Reader) -> None:
        if sums is None:
            self.accounts, self.debit, self.credit, self.is_balanced = [], "", "", True
            return
        self.accounts = [AccountRow.of(each, reader, sums.currency) for each in sums.by_code]
        self.debit = _figure(sums.debit_minor, sums.currency, reader)
        self.credit = _figure(sums.credit_minor, sums.currency, reader)
        self.is_balanced = sums.debit_minor == sums.credit_minor


def _figure(minor: int, currency: str, reader: Reader) -> str:
    return reader.money(Money(minor, currency)) if minor else ""
