"""Sealing: giving committed transactions their place in the chain, apart from posting them.

A head of the chain locked in each posting would make the whole marketplace stand in one line.
"""

from typing import Any, Final

from sqlalchemy import delete, func, insert
from sqlalchemy import select as choose
from sqlmodel import col

from marketplace.kernel.ids import TransactionId
from marketplace.kernel.work import UnitOfWork
from marketplace.ledger import rules
from marketplace.ledger.models import Seal, Transaction, UnsealedTransaction

SEALS_AT_ONCE: Final = 2_000

SEALER_LOCK: Final = 7_202
"""The advisory lock that lets one sealer work at a time."""


def seal(uow: UnitOfWork) -> int:
    """Chain what was committed since the last seal; returns how many. Where a sealer is at work, leave it to him."""
    if not uow.session.execute(choose(func.pg_try_advisory_xact_lock(SEALER_LOCK))).scalar_one():
        return 0
    links = _links(uow)
    if links:
        uow.session.execute(insert(Seal), links)
        done = [link["transaction_id"] for link in links]
        uow.session.execute(delete(UnsealedTransaction).where(col(UnsealedTransaction.transaction_id).in_(done)))
    return len(links)


def _links(uow: UnitOfWork) -> list[dict[str, Any]]:
    last, previous = _last(uow)
    links = []
    for place, (transaction_id, content) in enumerate(_waiting(uow), start=last + 1):
        sealed = rules.seal_hash(previous, place, content)
        links.append(
            {
                "transaction_id": transaction_id,
                "sequence": place,
                "previous_hash": previous,
                "hash": sealed,
                "sealed_at": uow.now,
            }
        )
        previous = sealed
    return links


def _last(uow: UnitOfWork) -> tuple[int, str]:
    newest = choose(col(Seal.sequence), col(Seal.hash)).order_by(col(Seal.sequence).desc()).limit(1)
    found = uow.session.execute(newest).one_or_none()
    return found or (0, rules.FIRST_HASH)


def _waiting(uow: UnitOfWork) -> list[tuple[TransactionId, str]]:
    waiting = (
        choose(col(Transaction.id), col(Transaction.content_hash))
        .join(UnsealedTransaction, col(UnsealedTransaction.transaction_id) == col(Transaction.id))
        .order_by(col(Transaction.id))
        .limit(SEALS_AT_ONCE)
    )
    return list(uow.session.execute(waiting))
