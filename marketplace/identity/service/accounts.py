"""People join and open stores."""

from sqlalchemy import func
from sqlmodel import col, select

from marketplace import audit, events, flags
from marketplace.flags import Limit
from marketplace.identity import rules
from marketplace.identity.errors import EmailTaken
from marketplace.identity.events import StoreOpened, UserRegistered
from marketplace.identity.models import Credential, Membership, Store, StoreStanding, SystemGrant, User
from marketplace.identity.rules import Registration
from marketplace.identity.service.addresses import keep_address
from marketplace.identity.states import StandingReason, StoreKind, StoreRole, SystemRole
from marketplace.identity.views import StoreView, UserView
from marketplace.kernel import profile, text
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import TooMany
from marketplace.kernel.ids import UserId
from marketplace.kernel.work import UnitOfWork

SUFFIX_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


def register(
    actor: Actor, uow: UnitOfWork, *, registration: Registration, password_hash: str, network: str | None = None
) -> tuple[UserView, StoreView]:
    """A person joins with a first store, which he owns; from one network only so many an hour."""
    if network is not None and network != rules.THIS_MACHINE:
        _refuse_crowds(uow, network)
    user = enroll(
        uow,
        email=registration.email,
        full_name=registration.full_name,
        password_hash=password_hash,
        locale=registration.locale,
        network=network,
    )
    return user, open_store(actor, uow, user_id=user.id, registration=registration)


def enroll(
    uow: UnitOfWork, *, email: str, full_name: str, password_hash: str, locale: str = "en", network: str | None = None
) -> UserView:
    """A person joins without a store: the people of the house."""
    folded = rules.tidy_email(email)
    if uow.session.exec(select(User.id).where(col(User.email) == folded)).one_or_none() is not None:
        raise EmailTaken("There is an account with this email address: sign in instead.")
    user = User(email=folded, full_name=full_name, locale=locale, registered_at=uow.now, registered_from=network)
    uow.session.add(user)
    uow.session.flush()
    uow.session.add(Credential(user_id=user.id, password_hash=password_hash, changed_at=uow.now))
    events.emit(uow, UserRegistered(user_id=user.id))
    return UserView.of(user)


def open_store(actor: Actor, uow: UnitOfWork, *, user_id: UserId, registration: Registration) -> StoreView:
    """Open a store for somebody whose password was right, or who has just joined; he owns it.

    A vendor of a trade that approves by hand is not live until he was approved. One of that kind and name that he owns
    already is given back: he has pressed twice.
    """
    known = _owned(uow, user_id, registration)
    if known is not None:
        return known
    house, kind = profile.chosen(), registration.store_kind
    store = Store(
        name=registration.store_name,
        slug=_free_slug(uow, registration.store_name),
        kind=kind,
        can_buy=kind is StoreKind.BUYER,
        can_sell=kind is StoreKind.VENDOR,
        currency=house.currency,
        time_zone=house.time_zone,
        city=registration.place.city if registration.place else None,
        opened_at=uow.now,
    )
    awaits = kind is StoreKind.VENDOR and house.vendor_approval == "manual"
    reasons = [StandingReason.AWAITING_APPROVAL.value] if awaits else []
    standing = StoreStanding(store_id=store.id, reasons=reasons, is_live=not reasons, changed_at=uow.now)
    uow.session.add(store)
    uow.session.flush()
    uow.session.add(standing)
    uow.session.add(Membership(user_id=user_id, store_id=store.id, role=StoreRole.OWNER, joined_at=uow.now))
    if registration.place is not None:
        keep_address(uow, store_id=store.id, place=registration.place, is_default=True)
    audit.record(
        uow, actor, "identity.open_store", store.id, store_id=store.id, after={"kind": kind, "name": store.name}
    )
    events.emit(uow, StoreOpened(store_id=store.id, kind=kind, is_live=standing.is_live))
    return StoreView.of(store, standing)


def grant_role(uow: UnitOfWork, *, user_id: UserId, role: SystemRole) -> None:
    """Give somebody a role of the house; giving it again changes nothing."""
    if uow.session.get(SystemGrant, (user_id, role)) is None:
        uow.session.add(SystemGrant(user_id=user_id, role=role, granted_at=uow.now))
        uow.session.flush()


def _refuse_crowds(uow: UnitOfWork, network: str) -> None:
    uow.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"register:{network}", 0))))
    since = uow.now - rules.REGISTRATIONS_WITHIN
    found = select(func.count()).where(col(User.registered_from) == network, col(User.registered_at) > since)
    allowed = flags.limit(uow.session, Limit.NETWORK_REGISTRATIONS_HOURLY, at=uow.now)
    if uow.session.exec(found).one() >= allowed:
        wait = int(rules.REGISTRATIONS_WITHIN.total_seconds())
        raise TooMany(
            "Many people have just joined from where you are: try again in an hour.", retry_after_seconds=wait
        )


def _owned(uow: UnitOfWork, user_id: UserId, registration: Registration) -> StoreView | None:
    """The store that he has opened by these words; his row is locked, so that two who ask at once get one."""
    uow.session.exec(select(User.id).where(col(User.id) == user_id).with_for_update())
    found = (
        select(Store, StoreStanding)
        .join(StoreStanding, col(StoreStanding.store_id) == col(Store.id))
        .join(Membership, col(Membership.store_id) == col(Store.id))
        .where(
            col(Membership.user_id) == user_id,
            col(Membership.role) == StoreRole.OWNER,
            col(Membership.ended_at).is_(None),
            col(Store.kind) == registration.store_kind,
            col(Store.name) == registration.store_name,
        )
        .order_by(col(Store.opened_at))
        .limit(1)
    )
    row = uow.session.exec(found).one_or_none()
    return StoreView.of(*row) if row is not None else None


def _free_slug(uow: UnitOfWork, name: str) -> str:
    wanted = text.slug(name, fallback="store")
    taken = uow.session.exec(select(Store.id).where(col(Store.slug) == wanted)).one_or_none()
    if taken is None:
        return wanted
    return f"{wanted}-{''.join(uow.random.choices(SUFFIX_LETTERS, k=5))}"
