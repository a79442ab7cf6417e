"""What people are told, and who they are.

Each fact is turned into sayings: a rule of notifications, an audience, and the facts that its words need. Names are
looked up for the whole batch. Whoever did a thing is not told of it; the other side is. A saying that asks its readers
for something names the question: `questions` knows which facts answer it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from marketplace import identity, notifications
from marketplace.delivery import (
    Assigned,
    CashExceptionDecided,
    CashExceptionRaised,
    CashWentOverdue,
    CodeRenewed,
    HandedOver,
    HandOverAccepted,
    HandOverDisputed,
    Withdrawn,
)
from marketplace.flows.reaction import Heard, Reaction
from marketplace.flows.reactions import questions
from marketplace.identity import RefreshTokenReused, StandingChanged, StoreOpened
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import StoreId, UserId
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.notifications import Notice, amount
from marketplace.orders import (
    OrderCanceled,
    OrderDecided,
    OrderDelivered,
    OrderDeliveryFailed,
    OrderExpired,
    OrderHeld,
    OrderNudged,
    OrderPickedUp,
    OrderPlaced,
    OrderReady,
    OrderResumed,
    OrderState,
    Side,
)
from marketplace.settlement import PayoutConfirmed, PayoutPaid, PayoutProposed

CONSUMER: Final = "notifications"


@dataclass(frozen=True, slots=True)
class Saying:
    """Something to say: to the people of these stores, to these people, or to the house's people who may do this.

    `store` and `agent` are looked up and become names in the words.
    """

    rule: str
    stores: tuple[StoreId, ...] = ()
    people: tuple[UserId, ...] = ()
    holders: Permission | None = None
    store: StoreId | None = None
    agent: UserId | None = None
    about: Mapping[str, Any] = field(default_factory=dict)
    asks: str | None = None


def of_placed(fact: OrderPlaced) -> Iterator[Saying]:
    """The vendor has to decide; the buyer knows that we have it."""
    about = {"number": fact.number, "amount": _sum(fact)}
    yield Saying("sale_placed", stores=(fact.store_id,), about=about, asks=questions.decide(fact.order_id))
    yield Saying("order_received", people=(fact.placed_by,), store=fact.store_id, about=about)


def of_decided(fact: OrderDecided) -> Iterator[Saying]:
    """The buyer learns what is coming."""
    rules = {
        OrderState.REJECTED: "order_rejected",
        OrderState.PARTIALLY_ACCEPTED: "order_partly_accepted",
    }
    about = {"number": fact.number, "amount": _sum(fact)}
    rule = rules.get(fact.state, "order_accepted")
    yield Saying(rule, stores=(fact.buyer_store_id,), store=fact.store_id, about=about)


def of_ready(fact: OrderReady) -> Iterator[Saying]:
    """Dispatch has a parcel to send for."""
    yield Saying(
        "parcel_ready",
        holders=Permission.DISPATCH_ASSIGN,
        store=fact.store_id,
        about={"number": fact.number},
        asks=questions.assign(fact.order_id),
    )


def of_held(fact: OrderHeld) -> Iterator[Saying]:
    """Both sides wait."""
    yield Saying("order_held", stores=(fact.buyer_store_id,), about={"number": fact.number})
    yield Saying("sale_held", stores=(fact.store_id,), about={"number": fact.number})


def of_resumed(fact: OrderResumed) -> Iterator[Saying]:
    """Both sides may go on, unless something else still holds the order."""
    if not fact.is_still_held:
        yield Saying("order_resumed", stores=(fact.buyer_store_id,), about={"number": fact.number})
        yield Saying("sale_resumed", stores=(fact.store_id,), about={"number": fact.number})


def of_picked_up(fact: OrderPickedUp) -> Iterator[Saying]:
    """The buyer prepares for the door."""
    yield Saying("order_on_its_way", stores=(fact.buyer_store_id,), about={"number": fact.number})


def of_delivered(fact: OrderDelivered) -> Iterator[Saying]:
    """It has arrived."""
    yield Saying("order_delivered", stores=(fact.buyer_store_id,), about={"number": fact.number})
    yield Saying("sale_delivered", stores=(fact.store_id,), about={"number": fact.number})


def of_missed(fact: OrderDeliveryFailed) -> Iterator[Saying]:
    """It was not handed over: there is another attempt, or it goes back."""
    about = {"number": fact.number}
    if fact.is_returning:
        yield Saying("order_going_back", stores=(fact.buyer_store_id,), store=fact.store_id, about=about)
        back = questions.take_back(fact.order_id)
        yield Saying("sale_going_back", stores=(fact.store_id,), about=about, asks=back)
    else:
        yield Saying("order_missed", stores=(fact.buyer_store_id,), about=about)
        again = questions.try_again(fact.order_id)
        yield Saying("parcel_missed", holders=Permission.DISPATCH_ASSIGN, about=about, asks=again)


def of_canceled(fact: OrderCanceled) -> Iterator[Saying]:
    """Whoever did not cancel learns of it."""
    if fact.by is not Side.BUYER:
        yield Saying("order_canceled", stores=(fact.buyer_store_id,), about={"number": fact.number})
    if fact.by is not Side.VENDOR:
        yield Saying("sale_canceled", stores=(fact.store_id,), about={"number": fact.number})


def of_expired(fact: OrderExpired) -> Iterator[Saying]:
    """Nobody answered in time."""
    about = {"number": fact.number}
    yield Saying("order_expired", stores=(fact.buyer_store_id,), store=fact.store_id, about=about)
    yield Saying("sale_expired", stores=(fact.store_id,), about=about)


def of_nudged(fact: OrderNudged) -> Iterator[Saying]:
    """The vendor is reminded."""
    asks = questions.decide(fact.order_id)
    yield Saying("sale_nudged", stores=(fact.store_id,), about={"number": fact.number}, asks=asks)


def of_assigned(fact: Assigned) -> Iterator[Saying]:
    """The agent has one stop more, and somebody else perhaps one less."""
    about = {"number": fact.number}
    asks = questions.pick_up(fact.order_id, fact.agent_id)
    yield Saying("parcel_assigned", people=(fact.agent_id,), store=fact.store_id, about=about, asks=asks)
    if fact.from_agent_id is not None:
        yield Saying("parcel_taken_over", people=(fact.from_agent_id,), about=about)


def of_withdrawn(fact: Withdrawn) -> Iterator[Saying]:
    """The agent need not go there."""
    yield Saying("parcel_taken_over", people=(fact.agent_id,), about={"number": fact.number})


def of_code(fact: CodeRenewed) -> Iterator[Saying]:
    """What the buyer has written down opens the door no more."""
    yield Saying("order_code_renewed", stores=(fact.buyer_store_id,), about={"number": fact.number})


def of_exception(fact: CashExceptionRaised) -> Iterator[Saying]:
    """An agent stands at a door and waits for a word."""
    due, offered = Money(fact.due_minor, fact.currency), Money(fact.offered_minor, fact.currency)
    about = {"number": fact.number, "due": amount(due), "offered": amount(offered)}
    asks = questions.allow_sum(fact.order_id)
    yield Saying("cash_differs", holders=Permission.DISPATCH_ASSIGN, about=about, asks=asks)


def of_exception_decided(fact: CashExceptionDecided) -> Iterator[Saying]:
    """The word has come."""
    rule = "cash_accepted" if fact.is_accepted else "cash_refused"
    yield Saying(rule, people=(fact.agent_id,), about={"number": fact.number})


def of_overdue(fact: CashWentOverdue) -> Iterator[Saying]:
    """The agent is to bring it in; whoever counts cash learns who, and not how much: the count stays blind."""
    sum_ = amount(Money(fact.amount_minor, fact.currency))
    asks = questions.bring_in(fact.agent_id)
    yield Saying("cash_overdue", people=(fact.agent_id,), about={"amount": sum_}, asks=asks)
    yield Saying("cash_not_brought", holders=Permission.CASH_COUNT, agent=fact.agent_id, asks=asks)


def of_handed_over(fact: HandedOver) -> Iterator[Saying]:
    """Cash waits to be counted."""
    asks = questions.count(fact.hand_over_id)
    yield Saying("hand_over_brought", holders=Permission.CASH_COUNT, agent=fact.agent_id, asks=asks)


def of_hand_over_accepted(fact: HandOverAccepted) -> Iterator[Saying]:
    """The agent is rid of it."""
    counted = amount(Money(fact.counted_minor, fact.currency))
    yield Saying("hand_over_accepted", people=(fact.agent_id,), about={"amount": counted})


def of_hand_over_disputed(fact: HandOverDisputed) -> Iterator[Saying]:
    """The agent learns by how much it differs; those of whom one counts again, blind, only that it does."""
    about = {"amount": amount(Money(abs(fact.variance_minor), fact.currency))}
    asks = questions.count_again(fact.hand_over_id)
    yield Saying("hand_over_differs", people=(fact.agent_id,), about=about, asks=asks)
    yield Saying("hand_over_disputed", holders=Permission.CASH_COUNT, asks=asks)


def of_payout_proposed(fact: PayoutProposed) -> Iterator[Saying]:
    """Finance has a payout to confirm."""
    asks, confirm = questions.confirm(fact.payout_id), Permission.PAYOUTS_CONFIRM
    yield Saying("payout_proposed", holders=confirm, store=fact.store_id, about={"amount": _sum(fact)}, asks=asks)


def of_payout_confirmed(fact: PayoutConfirmed) -> Iterator[Saying]:
    """A large payout needs a second person."""
    asks, confirm = questions.confirm_too(fact.payout_id), Permission.PAYOUTS_CONFIRM
    yield Saying("payout_needs_second", holders=confirm, store=fact.store_id, about={"amount": _sum(fact)}, asks=asks)


def of_payout_paid(fact: PayoutPaid) -> Iterator[Saying]:
    """The vendor's money is on its way."""
    about = {"amount": _sum(fact), "reference": fact.reference}
    yield Saying("payout_paid", stores=(fact.store_id,), about=about)


