"""A store's profile, and its standing."""

from dataclasses import asdict, dataclass

from sqlmodel import col, select

from marketplace import audit, events
from marketplace.identity import policy, rules
from marketplace.identity.errors import StoreNotFound
from marketplace.identity.events import StandingChanged, StoreRenamed
from marketplace.identity.models import Store, StoreStanding
from marketplace.identity.states import SUSPENSION, StandingReason
from marketplace.identity.views import StoreView
from marketplace.kernel import profile
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import StoreId
from marketplace.kernel.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class StoreChange:
    """What shall be different about a store; what is None stays as it is."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    city: str | None = None
    description: str | None = None


def edit_store(actor: Actor, uow: UnitOfWork, *, change: StoreChange) -> StoreView:
    """Change how the active store presents itself. Its slug stays, since links to it are about."""
    store = _locked_store(actor, uow)
    permit(policy.can_edit_store(actor, store.id), "change this store")
    wanted = {name: value for name, value in asdict(_tidy(change)).items() if value is not None}
    before = {name: getattr(store, name) for name in wanted}
    for name, value in wanted.items():
        setattr(store, name, value)
    audit.record(uow, actor, "identity.edit_store", store.id, store_id=store.id, before=before, after=wanted)
    if store.name != before.get("name", store.name):
        events.emit(uow, StoreRenamed(store_id=store.id))
    return StoreView.of(store, uow.session.get_one(StoreStanding, store.id))


def approve(actor: Actor, uow: UnitOfWork, *, store_id: StoreId) -> StoreView:
    """Let a store trade that awaited it or was suspended; reasons of others remain."""
    permit(policy.can_approve(actor), "approve stores")
    for reason in (StandingReason.AWAITING_APPROVAL, StandingReason.SUSPENDED):
        unrestrict(uow, store_id=store_id, reason=reason)
    audit.record(uow, actor, "identity.approve", store_id, store_id=store_id)
    return _view(uow, store_id)


def suspend(actor: Actor, uow: UnitOfWork, *, store_id: StoreId, why: str) -> StoreView:
    """Stop a store from trading, and write down why."""
    permit(policy.can_approve(actor), "suspend stores")
    restrict(uow, store_id=store_id, reason=StandingReason.SUSPENDED)
    audit.record(uow, actor, SUSPENSION, store_id, store_id=store_id, reason=why)
    return _view(uow, store_id)


def restrict(uow: UnitOfWork, *, store_id: StoreId, reason: str) -> None:
    """Add a reason why a store is not live. For slices above, whose caller was asked."""
    standing = _locked_standing(uow, store_id)
    _settle(uow, standing, sorted({*standing.reasons, str(reason)}))


def unrestrict(uow: UnitOfWork, *, store_id: StoreId, reason: str) -> None:
    """Take a reason away; the store is live again when it was the last one."""
    standing = _locked_standing(uow, store_id)
    _settle(uow, standing, sorted({*standing.reasons} - {str(reason)}))


def _settle(uow: UnitOfWork, standing: StoreStanding, reasons: list[str]) -> None:
    if standing.set_reasons(reasons, at=uow.now):
        uow.session.flush()
        fact = StandingChanged(store_id=standing.store_id, is_live=standing.is_live, reasons=tuple(reasons))
        events.emit(uow, fact)


def _tidy(change: StoreChange) -> StoreChange:
    return StoreChange(
        name=change.name,
        email=rules.tidy_email(change.email) if change.email else change.email,
        phone=rules.tidy_phone(change.phone, country=profile.chosen().country) if change.phone else change.phone,
        city=change.city,
        description=change.description,
    )


def _locked_store(actor: Actor, uow: UnitOfWork) -> Store:
    found = select(Store).where(col(Store.id) == actor.store_id, policy.visible(actor)).with_for_update(of=Store)
    store = uow.session.exec(found).one_or_none()
    if store is None:
        raise StoreNotFound
    return store


def _locked_standing(uow: UnitOfWork, store_id: StoreId) -> StoreStanding:
    found = select(StoreStanding).where(col(StoreStanding.store_id) == store_id).with_for_update()
    standing = uow.session.exec(found).one_or_none()
    if standing is None:
        raise StoreNotFound
    return standing


def _view(uow: UnitOfWork, store_id: StoreId) -> StoreView:
    return StoreView.of(uow.session.get_one(Store, store_id), uow.session.get_one(StoreStanding, store_id))
