"""Checks of the house."""

from typing import Final

from sqlalchemy import text
from sqlmodel import Session

from marketplace import events, ledger
from marketplace.events import Backlog
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.money import Money
from marketplace.ops import expectations, policy
from marketplace.ops.views import AgreementView, Disagreement, PotView

MOST_SHOWN: Final = 200


def agreement(actor: Actor, session: Session) -> AgreementView:
    """Compare the books with what happened. Ask it where all statements see the same moment."""
    permit(policy.can_check_books(actor), "check the books")
    counted = session.execute(text(expectations.COUNTED)).one()
    return AgreementView(
        orders=counted.orders,
        transactions=counted.transactions,
        accounts=counted.accounts,
        disagreements=_disagreements(session),
        cash_with_agents=_pots(session, expectations.CASH),
        payable_to_vendors=_pots(session, expectations.PAYABLE),
        breaches=ledger.verify(session).breaches,
    )


def backlog(actor: Actor, session: Session) -> Backlog:
    """Tell how far behind the delivery of facts is."""
    permit(policy.can_replay(actor), "see how facts are delivered")
    return events.backlog(session)


def _disagreements(session: Session) -> tuple[Disagreement, ...]:
    found = session.execute(text(expectations.DISAGREEMENTS), {"most": MOST_SHOWN})
    return tuple(
        Disagreement(row.number, row.account, Money(row.expected, row.currency), Money(row.actual, row.currency))
        for row in found
    )


def _pots(session: Session, question: str) -> tuple[PotView, ...]:
    return tuple(
        PotView(row.owner, *(Money(minor, row.currency) for minor in (row.came, row.went, row.booked)))
        for row in session.execute(text(question))
    )