def of_opened(fact: StoreOpened) -> Iterator[Saying]:
    """A store that is not live yet waits for somebody to approve it."""
    if not fact.is_live:
        asks = questions.approve(fact.store_id)
        yield Saying("store_to_approve", holders=Permission.STORES_APPROVE, store=fact.store_id, asks=asks)


def of_standing(fact: StandingChanged) -> Iterator[Saying]:
    """The store's people learn whether buyers see them."""
    rule, asks = ("store_live", None) if fact.is_live else ("store_stopped", questions.put_right(fact.store_id))
    yield Saying(rule, stores=(fact.store_id,), store=fact.store_id, asks=asks)


def of_reuse(fact: RefreshTokenReused) -> Iterator[Saying]:
    """Somebody may hold a copy of the user's session."""
    yield Saying("session_copied", people=(fact.user_id,))


TELLERS: Final[Mapping[type[Any], Callable[[Any], Iterable[Saying]]]] = {
    OrderPlaced: of_placed,
    OrderDecided: of_decided,
    OrderReady: of_ready,
    OrderHeld: of_held,
    OrderResumed: of_resumed,
    OrderPickedUp: of_picked_up,
    OrderDelivered: of_delivered,
    OrderDeliveryFailed: of_missed,
    OrderCanceled: of_canceled,
    OrderExpired: of_expired,
    OrderNudged: of_nudged,
    Assigned: of_assigned,
    Withdrawn: of_withdrawn,
    CodeRenewed: of_code,
    CashExceptionRaised: of_exception,
    CashExceptionDecided: of_exception_decided,
    CashWentOverdue: of_overdue,
    HandedOver: of_handed_over,
    HandOverAccepted: of_hand_over_accepted,
    HandOverDisputed: of_hand_over_disputed,
    PayoutProposed: of_payout_proposed,
    PayoutConfirmed: of_payout_confirmed,
    PayoutPaid: of_payout_paid,
    StoreOpened: of_opened,
    StandingChanged: of_standing,
    RefreshTokenReused: of_reuse,
}
"""Who is told what of each fact."""


