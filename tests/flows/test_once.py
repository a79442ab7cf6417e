"""Asking twice is asking once."""

from functools import partial

import pytest
from sqlalchemy import select

from marketplace import events, flows
from marketplace.events.models import OutboxMessage
from marketplace.flows import Answer
from marketplace.idempotency import KeyReused, Wish
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.errors import Conflict, Refusal, SignedOut
from marketplace.kernel.work import UnitOfWork
from tests.conftest import Today
from tests.factories.facts import BellRang

WISH = Wish(scope="somebody:rings", key="k-1", fingerprint="f-1")
RINGER = system("ringer")


class Printed:
    """How this test's edge prints."""

    def view(self, view: int) -> Answer:
        """Print how often it rang."""
        return Answer("201", str(view).encode())

    def refusal(self, refusal: Refusal) -> Answer:
        """Print why it did not."""
        return Answer("409", refusal.message.encode())


def ring(_actor: Actor, uow: UnitOfWork, *, then: Refusal | None = None) -> int:
    """Ring the bell, and perhaps refuse after all."""
    events.emit(uow, BellRang(bell="great"))
    if then is not None:
        raise then
    return len(rung(uow))


def rung(uow: UnitOfWork) -> list[OutboxMessage]:
    """What rang so far."""
    return list(uow.session.execute(select(OutboxMessage)).scalars())


class Slow(Printed):
    """Takes so long over a refusal that the same wish is answered meanwhile."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def refusal(self, refusal: Refusal) -> Answer:
        """Let the other one through first."""
        flows.once(RINGER, self.uow, wish=WISH, command=ring, presenter=Printed())
        return super().refusal(refusal)


class TestOnce:
    def test_answers_the_second_time_as_the_first_and_does_nothing(self, uow: UnitOfWork) -> None:
        first = flows.once(RINGER, uow, wish=WISH, command=ring, presenter=Printed())
        second = flows.once(RINGER, uow, wish=WISH, command=ring, presenter=Printed())

        assert first == Answer("201", b"1")
        assert second == Answer("201", b"1", is_replay=True)
        assert len(rung(uow)) == 1

    def test_keeps_a_refusal_and_undoes_what_led_to_it(self, uow: UnitOfWork) -> None:
        refused = partial(ring, then=Conflict("The bell hangs still."))

        first = flows.once(RINGER, uow, wish=WISH, command=refused, presenter=Printed())
        second = flows.once(RINGER, uow, wish=WISH, command=ring, presenter=Printed())

        assert first == Answer("409", b"The bell hangs still.")
        assert second == Answer("409", b"The bell hangs still.", is_replay=True)
        assert rung(uow) == []

    def test_gives_the_answer_of_whoever_was_faster_after_a_refusal(self, uow: UnitOfWork) -> None:
        refused = partial(ring, then=Conflict("The bell hangs still."))

        answer = flows.once(RINGER, uow, wish=WISH, command=refused, presenter=Slow(uow))

        assert answer == Answer("201", b"1", is_replay=True)
        assert len(rung(uow)) == 1

    def test_does_not_keep_an_answer_that_says_nothing_of_the_wish(self, uow: UnitOfWork) -> None:
        with pytest.raises(SignedOut):
            flows.once(RINGER, uow, wish=WISH, command=partial(ring, then=SignedOut("Who?")), presenter=Printed())

        again = flows.once(RINGER, uow, wish=WISH, command=ring, presenter=Printed())

        assert again == Answer("201", b"1")

    def test_refuses_the_key_for_another_wish(self, uow: UnitOfWork) -> None:
        flows.once(RINGER, uow, wish=WISH, command=ring, presenter=Printed())
        other = Wish(scope=WISH.scope, key=WISH.key, fingerprint="f-2")

        with pytest.raises(KeyReused):
            flows.once(RINGER, uow, wish=other, command=ring, presenter=Printed())

        assert len(rung(uow)) == 1

    def test_forgets_the_answer_when_its_life_is_over(self, uow: UnitOfWork, clock: Today) -> None:
        flows.once(RINGER, uow, wish=WISH, command=ring, presenter=Printed())
        tomorrow = UnitOfWork(session=uow.session, now=clock.advance(days=1), asked_by="test")

        again = flows.once(RINGER, tomorrow, wish=WISH, command=ring, presenter=Printed())

        assert again == Answer("201", b"2")
