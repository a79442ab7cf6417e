"""What an agent does on his round, and the vendor who gets an undelivered parcel back."""

import hmac
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from marketplace import audit, events, media, orders
from marketplace.delivery import policy, queries
from marketplace.delivery.errors import (
    CashTaken,
    CodeLocked,
    ExceptionOpen,
    NotReturning,
    OrderNotFound,
    PhotoMissing,
    StopNotFound,
)
from marketplace.delivery.events import DeliveryFailed, PickedUp
from marketplace.delivery.models import Assignment, Attempt, DeliveryCode, Proof, Stop
from marketplace.delivery.service.telling import told
from marketplace.delivery.states import AssignmentAction, AssignmentState, FailureReason, ProofKind
from marketplace.delivery.views import AssignmentView, DoorView, StopView
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import AssetId, StopId
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import OrderState


@dataclass(frozen=True, slots=True)
class Place:
    """Where on earth, in millionths of a degree."""

    latitude_micro: int
    longitude_micro: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the agent shows for having handed a parcel over: the buyer's code, or a photo."""

    code: str | None = None
    photo_id: AssetId | None = None
    place: Place | None = None


def pick_up(actor: Actor, uow: UnitOfWork, *, stop_id: StopId) -> StopView:
    """Take the parcel from the vendor; or, after a failed attempt, take it out again."""
    assignment = own_assignment(actor, uow, stop_id)
    is_again = assignment.state is AssignmentState.FAILED
    assignment.act(AssignmentAction.RETRY if is_again else AssignmentAction.PICK_UP, at=uow.now)
    orders.pick_up(uow, order_id=assignment.order_id, by=actor)
    audit.record(uow, actor, "delivery.pick_up", assignment.order_id, store_id=assignment.store_id)
    events.emit(uow, told(PickedUp, assignment))
    return _seen(actor, uow, stop_id)


def deliver(actor: Actor, uow: UnitOfWork, *, stop_id: StopId, evidence: Evidence) -> DoorView:
    """Hand the parcel over, against the buyer's code or a photo.

    A wrong code is an answer and no refusal: the try it used up must stay used.
    """
    assignment = own_assignment(actor, uow, stop_id)
    assignment.check(AssignmentAction.DELIVER)
    if evidence.code is None:
        _check_photo(actor, uow, evidence)
    elif not _matches(uow, assignment, evidence.code):
        return DoorView(_seen(actor, uow, stop_id), was_code_wrong=True)
    assignment.act(AssignmentAction.DELIVER, at=uow.now)
    uow.session.add(_proof(uow, assignment, evidence))
    orders.deliver(uow, order_id=assignment.order_id, by=actor)
    proof = ProofKind.PHOTO if evidence.code is None else ProofKind.CODE
    audit.record(uow, actor, "delivery.deliver", assignment.order_id, store_id=assignment.store_id, after=proof)
    return DoorView(_seen(actor, uow, stop_id))


def fail(actor: Actor, uow: UnitOfWork, *, stop_id: StopId, reason: FailureReason) -> StopView:
    """Say that the parcel could not be handed over; after the last attempt it goes back to the vendor.

    A question about cash is answered first, and by the dispatcher: were it left behind, he would accept a sum that
    nobody offers any more.
    """
    assignment = own_assignment(actor, uow, stop_id)
    at_door = queries.cash_at_door(uow.session, order_id=assignment.order_id)
    if at_door.is_taken:
        raise CashTaken
    if at_door.is_asked:
        raise ExceptionOpen
    stands = orders.fail_delivery(uow, order_id=assignment.order_id, by=actor, reason=reason)
    is_last = stands is OrderState.RETURNING
    assignment.act(AssignmentAction.GIVE_UP if is_last else AssignmentAction.FAIL, at=uow.now)
    uow.session.add(
        Attempt(assignment_id=assignment.id, order_id=assignment.order_id, reason=reason, failed_at=uow.now)
    )
    audit.record(uow, actor, "delivery.fail", assignment.order_id, store_id=assignment.store_id, reason=reason)
    events.emit(uow, told(DeliveryFailed, assignment, reason=reason, is_last=is_last))
    return _seen(actor, uow, stop_id)


def confirm_return(actor: Actor, uow: UnitOfWork, *, order_number: str) -> AssignmentView:
    """The vendor has the undelivered parcel back, and its stock with it."""
    found = (
        select(Assignment)
        .where(col(Assignment.number) == order_number, policy.of_own_store(actor))
        .order_by(col(Assignment.assigned_at).desc())
        .limit(1)
        .with_for_update()
    )
    assignment = uow.session.execute(found).scalar_one_or_none()
    if assignment is None:
        raise OrderNotFound(order_number)
    permit(policy.can_take_back(actor, assignment), "confirm that a parcel came back")
    if assignment.state is not AssignmentState.RETURNING:
        raise NotReturning(order_number)
    assignment.act(AssignmentAction.RETURN, at=uow.now)
    orders.returned(uow, order_id=assignment.order_id, by=actor)
    audit.record(uow, actor, "delivery.confirm_return", assignment.order_id, store_id=assignment.store_id)
    return AssignmentView.of(assignment)


def own_assignment(actor: Actor, uow: UnitOfWork, stop_id: StopId) -> Assignment:
    """Find the parcel of a stop on the agent's round, locked; either stop of a parcel will do."""
    found = (
        select(Assignment)
        .join(Stop, col(Stop.assignment_id) == col(Assignment.id))
        .where(col(Stop.id) == stop_id, policy.on_round(actor))
        .with_for_update(of=Assignment)
    )
    assignment: Assignment | None = uow.session.execute(found).scalar_one_or_none()
    if assignment is None:
        raise StopNotFound
    permit(policy.is_own(actor, assignment), "act at a stop of somebody else's round")
    return assignment


def _matches(uow: UnitOfWork, assignment: Assignment, code: str) -> bool:
    waiting = uow.session.get(DeliveryCode, assignment.order_id, with_for_update=True)
    if waiting is None or waiting.tries_left == 0:
        raise CodeLocked
    if hmac.compare_digest(waiting.code.encode(), code.strip().encode()):
        return True
    waiting.tries_left -= 1
    return False


def _check_photo(actor: Actor, uow: UnitOfWork, evidence: Evidence) -> None:
    """Refuse what is no photo of his own, and one that was shown for another parcel already."""
    if evidence.photo_id is None or not media.sent_by_agent(uow.session, asset_id=evidence.photo_id, actor=actor):
        raise PhotoMissing
    shown = select(col(Proof.assignment_id)).where(col(Proof.asset_id) == evidence.photo_id).limit(1)
    if uow.session.execute(shown).scalar_one_or_none() is not None:
        raise PhotoMissing


def _proof(uow: UnitOfWork, assignment: Assignment, evidence: Evidence) -> Proof:
    is_code = evidence.code is not None
    return Proof(
        assignment_id=assignment.id,
        kind=ProofKind.CODE if is_code else ProofKind.PHOTO,
        asset_id=None if is_code else evidence.photo_id,
        latitude_micro=evidence.place.latitude_micro if evidence.place else None,
        longitude_micro=evidence.place.longitude_micro if evidence.place else None,
        given_at=uow.now,
    )


def _seen(actor: Actor, uow: UnitOfWork, stop_id: StopId) -> StopView:
    uow.session.flush()
    return queries.stop(actor, uow.session, stop_id=stop_id)
