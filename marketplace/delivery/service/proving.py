"""What proves a delivery: looking at the proof that was given, and another code where the first is locked."""

from sqlalchemy import select
from sqlmodel import col

from marketplace import audit, events
from marketplace.delivery import policy
from marketplace.delivery.errors import NoCode, NoProof
from marketplace.delivery.events import CodeRenewed
from marketplace.delivery.models import Assignment, DeliveryCode, Proof
from marketplace.delivery.policy import ProofSide
from marketplace.delivery.rules import draw_code
from marketplace.delivery.service.telling import told
from marketplace.delivery.states import COMING
from marketplace.delivery.views import ProofView, RenewedCodeView
from marketplace.flags import Limit, limit
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.work import UnitOfWork


def see_proof(actor: Actor, uow: UnitOfWork, *, number: str, side: ProofSide) -> ProofView:
    """Look at how an order is known to be handed over. Whoever looks is written down: a photo may show a home."""
    found = (
        select(Proof, Assignment)
        .join(Assignment, col(Assignment.id) == col(Proof.assignment_id))
        .where(col(Assignment.number) == number, policy.proof_visible(actor, side))
        .order_by(col(Proof.given_at).desc())
        .limit(1)
    )
    row = uow.session.execute(found).one_or_none()
    if row is None:
        raise NoProof(number)
    proof, assignment = row
    seen = {"kind": proof.kind, "asset_id": None if proof.asset_id is None else str(proof.asset_id)}
    audit.record(uow, actor, "delivery.see_proof", assignment.order_id, store_id=assignment.store_id, after=seen)
    return ProofView(number, proof.kind, proof.asset_id, proof.given_at)


def renew_code(actor: Actor, uow: UnitOfWork, *, order_number: str) -> RenewedCodeView:
    """Give the buyer another code, with all its tries, for a parcel that is with an agent, and let him know.

    Whoever does so never learns it: it is said by the buyer at the door, and by nobody else.
    """
    permit(policy.can_dispatch(actor), "give a buyer another code")
    found = (
        select(DeliveryCode, Assignment)
        .join(Assignment, col(Assignment.order_id) == col(DeliveryCode.order_id))
        .where(col(Assignment.number) == order_number, col(Assignment.state).in_(COMING))
        .with_for_update(of=DeliveryCode)
    )
    row = uow.session.execute(found).one_or_none()
    if row is None:
        raise NoCode(order_number)
    waiting, assignment = row
    left = waiting.tries_left
    waiting.code = draw_code(uow.random)
    waiting.tries_left = limit(uow.session, Limit.DELIVERY_CODE_TRIES, at=uow.now)
    audit.record(
        uow,
        actor,
        "delivery.renew_code",
        assignment.order_id,
        store_id=assignment.store_id,
        before={"tries_left": left},
        after={"tries_left": waiting.tries_left},
    )
    events.emit(uow, told(CodeRenewed, assignment))
    return RenewedCodeView(order_number, waiting.tries_left)
