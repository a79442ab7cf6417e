"""Paying: finance confirms that a payout was sent, two persons where it is large."""

from typing import Any, Final

from sqlalchemy import select
from sqlmodel import col

from marketplace import audit, events, identity, ledger, orders
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import OrderId, PayoutId, UserId
from marketplace.kernel.work import UnitOfWork
from marketplace.ledger import Account, Entry, Posting
from marketplace.settlement import policy, queries
from marketplace.settlement.errors import FourEyes, NotCovered, OrderHeld, OwnPayout, PaidAlready, PayoutNotFound
from marketplace.settlement.events import PayoutConfirmed, PayoutPaid
from marketplace.settlement.models import Payout, PayoutOrder
from marketplace.settlement.states import PayoutState
from marketplace.settlement.views import PayoutView

SENT: Final = "payout_sent"
ARRIVED: Final = "vendor_payout"
"""The kinds of the two postings (domain-rules B16, P19); the second bears the name that P25 asks for."""


def confirm_payout(actor: Actor, uow: UnitOfWork, *, payout_id: PayoutId, reference: str) -> PayoutView:
    """Say that the bank has the payout, under its reference. A large one is paid when a second person says so too.

    Orders stand below: they are told in this transaction that their vendor has the money, and close where they may.
    """
    payout = _locked(actor, uow, payout_id)
    permit(policy.can_confirm(actor), "confirm payouts")
    if payout.state is PayoutState.PAID:
        raise PaidAlready(payout.reference or "")
    if not policy.is_disinterested(actor, identity.members(uow.session, store_id=payout.store_id)):
        raise OwnPayout
    if not policy.is_second_pair_of_eyes(actor, payout):
        raise FourEyes
    by, before = UserId(actor.user_id), payout.state  # type: ignore[arg-type]  # whoever may confirm is a user
    if before is PayoutState.PROPOSED and queries.needs_two(uow.session, amount=payout.amount, at=uow.now):
        payout.confirm(by=by, at=uow.now, reference=reference)
        events.emit(uow, PayoutConfirmed(**_facts(payout)))
    else:
        payout.pay(by=by, at=uow.now, reference=reference)
        _send(uow, payout)
        events.emit(uow, PayoutPaid(**_facts(payout), reference=reference))
    seen = {"state": payout.state, "reference": reference}
    audit.record(
        uow,
        actor,
        "settlement.confirm_payout",
        payout.id,
        store_id=payout.store_id,
        before={"state": before},
        after=seen,
    )
    (view,) = queries.views(actor, uow.session, [payout])
    return view


def _locked(actor: Actor, uow: UnitOfWork, payout_id: PayoutId) -> Payout:
    found = select(Payout).where(col(Payout.id) == payout_id, policy.visible(actor)).with_for_update()
    payout: Payout | None = uow.session.execute(found).scalar_one_or_none()
    if payout is None:
        raise PayoutNotFound(payout_id)
    return payout


def _send(uow: UnitOfWork, payout: Payout) -> None:
    held = queries.held_order(uow.session, payout_id=payout.id)
    if held is not None:
        raise OrderHeld(held)
    pot = ledger.vendor_available(payout.store_id)
    available = ledger.balance(uow.session, account=pot, currency=payout.currency)
    if available < payout.amount:
        raise NotCovered(available=available, wanted=payout.amount)
    paid = select(col(PayoutOrder.order_id)).where(col(PayoutOrder.payout_id) == payout.id)
    order_ids = [OrderId(id_) for id_ in uow.session.execute(paid).scalars()]
    orders.close(uow, order_ids=sorted(order_ids), at=uow.now)
    ledger.post_all(
        uow,
        entries=[
            _entry(payout, SENT, out_of=pot, into=ledger.PAYOUT_TRANSIT),
            _entry(payout, ARRIVED, out_of=ledger.PAYOUT_TRANSIT, into=ledger.BANK),
        ],
    )


def _entry(payout: Payout, kind: str, *, out_of: Account, into: Account) -> Entry:
    return Entry(
        kind=kind,
        source=f"payout:{payout.id}",
        key=f"payout:{payout.id}:{kind}",
        postings=(Posting.debit(out_of, payout.amount), Posting.credit(into, payout.amount)),
    )


def _facts(payout: Payout) -> dict[str, Any]:
    return {
        "payout_id": payout.id,
        "store_id": payout.store_id,
        "amount_minor": payout.amount_minor,
        "currency": payout.currency,
    }
