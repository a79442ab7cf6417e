"""Checking what must always hold: that the books agree with what happened, and that nobody was at the audit trail."""

from datetime import datetime
from typing import Final

from sqlmodel import Session

from marketplace import audit, ledger, ops
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House

CHECKER = system("schedule:checking")

MANY: Final = 1_000
"""Sealed at once, so many may have left some for the next time; fewer are all that was there."""


class SomethingIsWrong(Exception):  # noqa: N818 (it says what was found; the job that raises it is shown as failed)
    """The books or the audit trail do not hold."""


def check(house: House) -> None:
    """Raise where the books differ from what happened or a chain is broken: somebody has to look at once."""
    seal(house)
    books = house.db.read_together(ops.agreement, CHECKER)
    trail = house.db.read_together(_trail, CHECKER, now=house.db.now())
    if not books.agrees:
        found = len(books.disagreements), len(books.breaches)
        message = "The books differ from what happened in {} accounts; {} breaches. See: marketplace ledger agreement"
        raise SomethingIsWrong(message.format(*found))
    if trail:
        message = "The audit trail does not hold at entry {}: {}."
        raise SomethingIsWrong(message.format(trail[0].position, trail[0].why))


def seal(house: House) -> None:
    """Chain all that waits for its seal, as the schedule does every second.

    Before a check, as a clock that has just been moved makes it look late; and by whoever works without a schedule.
    """
    while house.db.transact(_seal, CHECKER) >= MANY:
        pass


def _seal(_actor: Actor, uow: UnitOfWork) -> int:
    return audit.seal(uow) + ledger.seal(uow)


def _trail(_actor: Actor, session: Session, *, now: datetime) -> tuple[audit.Breach, ...]:
    return audit.verify(session, now=now)
