"""What notices ask their readers for, and which facts answer it.

A question is named by what is to be done and by the thing it is to be done to. It is answered by whatever makes doing
it needless: that it was done, by anybody, or that the thing went another way.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVarTuple

from marketplace.delivery import (
    Assigned,
    CashCollected,
    CashExceptionDecided,
    DeliveryFailed,
    HandedOver,
    HandOverAccepted,
    HandOverDisputed,
    PickedUp,
    Withdrawn,
)
from marketplace.flows.reaction import Heard
from marketplace.identity import StandingChanged
from marketplace.kernel.ids import HandOverId, OrderId, PayoutId, StoreId, UserId
from marketplace.notifications import Answer
from marketplace.orders import (
    OrderCanceled,
    OrderDecided,
    OrderDelivered,
    OrderDeliveryFailed,
    OrderExpired,
    OrderReturned,
)
from marketplace.settlement import PayoutConfirmed, PayoutPaid

AWAITING_APPROVAL: Final = "awaiting_approval"

Things = TypeVarTuple("Things")


@dataclass(frozen=True)
class Question(Generic[*Things]):
    """What is to be done; called with the things it is to be done to, it is what notices and answers name."""

    deed: str

    def __call__(self, *things: *Things) -> str:
        """Name it with these things."""
        return ":".join((self.deed, *map(str, things)))


decide: Final = Question[OrderId]("decide")
"""The vendor is to accept or decline an order."""

assign: Final = Question[OrderId]("assign")
"""Dispatch is to give a parcel to an agent."""

pick_up: Final = Question[OrderId, UserId]("pick_up")
"""An agent is to pick a parcel up."""

try_again: Final = Question[OrderId]("try_again")
"""Dispatch is to plan the next attempt."""

allow_sum: Final = Question[OrderId]("allow_sum")
"""Dispatch is to say whether an agent takes another sum than the one due."""

take_back: Final = Question[OrderId]("take_back")
"""The vendor is to confirm that a parcel came back."""

bring_in: Final = Question[UserId]("bring_in")
"""An agent is to bring in the cash that he carries."""

count: Final = Question[HandOverId]("count")
"""The cashier is to count what an agent brought."""

count_again: Final = Question[HandOverId]("count_again")
"""Somebody is to look into a count that differs."""

confirm: Final = Question[PayoutId]("confirm")
"""Finance is to confirm a payout."""

confirm_too: Final = Question[PayoutId]("confirm_too")
"""A second person is to confirm a payout."""

approve: Final = Question[StoreId]("approve")
"""The house is to let a store trade."""

put_right: Final = Question[StoreId]("put_right")
"""A store's people are to do what keeps it from trading."""


def by_assigned(fact: Assigned) -> Iterator[str]:
    """Somebody takes it; whoever had it before need not."""
    yield assign(fact.order_id)
    yield try_again(fact.order_id)
    if fact.from_agent_id is not None:
        yield pick_up(fact.order_id, fact.from_agent_id)


def by_failed(fact: OrderDeliveryFailed) -> Iterator[str]:
    """After the last attempt there is none to plan; after any other one this very fact asks for the next."""
    if fact.is_returning:
        yield try_again(fact.order_id)


def by_canceled(fact: OrderCanceled) -> Iterator[str]:
    """Nobody is waited for any more; the agent hears it by the parcel."""
    yield decide(fact.order_id)
    yield assign(fact.order_id)
    yield try_again(fact.order_id)


def by_standing(fact: StandingChanged) -> Iterator[str]:
    """It was approved, or it trades."""
    if AWAITING_APPROVAL not in fact.reasons:
        yield approve(fact.store_id)
    if fact.is_live:
        yield put_right(fact.store_id)


ANSWERS: Final[Mapping[type[Any], Callable[[Any], Sequence[str] | Iterator[str]]]] = {
    OrderDecided: lambda fact: (decide(fact.order_id),),
    OrderExpired: lambda fact: (decide(fact.order_id),),
    OrderCanceled: by_canceled,
    OrderDelivered: lambda fact: (try_again(fact.order_id),),
    OrderDeliveryFailed: by_failed,
    OrderReturned: lambda fact: (take_back(fact.order_id),),
    Assigned: by_assigned,
    Withdrawn: lambda fact: (pick_up(fact.order_id, fact.agent_id),),
    PickedUp: lambda fact: (pick_up(fact.order_id, fact.agent_id), assign(fact.order_id), try_again(fact.order_id)),
    CashCollected: lambda fact: (allow_sum(fact.order_id),),
    CashExceptionDecided: lambda fact: (allow_sum(fact.order_id),),
    DeliveryFailed: lambda fact: (allow_sum(fact.order_id),),
    HandedOver: lambda fact: (bring_in(fact.agent_id),),
    HandOverAccepted: lambda fact: (count(fact.hand_over_id), count_again(fact.hand_over_id)),
    HandOverDisputed: lambda fact: (count(fact.hand_over_id),),
    PayoutConfirmed: lambda fact: (confirm(fact.payout_id),),
    PayoutPaid: lambda fact: (confirm(fact.payout_id), confirm_too(fact.payout_id)),
    StandingChanged: by_standing,
}
"""Which questions each fact answers."""


def answers(heard: Sequence[Heard]) -> Iterator[Answer]:
    """Name what a batch of facts answers, each as of when it happened."""
    for one in heard:
        for question in ANSWERS.get(type(one.fact), _none)(one.fact):
            yield Answer(question, one.made_at)


def _none(_fact: object) -> Sequence[str]:
    return ()
