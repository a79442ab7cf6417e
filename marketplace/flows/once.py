"""Asking twice is asking once: a wish is claimed, done and answered in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from marketplace import idempotency
from marketplace.idempotency import StoredAnswer, Wish
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import Refusal, SignedOut, TooMany
from marketplace.kernel.work import UnitOfWork, repeatable

T = TypeVar("T")
V_contra = TypeVar("V_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an edge sends back: its own word for the outcome, the bytes, and whether they were sent before."""

    outcome: str
    body: bytes
    is_replay: bool = False


class Presenter(Protocol[V_contra]):
    """How an edge prints what came of a wish."""

    def view(self, view: V_contra) -> Answer:
        """Print what the command returned."""

    def refusal(self, refusal: Refusal) -> Answer:
        """Print why it was refused."""


@repeatable
def once(
    actor: Actor, uow: UnitOfWork, *, wish: Wish, command: Callable[[Actor, UnitOfWork], T], presenter: Presenter[T]
) -> Answer:
    """Run a command for a wish that was not answered yet; else give the first answer again, equal to the byte.

    A refusal is an answer too: what the command had changed is undone, and the refusal is kept. Refusals that say
    nothing of the wish itself (nobody signed in, too many requests) are not kept.
    """
    stored = idempotency.claim(uow, wish=wish)
    if stored is not None:
        return _again(stored)
    try:
        answer = presenter.view(command(actor, uow))
    except Refusal as refusal:
        uow.start_over()
        if isinstance(refusal, SignedOut | TooMany):
            raise
        answer = presenter.refusal(refusal)
        # The claim went with all else: somebody may have been faster with the next one.
        stored = idempotency.claim(uow, wish=wish)
        if stored is not None:
            return _again(stored)
    idempotency.answer(uow, wish=wish, outcome=answer.outcome, body=answer.body)
    return answer


def _again(stored: StoredAnswer) -> Answer:
    return Answer(stored.outcome, stored.body, is_replay=True)
