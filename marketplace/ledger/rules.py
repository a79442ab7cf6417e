"""What makes a transaction: postings that cancel out, and the hashes that keep them."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from marketplace.kernel.ids import OrderId, TransactionId
from marketplace.kernel.money import Money
from marketplace.ledger.accounts import Account
from marketplace.ledger.errors import Unbalanced

FIRST_HASH: Final = "0" * 64
"""What stands before the first seal."""

FEWEST_POSTINGS: Final = 2


@dataclass(frozen=True, slots=True)
class Posting:
    """One amount into or out of a pot: debits count up, credits count down."""

    account: Account
    amount: Money

    @classmethod
    def debit(cls, account: Account, amount: Money) -> "Posting":
        """An amount on the left side."""
        return cls(account, amount)

    @classmethod
    def credit(cls, account: Account, amount: Money) -> "Posting":
        """An amount on the right side."""
        return cls(account, -amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A transaction to be posted: what it is, what caused it, and the key under which it is posted once."""

    kind: str
    source: str
    key: str
    postings: tuple[Posting, ...]
    order_id: OrderId | None = None
    reverses_id: TransactionId | None = None

    def fingerprint(self) -> str:
        """Hash of what was asked: the same again is the same wish."""
        return digest(
            {
                "kind": self.kind,
                "source": self.source,
                "order_id": _text(self.order_id),
                "reverses_id": _text(self.reverses_id),
                "postings": amounts(self.postings),
            }
        )


def without_zeros(postings: Sequence[Posting]) -> tuple[Posting, ...]:
    """The postings that move something, once they are found to cancel out in each currency."""
    sums: defaultdict[str, int] = defaultdict(int)
    for posting in postings:
        sums[posting.amount.currency] += posting.amount.minor
    if any(sums.values()):
        raise Unbalanced("The two sides differ by {sums}: a transaction sums to zero.", sums=dict(sums))
    moving = tuple(posting for posting in postings if posting.amount)
    if len(moving) < FEWEST_POSTINGS:
        raise Unbalanced("A transaction moves an amount from one account to another at least.")
    return moving


def reversed_postings(postings: Iterable[Posting]) -> tuple[Posting, ...]:
    """The same amounts the other way."""
    return tuple(Posting(posting.account, -posting.amount) for posting in postings)


def amounts(postings: Iterable[Posting]) -> list[list[str | int]]:
    """Postings as plain values, in their order."""
    return [[posting.account, posting.amount.minor, posting.amount.currency] for posting in postings]


def content_hash(transaction_id: TransactionId, entry: Entry, *, posted_at: datetime, posted_by: str) -> str:
    """Hash of all that a transaction says."""
    return digest(
        {
            "id": str(transaction_id),
            "key": entry.key,
            "asked": entry.fingerprint(),
            "posted_at": posted_at.astimezone(UTC).isoformat(),
            "posted_by": posted_by,
        }
    )


def seal_hash(previous_hash: str, sequence: int, content: str) -> str:
    """Hash of a link: the one before it, its place, and what it holds."""
    return hashlib.sha256(f"{previous_hash}:{sequence}:{content}".encode()).hexdigest()


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of canonical JSON."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _text(value: object) -> str | None:
    return None if value is None else str(value)
