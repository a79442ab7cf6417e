"""Reads of users and stores."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Row,
    Select,
    Uuid,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    tuple_,
)
from sqlmodel import Session, col

from marketplace import audit
from marketplace.identity import policy, roles
from marketplace.identity.errors import AddressNotFound, StoreNotFound
from marketplace.identity.models import Address, Membership, SignIn, Store, StoreStanding, SystemGrant, User
from marketplace.identity.states import SUSPENSION, StandingReason, StoreKind, StoreRole, SystemRole
from marketplace.identity.tokens import Standing, hash_secret
from marketplace.identity.views import AddressView, Contact, Me, MembershipView, StoreView, UserView
from marketplace.kernel.actor import Actor, Permission, permit
from marketplace.kernel.errors import SignedOut
from marketplace.kernel.frozen import Frozen, frozen
from marketplace.kernel.ids import AddressId, SessionId, StoreId, UserId
from marketplace.kernel.pages import MAX_LIMIT, Page, a_choice, clamp, id_in, parts_of
from marketplace.kernel.rows import padded


def actor_of_session(session: Session, *, cookie: str, now: datetime) -> Actor | None:
    """The actor a browser's cookie speaks for; nobody, where it was never given, has ended, or has run out.

    Asked on every click: one statement, and the grants of this moment, not of the moment of signing in. `now` is
    real time, whatever the movable clock says.
    """
    found = _standings().where(
        col(SignIn.cookie_hash) == hash_secret(cookie), col(SignIn.ended_at).is_(None), col(SignIn.expires_at) > now
    )
    row = session.execute(found).one_or_none()
    return _standing(row).actor if row is not None else None


def standing_of_session(session: Session, *, session_id: SessionId) -> Standing:
    """Where the user of a session stands now."""
    return _standing(session.execute(_standings().where(col(SignIn.id) == session_id)).one())


def me(actor: Actor, session: Session) -> Me:
    """Who is signed in, where he stands, and what he may do there."""
    user = session.get(User, actor.user_id) if actor.user_id else None
    if user is None:
        raise SignedOut("You are signed out: sign in to go on.")
    memberships = memberships_of(session, user_id=user.id)
    active = next((place.store for place in memberships if place.store.id == actor.store_id), None)
    return Me(
        user=UserView.of(user),
        store=active,
        memberships=memberships,
        system_roles=system_roles_of(session, user_id=user.id),
        permissions=tuple(sorted({grant.permission for grant in actor.grants})),
    )


def memberships_of(session: Session, *, user_id: UserId) -> tuple[MembershipView, ...]:
    """The user's stores, the one he joined first at the head."""
    found = (
        select(Store, StoreStanding, col(Membership.role))
        .join(StoreStanding, col(StoreStanding.store_id) == col(Store.id))
        .join(Membership, col(Membership.store_id) == col(Store.id))
        .where(col(Membership.user_id) == user_id, col(Membership.ended_at).is_(None))
        .order_by(col(Membership.joined_at), col(Store.id))
        .limit(100)
    )
    rows = session.execute(found)
    return tuple(MembershipView(StoreView.of(store, standing), role) for store, standing, role in rows)


def system_roles_of(session: Session, *, user_id: UserId) -> tuple[SystemRole, ...]:
    """The user's roles of the house."""
    found = select(col(SystemGrant.role)).where(col(SystemGrant.user_id) == user_id).order_by(col(SystemGrant.role))
    return tuple(session.execute(found).scalars())


def store(actor: Actor, session: Session, *, store_id: StoreId | None = None) -> StoreView:
    """The active store, or another one that the actor may see."""
    wanted = store_id or actor.store_id
    found = _stores().where(col(Store.id) == wanted, policy.visible(actor))
    return _one_store(session, found)


def shop_front(_actor: Actor, session: Session, *, slug: str) -> StoreView:
    """A vendor as everybody may see him, as long as he is live."""
    return _one_store(session, _stores().where(col(Store.slug) == slug, policy.has_shop_front()))


