"""The books of the house, for finance."""

from collections.abc import Iterator
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Query
from fastapi.responses import StreamingResponse

from marketplace import ledger, ops
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import OrderId
from marketplace.ledger import TransactionView
from marketplace.rest import sheets
from marketplace.rest.caller import Caller
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Router
from marketplace.rest.shapes.base import Instant, Listed
from marketplace.rest.shapes.ledger import Agreement, Transaction, TrialBalance

router = Router(prefix="/admin/ledger", tags=["admin ledger"])

OrderAsked = Annotated[UUID | None, Query(alias="order_id", description="Only what was posted for this order.")]
AccountAsked = Annotated[
    str | None,
    Query(
        pattern=r"^[1-5][0-9]{3}(:[a-z]{1,8}:[0-9a-z-]{1,36})?$",
        description="Only what touched this account, such as `4000`; or any account of this code, such as `2100`.",
    ),
]
Until = Annotated[Instant | None, Query(description="Until when; until now where it is left out.")]
Since = Annotated[Instant | None, Query(description="From when; from the beginning where it is left out.")]


@router.get("/transactions", access=Permission.LEDGER_READ, returns=Listed[Transaction])
def transactions(
    caller: Caller,
    order_id: OrderAsked = None,
    account: AccountAsked = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Listed[Transaction]:
    """List transactions, newest first."""
    order = OrderId(order_id) if order_id else None
    page = caller.read(ledger.transactions, order_id=order, account=account, limit=limit, cursor=cursor)
    items = tuple(Transaction.of(transaction) for transaction in page.items)
    return Listed[Transaction](items=items, next_cursor=page.next_cursor)


@router.get("/transactions.csv", access=Permission.LEDGER_READ, returns=None, media_type=sheets.MEDIA_TYPE)
def transactions_as_sheet(
    caller: Caller, order_id: OrderAsked = None, account: AccountAsked = None
) -> StreamingResponse:
    """Send transactions as a file, a row for each posting, newest first."""
    order = OrderId(order_id) if order_id else None
    found = sheets.every(partial(caller.read, ledger.transactions), order_id=order, account=account)
    rows = (row for transaction in found for row in _rows(transaction))
    return sheets.sheet("transactions", HEADING, rows)


@router.get("/trial-balance", access=Permission.LEDGER_READ, returns=TrialBalance)
def trial_balance(caller: Caller, at: Until = None, since: Since = None) -> TrialBalance:
    """Sum up every account on either side."""
    until = at or caller.house.db.now()
    return TrialBalance.of(caller.read(ledger.trial_balance, at=until, since=since))


@router.get("/agreement", access=Permission.LEDGER_READ, returns=Agreement)
def agreement(caller: Caller) -> Agreement:
    """Compare the books with what happened, account by account; all of it as of one moment."""
    db = caller.house.db
    return Agreement.of(db.read_together(ops.agreement, caller.actor), at=db.now())


HEADING = (
    "posted_at", "transaction_id", "kind", "source", "account", "title", "debit", "credit", "currency", "hash",
)  # fmt: skip


def _rows(transaction: TransactionView) -> Iterator[tuple[str, ...]]:
    for posting in transaction.postings:
        amount = posting.debit or posting.credit
        yield (
            transaction.posted_at.isoformat(),
            str(transaction.id),
            transaction.kind,
            sheets.written(transaction.source),
            posting.account,
            posting.title,
            sheets.figure(posting.debit),
            sheets.figure(posting.credit),
            amount.currency if amount else "",
            transaction.hash or "",
        )
