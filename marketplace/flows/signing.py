"""Coming in and going out: register, sign in, refresh, move to another store, sign out.

Passwords are tried between two units of work, never inside one.
"""

from dataclasses import dataclass, field

from marketplace import cart, identity
from marketplace.identity import Attempt, Door, Entry, Keys, Registration, StoreView, UserView
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.clock import utc_now
from marketplace.kernel.errors import SignedOut
from marketplace.kernel.ids import DeviceId, StoreId, UserId
from marketplace.kernel.work import UnitOfWork
from marketplace.ports import House


@dataclass(frozen=True, slots=True)
class Arrival:
    """How somebody comes: through which door, from which network, and with which device's cart."""

    door: Door
    network: str
    device_id: DeviceId | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody is in. The secrets are shown this once: a cookie for a browser, two tokens for a client."""

    user: UserView
    store: StoreView | None
    actor: Actor
    cookie: str | None = field(default=None, repr=False)
    access_token: str | None = field(default=None, repr=False)
    refresh_token: str | None = field(default=None, repr=False)


def register(actor: Actor, house: House, *, registration: Registration, password: str, arrival: Arrival) -> SignedIn:
    """Join with a first store, and be signed in; asking twice is joining once, even where both ask at the same time.

    Somebody we know who gives his right password opens another store; with a wrong one he is told to sign in.
    """
    email = identity.tidy_email(registration.email)
    identity.check_password(password, email=email)
    attempt = house.db.transact(identity.attempt, actor, email=email, network=arrival.network, at=utc_now())
    try:
        entry = _joined(actor, house, attempt, registration=registration, password=password, arrival=arrival)
    except identity.EmailTaken:
        if attempt.user_id is not None:
            raise
        attempt = house.db.transact(identity.attempt, actor, email=email, network=arrival.network, at=utc_now())
        entry = _joined(actor, house, attempt, registration=registration, password=password, arrival=arrival)
    return _signed_in(house, entry)


def sign_in(actor: Actor, house: House, *, email: str, password: str, arrival: Arrival) -> SignedIn:
    """Come in with address and password. What is wrong, and whether there is such an account, is not said."""
    folded = email.strip().lower()
    attempt = house.db.transact(identity.attempt, actor, email=folded, network=arrival.network, at=utc_now())
    if not identity.matches(password, attempt.password_hash) or attempt.user_id is None:
        raise identity.WrongPassword("Email address or password is wrong: check both and try again.")
    is_old = attempt.password_hash is not None and identity.is_outdated(attempt.password_hash)
    fresh_hash = identity.hash_password(password) if is_old else None
    entry = house.db.transact(_come_in, actor, user_id=attempt.user_id, fresh_hash=fresh_hash, arrival=arrival)
    return _signed_in(house, entry)


def refresh(actor: Actor, house: House, *, refresh_token: str) -> SignedIn:
    """Give a new pair of tokens for an unused refresh token; a used one closes its whole family."""
    entry = house.db.transact(identity.exchange, actor, refresh_token=refresh_token, at=utc_now())
    if entry is None:
        raise SignedOut(
            "This refresh token had been used already, so you were signed out everywhere it reached: sign in again.",
            code="identity.refresh_token_reused",
        )
    return _signed_in(house, entry)


def switch_store(actor: Actor, house: House, *, store_id: StoreId, device_id: DeviceId | None = None) -> SignedIn:
    """Go on in another of one's stores; the old session ends with that."""
    return _signed_in(house, house.db.transact(_move, actor, store_id=store_id, device_id=device_id))


def sign_out(actor: Actor, house: House) -> None:
    """Leave; leaving twice is leaving once."""
    house.db.transact(identity.leave, actor, at=utc_now())


def forget_ended(house: House) -> int:
    """Forget sessions that were over long ago."""

    def forget(_actor: Actor, uow: UnitOfWork) -> int:
        return identity.forget_ended(uow, at=utc_now())

    return house.db.transact(forget, system("signing"))


def _joined(
    actor: Actor, house: House, attempt: Attempt, *, registration: Registration, password: str, arrival: Arrival
) -> Entry:
    if attempt.user_id is not None and not identity.matches(password, attempt.password_hash):
        raise identity.EmailTaken("There is an account with this email address: sign in instead.")
    return house.db.transact(
        _join,
        actor,
        registration=registration,
        password_hash=attempt.password_hash or identity.hash_password(password),
        known=attempt.user_id,
        arrival=arrival,
    )


def _join(
    actor: Actor,
    uow: UnitOfWork,
    *,
    registration: Registration,
    password_hash: str,
    known: UserId | None,
    arrival: Arrival,
) -> Entry:
    if known is None:
        user, store = identity.register(
            actor, uow, registration=registration, password_hash=password_hash, network=arrival.network
        )
        user_id = user.id
    else:
        user_id = known
        store = identity.open_store(actor, uow, user_id=known, registration=registration)
    entry = identity.enter(uow, user_id=user_id, store_id=store.id, door=arrival.door, at=utc_now())
    return _with_cart(uow, entry, arrival.device_id)


def _come_in(_actor: Actor, uow: UnitOfWork, *, user_id: UserId, fresh_hash: str | None, arrival: Arrival) -> Entry:
    entry = identity.enter(uow, user_id=user_id, fresh_hash=fresh_hash, door=arrival.door, at=utc_now())
    return _with_cart(uow, entry, arrival.device_id)


def _move(actor: Actor, uow: UnitOfWork, *, store_id: StoreId, device_id: DeviceId | None) -> Entry:
    return _with_cart(uow, identity.move(actor, uow, store_id=store_id, at=utc_now()), device_id)


def _with_cart(uow: UnitOfWork, entry: Entry, device_id: DeviceId | None) -> Entry:
    """What somebody gathered before we knew him goes with him, as soon as he stands in a store that buys."""
    if device_id is not None and entry.store is not None and entry.store.can_buy:
        cart.merge(uow, device_id=device_id, store_id=entry.store.id)
    return entry


def _signed_in(house: House, entry: Entry) -> SignedIn:
    is_client = entry.refresh_token is not None
    token = identity.mint(entry.standing, keys=Keys.of(house.secret), now=utc_now()) if is_client else None
    return SignedIn(
        user=entry.user,
        store=entry.store,
        actor=entry.standing.actor,
        cookie=entry.cookie,
        access_token=token,
        refresh_token=entry.refresh_token,
    )