def stores(
    actor: Actor, session: Session, *, state: str | None = None, cursor: str | None = None, limit: int | None = None
) -> Page[StoreView]:
    """The stores of the house, newest first: all, or the live, awaiting_approval or suspended ones."""
    permit(policy.can_list_stores(actor), "list the stores")
    asked = clamp(limit)
    found = _stores().order_by(col(Store.id).desc()).limit(asked + 1)
    if state is not None:
        found = found.where(_stands_so(state))
    if cursor is not None:
        found = found.where(col(Store.id) < id_in(cursor))
    views = [StoreView.of(row, standing) for row, standing in session.execute(found)]
    return Page.of(views, limit=asked, key=lambda view: (str(view.id),))


def stores_by_id(session: Session, ids: Iterable[StoreId]) -> dict[StoreId, StoreView]:
    """Stores by their ids, for slices above that name them; who may see them those slices have asked."""
    rows = _stores_by_id().run(session, {"ids": padded(ids)}).mappings()
    views = (StoreView(**{**row, "kind": StoreKind(row["kind"]), "reasons": tuple(row["reasons"])}) for row in rows)
    return {view.id: view for view in views}


def store_by_slug(session: Session, *, slug: str) -> StoreView:
    """A store by its name in URLs, live or not."""
    return _one_store(session, _stores().where(col(Store.slug) == slug))


def addresses(actor: Actor, session: Session) -> tuple[AddressView, ...]:
    """The addresses of the active store, all of them: the default one first, then the newest."""
    return paged_addresses(actor, session, limit=MAX_LIMIT).items


def paged_addresses(
    actor: Actor, session: Session, *, cursor: str | None = None, limit: int | None = None
) -> Page[AddressView]:
    """The addresses of the active store: the default one first, then the newest."""
    asked = clamp(limit)
    by = (col(Address.is_default), col(Address.id))
    found = select(Address).where(policy.visible_addresses(actor)).order_by(*(one.desc() for one in by))
    if cursor is not None:
        is_default, last = parts_of(cursor, a_choice, UUID)
        found = found.where(tuple_(*by) < tuple_(literal(is_default, Boolean), literal(last, Uuid)))
    views = [AddressView.of(address) for address in session.execute(found.limit(asked + 1)).scalars()]
    return Page.of(views, limit=asked, key=lambda view: (int(view.is_default), str(view.id)))


def address(session: Session, *, address_id: AddressId, store_id: StoreId) -> AddressView:
    """One address of a store, for those above whose caller acts in that store."""
    found = select(Address).where(
        col(Address.id) == address_id, col(Address.store_id) == store_id, col(Address.archived_at).is_(None)
    )
    row = session.execute(found).scalar_one_or_none()
    if row is None:
        raise AddressNotFound
    return AddressView.of(row)


def default_addresses(session: Session, store_ids: Iterable[StoreId]) -> dict[StoreId, AddressView]:
    """Where each of these stores is reached, when it has said so: its default address."""
    found = select(Address).where(
        col(Address.store_id).in_(list(store_ids)), col(Address.is_default), col(Address.archived_at).is_(None)
    )
    return {row.store_id: AddressView.of(row) for row in session.execute(found).scalars()}


def why_suspended(actor: Actor, session: Session) -> str:
    """What was written down when the actor's store was last suspended, for its people to read."""
    entries = audit.of_object(session, object_id=str(store(actor, session).id))
    return next((entry.reason for entry in entries if entry.action == SUSPENSION and entry.reason), "")


def members(session: Session, *, store_id: StoreId) -> tuple[UserId, ...]:
    """The people of a store."""
    found = select(col(Membership.user_id)).where(
        col(Membership.store_id) == store_id, col(Membership.ended_at).is_(None)
    )
    return tuple(session.execute(found.order_by(col(Membership.user_id))).scalars())


