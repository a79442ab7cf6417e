"""Sessions begin, move, go on and end.

Every instant here is real time, handed in as `at`: the movable clock must not sign anybody out.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, func
from sqlmodel import col, select

from marketplace import audit, events, flags
from marketplace.flags import Limit
from marketplace.identity import queries, rules, tokens
from marketplace.identity.errors import NotAMember
from marketplace.identity.events import RefreshTokenReused
from marketplace.identity.models import Credential, Membership, RefreshToken, SignIn, SignInFailure, User
from marketplace.identity.rules import Guessing
from marketplace.identity.states import Door, EndReason
from marketplace.identity.views import Attempt, Entry, UserView
from marketplace.kernel.actor import Actor
from marketplace.kernel.errors import SignedOut, TooMany
from marketplace.kernel.ids import StoreId, UserId
from marketplace.kernel.work import UnitOfWork

FORGOTTEN_AT_ONCE: Final = 1_000


def attempt(_actor: Actor, uow: UnitOfWork, *, email: str, network: str, at: datetime) -> Attempt:
    """Let somebody try a password, unless too many were wrong; the try counts as wrong until it was right.

    It is written first, in a transaction of its own and under a lock for the account and the network, so that many
    tries at once are as many tries.
    """
    account = rules.account_hash(email)
    for name in sorted((account, network)):
        uow.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"sign_in:{name}", 0))))
    guessing = _guessing(uow)
    _refuse_shut(uow, col(SignInFailure.account_hash) == account, guessing, allowed=guessing.per_account, at=at)
    if network != rules.THIS_MACHINE:
        _refuse_shut(uow, col(SignInFailure.network) == network, guessing, allowed=guessing.per_network, at=at)
    uow.session.add(SignInFailure(account_hash=account, network=network, failed_at=at))
    found = (
        select(User.id, Credential.password_hash)
        .join(Credential, col(Credential.user_id) == col(User.id))
        .where(col(User.email) == email)
    )
    known = uow.session.exec(found).one_or_none()
    return Attempt(email, UserId(known[0]), known[1]) if known else Attempt(email, None, None)


def enter(
    uow: UnitOfWork,
    *,
    user_id: UserId,
    door: Door,
    at: datetime,
    store_id: StoreId | None = None,
    fresh_hash: str | None = None,
) -> Entry:
    """Begin a session for somebody whose password was right, in the store he last stood in unless one is named."""
    user = uow.session.get_one(User, user_id)
    uow.session.execute(delete(SignInFailure).where(col(SignInFailure.account_hash) == rules.account_hash(user.email)))
    if fresh_hash is not None:
        credential = uow.session.get_one(Credential, user_id)
        credential.password_hash, credential.changed_at = fresh_hash, uow.now
    return _begin(uow, user=user, store_id=store_id or _last_store(uow, user_id), door=door, at=at)


def move(actor: Actor, uow: UnitOfWork, *, store_id: StoreId, at: datetime) -> Entry:
    """Go on in another of one's stores: the old session ends in the same step, a new one begins."""
    session = _own_session(actor, uow)
    place = uow.session.get(Membership, (session.user_id, store_id))
    if place is None or place.ended_at is not None:
        raise NotAMember("You are no member of that store: ask its owner to invite you.")
    session.end(reason=EndReason.SWITCHED, at=at)
    user = uow.session.get_one(User, session.user_id)
    return _begin(uow, user=user, store_id=store_id, door=session.door, at=at)


def exchange(_actor: Actor, uow: UnitOfWork, *, refresh_token: str, at: datetime) -> Entry | None:
    """Give a new refresh token for one that was not used yet, and retire that.

    None says that it had been used: somebody else holds a copy, so the whole family is closed. It is no refusal,
    since a refusal would undo the closing. One repeat within ten seconds is taken for a lost answer.
    """
    found = select(RefreshToken).where(col(RefreshToken.token_hash) == tokens.hash_secret(refresh_token))
    token = uow.session.exec(found.with_for_update()).one_or_none()
    session = uow.session.get(SignIn, token.session_id, with_for_update=True) if token else None
    if token is None or session is None or session.ended_at is not None or session.expires_at <= at:
        raise SignedOut("You are signed out: sign in to go on.")
    if token.retired_at is not None:
        if token.was_repeated or at - token.retired_at > rules.REPEAT_FORGIVEN_WITHIN:
            session.end(reason=EndReason.TOKEN_REUSED, at=at)
            events.emit(uow, RefreshTokenReused(session_id=session.id, user_id=session.user_id))
            return None
        token.was_repeated = True
    token.retired_at = token.retired_at or at
    session.expires_at = at + rules.SESSION_LASTS
    user = uow.session.get_one(User, session.user_id)
    return _entry(uow, session=session, user=user, refresh_token=_issue(uow, session, at=at))