def tell(uow: UnitOfWork, heard: Sequence[Heard]) -> None:
    """Tell everybody concerned of a batch of facts, and settle what these facts answer, by few statements."""
    said = [(one, saying) for one in heard for saying in TELLERS.get(type(one.fact), _nothing)(one.fact)]
    notifications.notify_all(uow, notices=_notices(uow, said))
    notifications.answer_all(uow, answers=questions.answers(heard))


REACTIONS: Final = tuple(
    Reaction(CONSUMER, kind, tell, together=True, by_name=True, unordered=True)
    for kind in (*TELLERS, *(kind for kind in questions.ANSWERS if kind not in TELLERS))
)


def _nothing(_fact: object) -> Sequence[Saying]:
    return ()


def _notices(uow: UnitOfWork, said: Sequence[tuple[Heard, Saying]]) -> Iterator[Notice]:
    session = uow.session
    members = identity.members_of(session, {store_id for _, saying in said for store_id in saying.stores})
    stores = identity.stores_by_id(session, {saying.store for _, saying in said if saying.store is not None})
    agents = identity.users_by_id(session, {saying.agent for _, saying in said if saying.agent is not None})
    permissions = {saying.holders for _, saying in said if saying.holders is not None}
    holders = {permission: identity.holders(session, permission=permission) for permission in permissions}
    for heard, saying in said:
        about = dict(saying.about)
        if saying.store is not None:
            about["store"] = stores[saying.store].name
        if saying.agent is not None:
            about["agent"] = agents[saying.agent].full_name
        audience = {*saying.people, *(holders[saying.holders] if saying.holders is not None else ())}
        audience |= {user_id for store_id in saying.stores for user_id in members.get(store_id, ())}
        for user_id in sorted(audience):
            yield Notice(saying.rule, user_id, heard.event_id, about, heard.made_at, saying.asks)


def _sum(fact: OrderPlaced | OrderDecided | PayoutProposed | PayoutConfirmed | PayoutPaid) -> dict[str, Any]:
    minor = fact.total_minor if isinstance(fact, OrderPlaced | OrderDecided) else fact.amount_minor
    return amount(Money(minor, fact.currency))
