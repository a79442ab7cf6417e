"""Tables of the books. A migration adds what a model cannot say: the sum of zero, and that nothing is ever changed."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, Index, func
from sqlmodel import Field, SQLModel

from marketplace.kernel import columns
from marketplace.kernel.ids import OrderId, TransactionId
from marketplace.kernel.money import Money
from marketplace.ledger.accounts import Account
from marketplace.ledger.rules import Posting

ACCOUNT_PATTERN = r"^[1-5][0-9]{3}(:(store|agent|carrier|provider):[0-9a-z-]{1,36})?$"


class Transaction(SQLModel, table=True):
    """Amounts that moved together, for one reason, once."""

    __tablename__ = "transactions"
    __table_args__ = (
        CheckConstraint("reverses_id <> id", name="does_not_reverse_itself"),
        Index("ix_transactions_newest", "posted_at", "id"),
    )

    id: TransactionId = columns.key()
    kind: str = Field(max_length=40)
    source: str = Field(max_length=120)
    key: str = Field(max_length=160, unique=True)
    order_id: OrderId | None = columns.maybe_plain_id(index=True)
    reverses_id: TransactionId | None = columns.maybe_ref("transactions", unique=True)
    posted_at: datetime = columns.instant()
    posted_by: str = Field(max_length=120)
    fingerprint: str = Field(max_length=64)
    content_hash: str = Field(max_length=64)
    entered_at: datetime | None = Field(
        default=None, sa_column=Column(DateTime(timezone=True), nullable=False, server_default=func.now())
    )
    """The database's own time, since the house's clock may be moved: a seal that is late is late in real seconds."""


class PostingRecord(SQLModel, table=True):
    """One amount into (positive) or out of (negative) one account."""

    __tablename__ = "postings"
    __table_args__ = (
        CheckConstraint("amount_minor <> 0", name="not_zero"),
        CheckConstraint(f"account ~ '{ACCOUNT_PATTERN}'", name="account_in_chart"),
        Index("ix_postings_account", "account", "currency", postgresql_include=["amount_minor"]),
    )

    transaction_id: TransactionId = columns.ref("transactions", primary_key=True)
    position: int = Field(primary_key=True)
    account: str = Field(max_length=60)
    amount_minor: int = columns.minor_units()
    currency: str = columns.currency()

    def posting(self) -> Posting:
        """The value this row keeps."""
        return Posting(Account(self.account), Money(self.amount_minor, self.currency))


class Seal(SQLModel, table=True):
    """A transaction's place in the chain of hashes."""

    __tablename__ = "seals"

    transaction_id: TransactionId = columns.ref("transactions", primary_key=True)
    sequence: int = Field(sa_type=BigInteger, unique=True)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)
    sealed_at: datetime = columns.instant()


class UnsealedTransaction(SQLModel, table=True):
    """A transaction that waits for its seal: the sealer's queue, emptied about once a second."""

    __tablename__ = "unsealed_transactions"

    transaction_id: TransactionId = columns.ref("transactions", primary_key=True)
