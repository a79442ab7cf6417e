"""What the script says is done here, by the very commands that pages and REST use."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import UUID

from marketplace import cart, checkout, delivery, identity, orders, settlement
from marketplace.delivery import (
    AgentBlocked,
    AgentFull,
    Evidence,
    ExceptionState,
    FailureReason,
    FloatExceeded,
    StopView,
)
from marketplace.demo.plan import Basket, Deed, Verb
from marketplace.demo.stage import Stage
from marketplace.demo.stocking import sku
from marketplace.kernel.actor import Actor
from marketplace.kernel.ids import HandOverId, ListingId, StopId, UserId
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import CancelReason, Decision, HoldReason, LineDecision, OrderView, RejectReason
from marketplace.settlement import PayoutState

ON_THE_ROAD: Final = frozenset(
    {Verb.PICK_UP, Verb.FAIL, Verb.DELIVER, Verb.COLLECT, Verb.OFFER_LESS, Verb.ALLOW, Verb.TAKE_BACK}
)
"""What needs an agent."""

MISSING: Final = 30_00
"""What is not there when it is counted."""

SHORT_BY: Final = 2_00
"""What the buyer lacks who has not the exact sum."""


@dataclass
class Company:
    """The actors at work: they remember which order has which number, and which agent carries it."""

    stage: Stage
    listings: Mapping[str, str]
    agents: tuple[str, ...]
    may_wait: bool = True
    """Whether an order that nobody may carry stays where it is; else that is a mistake of the script."""

    numbers: dict[str, str] = field(default_factory=dict)
    carriers: dict[str, str] = field(default_factory=dict)
    stops: dict[str, str] = field(default_factory=dict)
    _fresh: dict[str, OrderView] = field(default_factory=dict)
    _dues: dict[str, Money] = field(default_factory=dict)
    _without_cash: set[str] = field(default_factory=set)
    """Those who have brought in everything and taken nothing since."""

    _brought: dict[HandOverId, Money] = field(default_factory=dict)

    def perform(self, uow: UnitOfWork, script: Iterable[Deed]) -> None:
        """Do what is written, each at its time, all in this unit."""
        deeds: dict[Verb, Callable[[UnitOfWork, Deed], None]] = {
            Verb.BUY: self._buy,
            Verb.ACCEPT: self._accept,
            Verb.ACCEPT_PARTLY: self._accept_partly,
            Verb.REJECT: self._reject,
            Verb.CANCEL: self._cancel,
            Verb.CALL_OFF: self._call_off,
            Verb.HOLD: self._hold,
            Verb.RESUME: self._resume,
            Verb.PACK: self._pack,
            Verb.ASSIGN: self._assign,
            Verb.PICK_UP: self._pick_up,
            Verb.FAIL: self._fail,
            Verb.DELIVER: self._deliver,
            Verb.COLLECT: self._collect,
            Verb.OFFER_LESS: self._offer_less,
            Verb.ALLOW: self._allow,
            Verb.TAKE_BACK: self._take_back,
            Verb.SWEEP: self._sweep,
            Verb.SETTLE: self._settle,
            Verb.PAY: self._pay,
            Verb.HAND_OVER: self._hand_over,
            Verb.COUNT: self._count,
            Verb.MISCOUNT: self._miscount,
            Verb.BRING_IN: self._bring_in,
        }
        for deed in script:
            if deed.verb in ON_THE_ROAD and self.numbers.get(deed.order) not in self.carriers:
                continue
            deeds[deed.verb](replace(uow, now=deed.at), deed)

    def _buy(self, uow: UnitOfWork, deed: Deed) -> None:
        basket = _basket(deed)
        buyer = self.stage.actor(basket.buyer)
        lines = [
            (ListingId(UUID(self.listings[sku(shop, number)])), units)
            for shop, wants in basket.wants.items()
            for number, units in wants
        ]
        quote = cart.put_lines(buyer, uow, lines=lines)
        home = identity.default_addresses(uow.session, [_store(buyer)])[_store(buyer)]
        group = checkout.confirm(buyer, uow, quote_version=quote.quote_version, address=home.id)
        by_store = {order.store.id: order for order in group.orders}
        for shop in basket.wants:
            order = by_store[_store(self._vendor(shop))]
            self.numbers[f"{basket.number}:{shop}"] = order.number
            self._fresh[order.number] = order

    def _accept(self, uow: UnitOfWork, deed: Deed) -> None:
        self._decide(uow, deed, rejected=0)

    def _accept_partly(self, uow: UnitOfWork, deed: Deed) -> None:
        self._decide(uow, deed, rejected=1)

    def _reject(self, uow: UnitOfWork, deed: Deed) -> None:
        self._decide(uow, deed, rejected=None)

    def _decide(self, uow: UnitOfWork, deed: Deed, *, rejected: int | None) -> None:
        vendor, order = self._vendor(deed.shop), self._order(uow, deed)
        lines = sorted(order.lines, key=lambda line: line.sku)
        lost = lines if rejected is None else lines[len(lines) - rejected :]
        decisions = [
            LineDecision(line.id, Decision.REJECT, RejectReason.OUT_OF_STOCK)
            if line in lost
            else LineDecision(line.id, Decision.ACCEPT)
            for line in lines
        ]
        orders.decide(vendor, uow, number=order.number, decisions=decisions)

    def _cancel(self, uow: UnitOfWork, deed: Deed) -> None:
        buyer = self.stage.actor(_basket(deed).buyer)
        orders.cancel(buyer, uow, number=self._number(deed), reason=CancelReason.BUYER_CHANGED_MIND)

    def _call_off(self, uow: UnitOfWork, deed: Deed) -> None:
        vendor = self._vendor(deed.shop)
        orders.cancel(vendor, uow, number=self._number(deed), reason=CancelReason.CANNOT_SHIP)

    def _hold(self, uow: UnitOfWork, deed: Deed) -> None:
        admin, note = self.stage.actor("admin"), "The address has no building number."
        orders.hold(admin, uow, number=self._number(deed), reason=HoldReason.ADDRESS, note=note)

    def _resume(self, uow: UnitOfWork, deed: Deed) -> None:
        orders.resume(self.stage.actor("admin"), uow, number=self._number(deed))

    def _pack(self, uow: UnitOfWork, deed: Deed) -> None:
        orders.ready(self._vendor(deed.shop), uow, number=self._number(deed))

    def _take_back(self, uow: UnitOfWork, deed: Deed) -> None:
        delivery.confirm_return(self._vendor(deed.shop), uow, order_number=self._number(deed))

    def _assign(self, uow: UnitOfWork, deed: Deed) -> None:
        number, turn = self._number(deed), _basket(deed).number
        for offset in range(len(self.agents)):
            login = self.agents[(turn + offset) % len(self.agents)]
            agent_id = UserId(UUID(self.stage.people[login]["user"]))
            try:
                delivery.assign(self._dispatcher, uow, order_number=number, agent_id=agent_id)
            except (AgentBlocked, AgentFull, FloatExceeded):
                continue
            self.carriers[number] = login
            drop = delivery.of_order(self._dispatcher, uow.session, number=number)
            self.stops[number] = str(drop.id) if drop else ""
            return
        if not self.may_wait:
            raise LookupError(f"Nobody may carry {number}.")

    def _pick_up(self, uow: UnitOfWork, deed: Deed) -> None:
        self._look(delivery.pick_up(self._agent(deed), uow, stop_id=self._stop(deed)))

    def _fail(self, uow: UnitOfWork, deed: Deed) -> None:
        reasons = (FailureReason.NOT_HOME, FailureReason.NO_ACCESS, FailureReason.WRONG_ADDRESS)
        reason = reasons[_basket(deed).number % len(reasons)]
        delivery.fail(self._agent(deed), uow, stop_id=self._stop(deed), reason=reason)

    def _deliver(self, uow: UnitOfWork, deed: Deed) -> None:
        buyer = self.stage.actor(_basket(deed).buyer)
        told = delivery.code_for_buyer(buyer, uow.session, number=self._number(deed))
        evidence = Evidence(code=told.code if told else None)
        delivery.deliver(self._agent(deed), uow, stop_id=self._stop(deed), evidence=evidence)

    def _collect(self, uow: UnitOfWork, deed: Deed) -> None:
        self._without_cash.discard(self.carriers[self._number(deed)])
        delivery.collect_cash(self._agent(deed), uow, stop_id=self._stop(deed), amount=self._due(uow, deed))

    def _offer_less(self, uow: UnitOfWork, deed: Deed) -> None:
        due = self._due(uow, deed)
        offered = Money(max(0, due.minor - SHORT_BY), due.currency)
        delivery.collect_cash(self._agent(deed), uow, stop_id=self._stop(deed), amount=offered)

    def _allow(self, uow: UnitOfWork, deed: Deed) -> None:
        number = self._number(deed)
        for asked in delivery.exceptions(self._dispatcher, uow.session):
            if asked.number == number and asked.state is ExceptionState.OPEN:
                delivery.decide_exception(self._dispatcher, uow, exception_id=asked.id, is_accepted=True)
                self._without_cash.discard(self.carriers[number])

    def _sweep(self, uow: UnitOfWork, _deed: Deed) -> None:
        orders.nudge_due(uow)
        orders.expire(uow)
        orders.close_due(uow)

    def _settle(self, uow: UnitOfWork, _deed: Deed) -> None:
        settlement.mature(uow)
        settlement.propose(uow)

    def _pay(self, uow: UnitOfWork, deed: Deed) -> None:
        first, second = self.stage.actor("finance"), self.stage.actor("finance2")
        waiting = settlement.payouts(first, uow.session, state=PayoutState.PROPOSED, limit=100)
        for payout in waiting.items:
            if payout.proposed_at > deed.at:
                continue
            short = payout.store_slug[:6].strip("-").upper()
            reference = f"{deed.at:%y%m%d}-{short}"
            seen = settlement.confirm_payout(first, uow, payout_id=payout.id, reference=reference)
            if seen.state is PayoutState.CONFIRMED:
                settlement.confirm_payout(second, uow, payout_id=payout.id, reference=reference)

    def _hand_over(self, uow: UnitOfWork, deed: Deed) -> None:
        self._bring(uow, deed, self.agents)

    def _bring_in(self, uow: UnitOfWork, deed: Deed) -> None:
        """One comes in before his round is done: his cash waits to be counted."""
        self._bring(uow, deed, self.agents[1:2])

    def _bring(self, uow: UnitOfWork, deed: Deed, logins: Sequence[str]) -> None:
        for login in logins:
            if login in self._without_cash:
                continue
            agent = self.stage.actor(login)
            carried = delivery.cash_in_hand(agent, uow.session, at=deed.at)
            if carried.collections and carried.open_hand_over is None:
                handed = delivery.hand_over(agent, uow, counted=carried.total)
                self._brought[handed.id] = carried.total
            self._without_cash.add(login)

    def _count(self, uow: UnitOfWork, _deed: Deed) -> None:
        """Everybody counts well here."""
        cashier = self.stage.actor("cashier")
        for hand_over_id, brought in self._brought.items():
            delivery.accept_hand_over(cashier, uow, hand_over_id=hand_over_id, counted=brought)
        self._brought.clear()

    def _miscount(self, uow: UnitOfWork, deed: Deed) -> None:
        """Of one agent's cash some is missing: it is looked into."""
        if self._brought:
            last = max(self._brought, key=str)
            brought = self._brought[last]
            self._brought[last] = Money(max(0, brought.minor - MISSING), brought.currency)
        self._count(uow, deed)

    @property
    def _dispatcher(self) -> Actor:
        return self.stage.actor("dispatch")

    def _vendor(self, shop: str) -> Actor:
        login = next(trader.login for trader in self.stage.cast.vendors if trader.code == shop)
        return self.stage.actor(login)

    def _agent(self, deed: Deed) -> Actor:
        return self.stage.actor(self.carriers[self._number(deed)])

    def _number(self, deed: Deed) -> str:
        return self.numbers[deed.order]

    def _order(self, uow: UnitOfWork, deed: Deed) -> OrderView:
        fresh = self._fresh.pop(self._number(deed), None)
        return fresh or orders.by_number(self._vendor(deed.shop), uow.session, number=self._number(deed))

    def _stop(self, deed: Deed) -> StopId:
        return StopId(UUID(self.stops[self._number(deed)]))

    def _look(self, stop: StopView) -> None:
        """Remember what the agent was told to take for a parcel."""
        if stop.cash_due is not None:
            self._dues[stop.number] = stop.cash_due

    def _due(self, uow: UnitOfWork, deed: Deed) -> Money:
        number = self._number(deed)
        if number not in self._dues:
            self._look(delivery.stop(self._agent(deed), uow.session, stop_id=self._stop(deed)))
        return self._dues[number]


def _basket(deed: Deed) -> Basket:
    if deed.basket is None:
        raise LookupError(deed.verb)
    return deed.basket


def _store(actor: Actor) -> Any:  # noqa: ANN401 (a store's id)
    return actor.store_id
