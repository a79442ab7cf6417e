"""What is in the pots."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import OrderId
from marketplace.kernel.money import Money
from marketplace.ledger import policy
from marketplace.ledger.accounts import Account, chapter_of, sign_of
from marketplace.ledger.models import PostingRecord, Transaction
from marketplace.ledger.views import AccountSums, CurrencySums, TrialBalanceView


def balance(session: Session, *, account: Account, currency: str) -> Money:
    """What is in a pot, counted on the side on which it grows."""
    return balances(session, accounts=[account], currency=currency)[account]


def balances(session: Session, *, accounts: Sequence[Account], currency: str) -> dict[Account, Money]:
    """What is in each of some pots, in one question."""
    sums = (
        select(col(PostingRecord.account), func.sum(col(PostingRecord.amount_minor)))
        .where(col(PostingRecord.account).in_(accounts), col(PostingRecord.currency) == currency)
        .group_by(col(PostingRecord.account))
    )
    found = dict(session.execute(sums).all())
    return {account: Money(sign_of(account) * int(found.get(account, 0)), currency) for account in accounts}


def held_for_orders(session: Session, *, accounts: Mapping[OrderId, Account], currency: str) -> dict[OrderId, Money]:
    """What is in one pot for each of some orders, on account of that order, in one question."""
    held = (
        select(col(Transaction.order_id), col(PostingRecord.account), func.sum(col(PostingRecord.amount_minor)))
        .join(PostingRecord, col(PostingRecord.transaction_id) == col(Transaction.id))
        .where(
            col(Transaction.order_id).in_(accounts),
            col(PostingRecord.account).in_(set(accounts.values())),
            col(PostingRecord.currency) == currency,
        )
        .group_by(col(Transaction.order_id), col(PostingRecord.account))
    )
    sums = {(order_id, account): int(minor) for order_id, account, minor in session.execute(held)}
    return {
        order_id: Money(sign_of(account) * sums.get((order_id, account), 0), currency)
        for order_id, account in accounts.items()
    }


def held_for_order(session: Session, *, order_id: OrderId, account: Account, currency: str) -> Money:
    """What is in a pot on account of one order."""
    return held_for_orders(session, accounts={order_id: account}, currency=currency)[order_id]


def trial_balance(actor: Actor, session: Session, *, at: datetime, since: datetime | None = None) -> TrialBalanceView:
    """Every account with all that went in on either side until an instant; from another one on where asked."""
    permit(policy.can_read(actor), "read the books")
    amount = col(PostingRecord.amount_minor)
    sums = (
        select(
            col(PostingRecord.currency),
            col(PostingRecord.account),
            func.coalesce(func.sum(amount).filter(amount > 0), 0),
            func.coalesce(-func.sum(amount).filter(amount < 0), 0),
        )
        .join(Transaction, col(Transaction.id) == col(PostingRecord.transaction_id))
        .where(col(Transaction.posted_at) <= at)
        .group_by(col(PostingRecord.currency), col(PostingRecord.account))
        .order_by(col(PostingRecord.currency), col(PostingRecord.account))
    )
    if since is not None:
        sums = sums.where(col(Transaction.posted_at) >= since)
    accounts: defaultdict[str, list[AccountSums]] = defaultdict(list)
    for currency, account, debit, credit in session.execute(sums):
        title = chapter_of(Account(account)).title
        accounts[currency].append(AccountSums(Account(account), title, int(debit), int(credit)))
    return TrialBalanceView(at, tuple(_currency_sums(currency, found) for currency, found in accounts.items()))


def _currency_sums(currency: str, accounts: list[AccountSums]) -> CurrencySums:
    return CurrencySums(
        currency,
        sum(account.debit_minor for account in accounts),
        sum(account.credit_minor for account in accounts),
        tuple(accounts),
    )