def leave(actor: Actor, uow: UnitOfWork, *, at: datetime) -> None:
    """Sign out; signing out twice changes nothing."""
    if actor.session_id is None:
        return
    session = uow.session.get(SignIn, actor.session_id, with_for_update=True)
    if session is not None and session.ended_at is None:
        session.end(reason=EndReason.SIGNED_OUT, at=at)
        audit.record(uow, actor, "identity.sign_out", session.id, store_id=session.store_id)


def forget_ended(uow: UnitOfWork, *, at: datetime) -> int:
    """Forget sessions that ended or ran out a month ago, with their tokens, and attempts that count no more.

    A month, so that a copied token that comes back late is still known for what it is.
    """
    over = (
        select(SignIn.id)
        .where(func.coalesce(col(SignIn.ended_at), col(SignIn.expires_at)) < at - rules.SESSION_LASTS)
        .limit(FORGOTTEN_AT_ONCE)
    )
    ids = uow.session.exec(over).all()
    uow.session.execute(delete(RefreshToken).where(col(RefreshToken.session_id).in_(ids)))
    uow.session.execute(delete(SignIn).where(col(SignIn.id).in_(ids)))
    uow.session.execute(delete(SignInFailure).where(col(SignInFailure.failed_at) < at - _guessing(uow).remembered))
    return len(ids)


def _begin(uow: UnitOfWork, *, user: User, store_id: StoreId | None, door: Door, at: datetime) -> Entry:
    cookie = tokens.new_secret() if door is Door.BROWSER else None
    session = SignIn(
        user_id=user.id,
        store_id=store_id,
        door=door,
        cookie_hash=tokens.hash_secret(cookie) if cookie else None,
        started_at=at,
        expires_at=at + rules.SESSION_LASTS,
    )
    uow.session.add(session)
    uow.session.flush()
    refresh_token = _issue(uow, session, at=at) if door is Door.CLIENT else None
    entry = _entry(uow, session=session, user=user, cookie=cookie, refresh_token=refresh_token)
    audit.record(uow, entry.standing.actor, "identity.sign_in", session.id, store_id=store_id)
    return entry


def _entry(
    uow: UnitOfWork, *, session: SignIn, user: User, cookie: str | None = None, refresh_token: str | None = None
) -> Entry:
    uow.session.flush()
    standing = queries.standing_of_session(uow.session, session_id=session.id)
    active = standing.store_id
    return Entry(
        session_id=session.id,
        standing=standing,
        user=UserView.of(user),
        store=queries.stores_by_id(uow.session, [active])[active] if active else None,
        cookie=cookie,
        refresh_token=refresh_token,
    )


def _issue(uow: UnitOfWork, session: SignIn, *, at: datetime) -> str:
    secret = tokens.new_secret()
    uow.session.add(RefreshToken(token_hash=tokens.hash_secret(secret), session_id=session.id, issued_at=at))
    return secret


def _last_store(uow: UnitOfWork, user_id: UserId) -> StoreId | None:
    last_stood = (
        select(func.max(SignIn.started_at))
        .where(col(SignIn.user_id) == user_id, col(SignIn.store_id) == col(Membership.store_id))
        .scalar_subquery()
    )
    found = (
        select(Membership.store_id)
        .where(col(Membership.user_id) == user_id, col(Membership.ended_at).is_(None))
        .order_by(last_stood.desc().nulls_last(), col(Membership.joined_at), col(Membership.store_id))
        .limit(1)
    )
    last = uow.session.exec(found).one_or_none()
    return StoreId(last) if last else None


def _own_session(actor: Actor, uow: UnitOfWork) -> SignIn:
    session = uow.session.get(SignIn, actor.session_id, with_for_update=True) if actor.session_id else None
    if session is None or session.ended_at is not None:
        raise SignedOut("You are signed out: sign in to go on.")
    return session


def _guessing(uow: UnitOfWork) -> Guessing:
    """The numbers of the operator, as they stand by his clock; the attempts themselves are counted in real time."""

    def number(name: Limit) -> int:
        return flags.limit(uow.session, name, at=uow.now)

    return Guessing(
        per_account=number(Limit.ACCOUNT_WRONG_PASSWORDS),
        per_network=number(Limit.NETWORK_WRONG_PASSWORDS),
        within=timedelta(minutes=number(Limit.WRONG_PASSWORDS_WITHIN_MINUTES)),
        remembered=timedelta(hours=number(Limit.WRONG_PASSWORDS_REMEMBERED_HOURS)),
        shut_at_most=timedelta(hours=number(Limit.SIGN_IN_SHUT_AT_MOST_HOURS)),
    )


def _refuse_shut(uow: UnitOfWork, mine: ColumnElement[bool], guessing: Guessing, *, allowed: int, at: datetime) -> None:
    found = select(SignInFailure.failed_at).where(mine, col(SignInFailure.failed_at) > at - guessing.remembered)
    until = rules.shut_until(uow.session.exec(found).all(), guessing, allowed=allowed, now=at)
    if until is not None:
        wait = int((until - at).total_seconds()) + 1
        raise TooMany("Too many wrong passwords: wait a while, then try again.", retry_after_seconds=wait)
