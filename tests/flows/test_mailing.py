"""Letters on their way out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select, update

from marketplace import notifications
from marketplace.flows import mailing
from marketplace.identity.models import User
from marketplace.kernel.errors import Unavailable
from marketplace.kernel.ids import EventId, new_uuid
from marketplace.kernel.work import Database, UnitOfWork
from marketplace.notifications.models import Send
from marketplace.ports import House, Ports
from marketplace.ports.mail import Letter
from tests.conftest import Today
from tests.factories.people import make_store


class Carrier:
    """A carrier that keeps what it is given, unless it is on strike."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.is_on_strike = False

    def send(self, letter: Letter) -> str:
        """Take a letter."""
        if self.is_on_strike:
            raise Unavailable("on strike")
        self.letters.append(letter)
        return f"carried:{len(self.letters)}"


@pytest.fixture
def carrier() -> Carrier:
    return Carrier()


@pytest.fixture
def house(database: Database, ports: Ports, carrier: Carrier) -> House:
    return House(database, replace(ports, mail=carrier), secret="secret", public_url="https://souq.example")


def write(uow: UnitOfWork, *, locale: str = "en") -> str:
    user, _ = make_store(uow, email="noura@example.com")
    uow.session.execute(update(User).values(locale=locale))
    about = {"number": "25-1201-6X2D-1", "store": "Dune Roasters"}
    notifications.notify(uow, rule="order_accepted", user_ids=[user.id], about=about, event_id=EventId(new_uuid()))
    uow.session.flush()
    return str(uow.session.exec(select(Send.id)).one())


class TestSendDue:
    def test_hands_each_letter_over_once_under_its_own_key(
        self, house: House, carrier: Carrier, uow: UnitOfWork
    ) -> None:
        key = write(uow)

        counts = [mailing.send_due(house), mailing.send_due(house)]

        assert counts == [1, 0]
        (letter,) = carrier.letters
        assert (letter.key, letter.to) == (key, "noura@example.com")
        assert letter.subject == "Dune Roasters accepted order 25-1201-6X2D-1"
        assert letter.text == "It is being packed.\n\nhttps://souq.example/orders/25-1201-6X2D-1\n"
        assert uow.session.exec(select(Send.carrier_key)).one() == "carried:1"

    def test_writes_in_the_readers_language(self, house: House, carrier: Carrier, uow: UnitOfWork) -> None:
        write(uow, locale="ar")

        mailing.send_due(house)

        assert carrier.letters[0].subject == "وافق \u2068Dune Roasters\u2069 على الطلب \u206825-1201-6X2D-1\u2069"
        assert carrier.letters[0].text.endswith("https://souq.example/ar/orders/25-1201-6X2D-1\n")

    def test_tries_again_when_the_carrier_works_again(
        self, house: House, carrier: Carrier, uow: UnitOfWork, clock: Today
    ) -> None:
        write(uow)
        carrier.is_on_strike = True

        assert mailing.send_due(house) == 0

        carrier.is_on_strike = False
        assert mailing.send_due(house) == 0
        clock.now += timedelta(seconds=30)
        assert mailing.send_due(house) == 1
        assert uow.session.exec(select(Send.tries)).one() == 2

    def test_hands_a_letter_over_again_whose_note_was_lost(
        self, house: House, carrier: Carrier, uow: UnitOfWork, clock: Today
    ) -> None:
        key = write(uow)
        notifications.claim_sends(uow)
        uow.session.flush()

        assert mailing.send_due(house) == 0

        clock.now += timedelta(minutes=2)
        assert mailing.send_due(house) == 1
        assert carrier.letters[0].key == key