def members_of(session: Session, store_ids: Iterable[StoreId]) -> dict[StoreId, tuple[UserId, ...]]:
    """The people of each of these stores."""
    found = select(col(Membership.store_id), func.array_agg(col(Membership.user_id))).where(
        col(Membership.store_id).in_(list(store_ids)), col(Membership.ended_at).is_(None)
    )
    return {
        store_id: tuple(user_ids) for store_id, user_ids in session.execute(found.group_by(col(Membership.store_id)))
    }


def holders(session: Session, *, permission: Permission) -> tuple[UserId, ...]:
    """The people of the house whose roles include a permission."""
    found = select(col(SystemGrant.user_id)).where(col(SystemGrant.role).in_(roles.roles_with(permission))).distinct()
    return tuple(session.execute(found.order_by(col(SystemGrant.user_id))).scalars())


def users_by_id(session: Session, ids: Iterable[UserId]) -> dict[UserId, UserView]:
    """People by their ids, for slices above that name them."""
    found = select(User).where(col(User.id).in_(list(ids)))
    return {user.id: UserView.of(user) for user in session.execute(found).scalars()}


def contacts(session: Session, ids: Iterable[UserId]) -> Mapping[UserId, Contact]:
    """How to write to these people."""
    people = users_by_id(session, ids)
    return {user.id: Contact(user.id, user.email, user.full_name, user.locale) for user in people.values()}


def _stores() -> Select[Store, StoreStanding]:
    return select(Store, StoreStanding).join(StoreStanding, col(StoreStanding.store_id) == col(Store.id))


@cache
def _stores_by_id() -> Frozen:
    """Asked with each checkout: columns cost a third of what rows of two models do."""
    of_store = (col(getattr(Store, one.name)) for one in fields(StoreView) if hasattr(Store, one.name))
    found = (
        select(*of_store, col(StoreStanding.is_live), col(StoreStanding.reasons))
        .join(StoreStanding, col(StoreStanding.store_id) == col(Store.id))
        .where(col(Store.id) == func.any(bindparam("ids", type_=ARRAY(Uuid))))
    )
    return frozen(found)


def _one_store(session: Session, found: Select[Store, StoreStanding]) -> StoreView:
    row = session.execute(found).one_or_none()
    if row is None:
        raise StoreNotFound
    return StoreView.of(*row)


def _stands_so(state: str) -> ColumnElement[bool]:
    if state == "live":
        return col(StoreStanding.is_live).is_(True)
    reason = StandingReason(state)
    return col(StoreStanding.reasons).op("@>")(func.jsonb_build_array(reason.value))


def _standings() -> Select[SessionId, UserId, StoreId | None, StoreRole | None, bool, bool, list[str]]:
    held = (
        select(func.coalesce(func.array_agg(col(SystemGrant.role)), literal_column("'{}'::varchar[]")))
        .where(col(SystemGrant.user_id) == col(SignIn.user_id))
        .scalar_subquery()
    )
    return (
        select(
            col(SignIn.id),
            col(SignIn.user_id),
            col(Membership.store_id),
            col(Membership.role),
            func.coalesce(col(Store.can_buy), False),
            func.coalesce(col(Store.can_sell), False),
            held,
        )
        .outerjoin(
            Membership,
            (col(Membership.user_id) == col(SignIn.user_id))
            & (col(Membership.store_id) == col(SignIn.store_id))
            & col(Membership.ended_at).is_(None),
        )
        .outerjoin(Store, col(Store.id) == col(Membership.store_id))
    )


def _standing(
    row: Row[SessionId, UserId, StoreId | None, StoreRole | None, bool, bool, list[str]],
) -> Standing:
    session_id, user_id, store_id, role, can_buy, can_sell, system_roles = row
    return Standing(
        user_id=user_id,
        session_id=session_id,
        store_id=store_id,
        role=role,
        can_buy=can_buy,
        can_sell=can_sell,
        system_roles=tuple(SystemRole(name) for name in sorted(system_roles)),
    )
