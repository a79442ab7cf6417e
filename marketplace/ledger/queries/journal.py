"""The journal: what was posted, and for what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import or_, tuple_
from sqlalchemy import select as choose
from sqlmodel import Session, col, select

from marketplace import identity
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import OrderId, TransactionId, UserId
from marketplace.kernel.money import Money
from marketplace.kernel.pages import Page, clamp, instant_and_id
from marketplace.ledger import policy
from marketplace.ledger.accounts import chapter_of
from marketplace.ledger.models import PostingRecord, Seal, Transaction
from marketplace.ledger.rules import Posting
from marketplace.ledger.views import PostingView, TransactionView

PERSON: Final = "user:"
"""How the name of an actor begins who is somebody."""


def transactions(
    actor: Actor,
    session: Session,
    *,
    order_id: OrderId | None = None,
    account: str | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> Page[TransactionView]:
    """The journal, newest first; of one order, one account or one code of the chart where asked."""
    permit(policy.can_read(actor), "read the books")
    asked = clamp(limit)
    newest = select(Transaction).order_by(col(Transaction.posted_at).desc(), col(Transaction.id).desc())
    if order_id is not None:
        newest = newest.where(col(Transaction.order_id) == order_id)
    if account is not None:
        touching = choose(col(PostingRecord.transaction_id)).where(
            or_(
                col(PostingRecord.account) == account,
                col(PostingRecord.account).startswith(f"{account}:", autoescape=True),
            )
        )
        newest = newest.where(col(Transaction.id).in_(touching))
    if cursor is not None:
        newest = newest.where(tuple_(col(Transaction.posted_at), col(Transaction.id)) < tuple_(*instant_and_id(cursor)))
    found = session.exec(newest.limit(asked + 1)).all()
    page = Page.of(found, limit=asked, key=lambda row: (row.posted_at.isoformat(), str(row.id)))
    views = _views(session, page.items)
    return Page(tuple(views), page.next_cursor)


def postings_of(session: Session, rows: Iterable[Transaction]) -> defaultdict[TransactionId, list[Posting]]:
    """Look up the lines of some transactions, in their order."""
    found = (
        select(PostingRecord)
        .where(col(PostingRecord.transaction_id).in_([row.id for row in rows]))
        .order_by(col(PostingRecord.transaction_id), col(PostingRecord.position))
    )
    lines: defaultdict[TransactionId, list[Posting]] = defaultdict(list)
    for line in session.exec(found):
        lines[line.transaction_id].append(line.posting())
    return lines


def _views(session: Session, rows: Sequence[Transaction]) -> Iterator[TransactionView]:
    lines = postings_of(session, rows)
    seals = {
        seal.transaction_id: seal
        for seal in session.exec(select(Seal).where(col(Seal.transaction_id).in_([row.id for row in rows])))
    }
    names = _names(session, {row.posted_by for row in rows})
    for row in rows:
        seal = seals.get(row.id)
        yield TransactionView(
            id=row.id,
            posted_at=row.posted_at,
            posted_by=row.posted_by,
            posted_by_name=names.get(row.posted_by),
            kind=row.kind,
            source=row.source,
            order_id=row.order_id,
            reverses_id=row.reverses_id,
            postings=tuple(_posting_view(line) for line in lines[row.id]),
            sequence=seal.sequence if seal else None,
            hash=seal.hash if seal else None,
            previous_hash=seal.previous_hash if seal else None,
        )


def _names(session: Session, actors: Iterable[str]) -> Mapping[str, str]:
    """Look up the people among those who posted."""
    people = {name: UserId(UUID(name.removeprefix(PERSON))) for name in actors if name.startswith(PERSON)}
    known = identity.users_by_id(session, people.values())
    return {name: known[user_id].full_name for name, user_id in people.items() if user_id in known}


def _posting_view(posting: Posting) -> PostingView:
    size = Money(abs(posting.amount.minor), posting.amount.currency)
    is_debit = posting.amount.minor > 0
    return PostingView(
        account=posting.account,
        title=chapter_of(posting.account).title,
        debit=size if is_debit else None,
        credit=None if is_debit else size,
    )
