"""Letters: claimed, handed to the carrier, and noted.

The row is the intention and its id the carrier's key; a letter whose note was lost is handed over again when its lease
has run out, under the same key.
"""

from collections.abc import Sequence
from typing import cast

from sqlmodel import Session

from marketplace import identity, notifications
from marketplace.identity import Contact
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.errors import Unavailable
from marketplace.kernel.ids import UserId
from marketplace.kernel.words import DEFAULT, Locale, is_locale
from marketplace.kernel.work import UnitOfWork
from marketplace.notifications import SendOutcome, SendView
from marketplace.ports import House
from marketplace.ports.mail import Letter

POSTMAN = system("mailing")


def send_due(house: House) -> int:
    """Send every letter that is due; returns how many were handed over."""
    handed_over = 0
    while sends := house.db.transact(_claim, POSTMAN):
        people = house.db.read(_contacts, POSTMAN, user_ids=[send.user_id for send in sends])
        outcomes = [_sent(house, send, people[send.user_id]) for send in sends]
        house.db.transact(_record, POSTMAN, outcomes=outcomes)
        handed_over += sum(outcome.error is None for outcome in outcomes)
    return handed_over


def _sent(house: House, send: SendView, reader: Contact) -> SendOutcome:
    try:
        return SendOutcome(send, carrier_key=house.ports.mail.send(_letter(house, send, reader)))
    except Unavailable as error:
        return SendOutcome(send, error=str(error))


def _letter(house: House, send: SendView, reader: Contact) -> Letter:
    locale = cast("Locale", reader.locale) if is_locale(reader.locale) else DEFAULT
    link = send.notice.link if locale == DEFAULT else f"/{locale}{send.notice.link}"
    text = f"{send.notice.body(locale)}\n\n{house.public_url}{link}\n"
    return Letter(
        key=str(send.id), to=reader.email, name=reader.full_name, subject=send.notice.title(locale), text=text
    )


def _claim(_actor: Actor, uow: UnitOfWork) -> tuple[SendView, ...]:
    return notifications.claim_sends(uow)


def _contacts(_actor: Actor, session: Session, *, user_ids: Sequence[UserId]) -> dict[UserId, Contact]:
    return dict(identity.contacts(session, user_ids))


def _record(_actor: Actor, uow: UnitOfWork, *, outcomes: Sequence[SendOutcome]) -> None:
    notifications.record_sends(uow, outcomes=outcomes)
