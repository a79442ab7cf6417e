"""Whether the books hold: nothing altered, nothing taken out, nothing overdrawn."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Final

from sqlalchemy import func
from sqlalchemy import select as choose
from sqlmodel import Session, col, select

from marketplace.kernel.ids import TransactionId
from marketplace.ledger import rules
from marketplace.ledger.accounts import CHART, CODE_LENGTH, Account, sign_of
from marketplace.ledger.models import PostingRecord, Seal, Transaction
from marketplace.ledger.queries.journal import postings_of
from marketplace.ledger.rules import Entry, Posting
from marketplace.ledger.views import Breach, Verdict

SEALED_WITHIN: Final = timedelta(seconds=60)
"""A transaction that waits longer for its seal is a breach."""

READ_AT_ONCE: Final = 1_000
MOST_BREACHES: Final = 100


def verify(session: Session) -> Verdict:
    """Walk the whole chain: altered contents, gaps, false links, late seals, and pots that were overdrawn."""
    chain = _Chain()
    breaches = tuple(islice(chain.breaches(session), MOST_BREACHES))
    more = tuple(islice(_unsealed(session), MOST_BREACHES)) + tuple(_overdrawn(session))
    return Verdict(chain.read, breaches + more)


class _Chain:
    """The walk along the seals, and how far it came."""

    def __init__(self) -> None:
        self.read = 0
        self._hash = rules.FIRST_HASH

    def breaches(self, session: Session) -> Iterator[Breach]:
        """What is wrong, link by link. A gap is told once: the walk goes on from the number it finds."""
        expected = 1
        while batch := _sealed_from(session, expected):
            contents = _contents(session, [transaction for _, transaction in batch])
            for seal, transaction in batch:
                subject = str(transaction.id)
                if seal.sequence != expected:
                    yield Breach(subject, "gap")
                if contents[transaction.id] != transaction.content_hash:
                    yield Breach(subject, "altered")
                link = rules.seal_hash(self._hash, seal.sequence, transaction.content_hash)
                if seal.previous_hash != self._hash or seal.hash != link:
                    yield Breach(subject, "false link")
                self._hash, expected = seal.hash, seal.sequence + 1
                self.read += 1


def _sealed_from(session: Session, sequence: int) -> list[tuple[Seal, Transaction]]:
    batch = (
        select(Seal, Transaction)
        .join(Transaction, col(Transaction.id) == col(Seal.transaction_id))
        .where(col(Seal.sequence) >= sequence)
        .order_by(col(Seal.sequence))
        .limit(READ_AT_ONCE)
    )
    return list(session.exec(batch).all())


def _contents(session: Session, rows: Sequence[Transaction]) -> dict[TransactionId, str]:
    """Hash each transaction anew, from what the tables say today."""
    lines = postings_of(session, rows)
    return {
        row.id: rules.content_hash(row.id, _entry(row, lines[row.id]), posted_at=row.posted_at, posted_by=row.posted_by)
        for row in rows
    }


def _entry(row: Transaction, postings: Sequence[Posting]) -> Entry:
    return Entry(
        kind=row.kind,
        source=row.source,
        key=row.key,
        postings=tuple(postings),
        order_id=row.order_id,
        reverses_id=row.reverses_id,
    )


def _unsealed(session: Session) -> Iterator[Breach]:
    late = (
        choose(col(Transaction.id))
        .outerjoin(Seal, col(Seal.transaction_id) == col(Transaction.id))
        .where(col(Seal.transaction_id).is_(None), col(Transaction.entered_at) < func.now() - SEALED_WITHIN)
        .order_by(col(Transaction.id))
        .limit(MOST_BREACHES)
    )
    for id_ in session.execute(late).scalars():
        yield Breach(str(id_), "unsealed")


def _overdrawn(session: Session) -> Iterator[Breach]:
    held = [code for code, chapter in CHART.items() if chapter.is_held]
    code = func.left(col(PostingRecord.account), CODE_LENGTH)
    sums = (
        choose(col(PostingRecord.account), func.sum(col(PostingRecord.amount_minor)))
        .where(code.in_(held))
        .group_by(col(PostingRecord.account), col(PostingRecord.currency))
    )
    for account, minor in session.execute(sums):
        if sign_of(Account(account)) * minor < 0:
            yield Breach(account, "overdrawn")
