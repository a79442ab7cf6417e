"""Posting: the one way money moves in the books."""

from collections.abc import Sequence
from typing import Any, Final

import orjson
from sqlalchemy import select as choose
from sqlalchemy import text
from sqlmodel import col, select

from marketplace import events
from marketplace.kernel.ids import OrderId, TransactionId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.ledger import rules
from marketplace.ledger.errors import KeyReused, TransactionNotFound
from marketplace.ledger.events import TransactionPosted
from marketplace.ledger.models import PostingRecord, Transaction
from marketplace.ledger.rules import Entry, Posting

_POST: Final = text("""
WITH posted AS (
    INSERT INTO transactions
        (id, kind, source, key, order_id, reverses_id, posted_at, posted_by, fingerprint, content_hash)
    SELECT id, kind, source, key, order_id, reverses_id, posted_at, posted_by, fingerprint, content_hash
    FROM jsonb_populate_recordset(NULL::transactions, CAST(:rows AS jsonb))
    ORDER BY key
    ON CONFLICT (key) DO NOTHING
    RETURNING id, key
), moved AS (
    INSERT INTO postings (transaction_id, position, account, amount_minor, currency)
    SELECT line.transaction_id, line.position, line.account, line.amount_minor, line.currency
    FROM jsonb_populate_recordset(NULL::postings, CAST(:lines AS jsonb)) AS line
    JOIN posted ON posted.id = line.transaction_id
), waiting AS (
    INSERT INTO unsealed_transactions (transaction_id) SELECT id FROM posted
)
SELECT key, id FROM posted
""")
"""Transactions that the books do not hold yet, their postings and their places in the sealer's queue."""

REVERSAL: Final = "reversal"


def post(
    uow: UnitOfWork,
    *,
    kind: str,
    source: str,
    key: str,
    postings: Sequence[Posting],
    order_id: OrderId | None = None,
) -> TransactionId:
    """Post a transaction once: the same again under its key gives the first one's id, anything else is refused."""
    entry = Entry(kind=kind, source=source, key=key, postings=tuple(postings), order_id=order_id)
    return post_all(uow, entries=[entry])[0]


def post_all(uow: UnitOfWork, *, entries: Sequence[Entry]) -> tuple[TransactionId, ...]:
    """Post many transactions in a few statements; the ids are in the order of the entries."""
    asked = {entry.key: _checked(entry) for entry in entries}
    if len(asked) < len(entries):
        raise KeyReused(_twice(entries))
    new = _insert_new(uow, asked)
    ids = new | _first_answers(uow, {key: entry for key, entry in asked.items() if key not in new})
    events.emit(uow, *(_fact(id_, asked[key]) for key, id_ in new.items()))
    return tuple(ids[entry.key] for entry in entries)


def reverse(uow: UnitOfWork, *, transaction_id: TransactionId, key: str) -> TransactionId:
    """Undo a transaction by its mirror image, which names it; a transaction is undone once at most."""
    wrong = uow.session.get(Transaction, transaction_id)
    if wrong is None:
        raise TransactionNotFound(transaction_id)
    lines = uow.session.exec(
        select(PostingRecord)
        .where(col(PostingRecord.transaction_id) == transaction_id)
        .order_by(col(PostingRecord.position))
    )
    mirror = Entry(
        kind=REVERSAL,
        source=wrong.source,
        key=key,
        postings=rules.reversed_postings(line.posting() for line in lines),
        order_id=wrong.order_id,
        reverses_id=transaction_id,
    )
    return post_all(uow, entries=[mirror])[0]


def _checked(entry: Entry) -> Entry:
    return Entry(
        kind=entry.kind,
        source=entry.source,
        key=entry.key,
        postings=rules.without_zeros(entry.postings),
        order_id=entry.order_id,
        reverses_id=entry.reverses_id,
    )


def _insert_new(uow: UnitOfWork, asked: dict[str, Entry]) -> dict[str, TransactionId]:
    """Insert what the books do not hold yet. Keys are sorted, so that two who post the same never wait in a circle."""
    if not asked:
        return {}
    rows = [_row(uow, asked[key]) for key in sorted(asked)]
    lines = [line for row in rows for line in _lines(row["id"], asked[row["key"]])]
    values = {"rows": orjson.dumps(rows).decode(), "lines": orjson.dumps(lines).decode()}
    return {key: TransactionId(id_) for key, id_ in uow.session.execute(_POST, values)}


def _first_answers(uow: UnitOfWork, repeated: dict[str, Entry]) -> dict[str, TransactionId]:
    if not repeated:
        return {}
    first = choose(col(Transaction.key), col(Transaction.id), col(Transaction.fingerprint)).where(
        col(Transaction.key).in_(repeated)
    )
    ids: dict[str, TransactionId] = {}
    for key, id_, fingerprint in uow.session.execute(first):
        if fingerprint != repeated[key].fingerprint():
            raise KeyReused(key)
        ids[key] = TransactionId(id_)
    return ids


def _row(uow: UnitOfWork, entry: Entry) -> dict[str, Any]:
    id_ = TransactionId(new_uuid())
    return {
        "id": id_,
        "kind": entry.kind,
        "source": entry.source,
        "key": entry.key,
        "order_id": entry.order_id,
        "reverses_id": entry.reverses_id,
        "posted_at": uow.now,
        "posted_by": uow.asked_by,
        "fingerprint": entry.fingerprint(),
        "content_hash": rules.content_hash(id_, entry, posted_at=uow.now, posted_by=uow.asked_by),
    }


def _lines(transaction_id: TransactionId, entry: Entry) -> list[dict[str, Any]]:
    return [
        {
            "transaction_id": transaction_id,
            "position": position,
            "account": posting.account,
            "amount_minor": posting.amount.minor,
            "currency": posting.amount.currency,
        }
        for position, posting in enumerate(entry.postings)
    ]


def _fact(transaction_id: TransactionId, entry: Entry) -> TransactionPosted:
    return TransactionPosted(
        transaction_id=transaction_id, kind=entry.kind, source=entry.source, order_id=entry.order_id
    )


def _twice(entries: Sequence[Entry]) -> str:
    keys = [entry.key for entry in entries]
    return next(key for key in keys if keys.count(key) > 1)
