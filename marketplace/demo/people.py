"""The first scene: everybody joins."""

from secrets import token_urlsafe
from uuid import UUID

from marketplace import identity, rates
from marketplace.demo.cast import Officer, Trader
from marketplace.demo.stage import Stage, Told
from marketplace.identity import Place, Registration, StoreKind, SystemRole
from marketplace.kernel import profile
from marketplace.kernel.actor import visitor
from marketplace.kernel.ids import StoreId, UserId
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.rates import DeliveryTerms
from marketplace.settings import settings

JOINED_DAYS_AGO = 92


def join(stage: Stage) -> None:
    """Let everybody join, with the one password of the demo, and the neighbors with one that nobody was told.

    Both hashes are made before the unit.
    """
    at = stage.moment(JOINED_DAYS_AGO, 9)
    known = stage.was_played("people")
    told, untold = ("", "") if known else map(identity.hash_password, (settings().demo_password, token_urlsafe()))
    stage.people = stage.play("people", lambda uow: _everybody(stage, uow, told, untold), at=at)
    stage.play("delivery terms", lambda uow: _terms(stage, uow), at=at)


def _everybody(stage: Stage, uow: UnitOfWork, told: str, untold: str) -> Told:
    officers = {officer.login: _officer(uow, officer, told) for officer in stage.cast.officers}
    stage.people = officers
    sellers = {trader.login: _trader(uow, trader, told, sells=True) for trader in stage.cast.vendors}
    buyers = {trader.login: _trader(uow, trader, told, sells=False) for trader in stage.cast.buyers}
    neighbors = {trader.login: _trader(uow, trader, untold, sells=False) for trader in stage.cast.neighbors}
    if profile.chosen().vendor_approval == "manual":
        for known in sellers.values():
            identity.approve(stage.actor("admin"), uow, store_id=StoreId(UUID(known["store"])))
    return officers | sellers | buyers | neighbors


def _officer(uow: UnitOfWork, officer: Officer, password_hash: str) -> Told:
    user = identity.enroll(uow, email=officer.email, full_name=officer.name, password_hash=password_hash)
    for role in officer.roles:
        identity.grant_role(uow, user_id=user.id, role=role)
    return _known(user.id, None, officer.roles, sells=False)


def _trader(uow: UnitOfWork, trader: Trader, password_hash: str, *, sells: bool) -> Told:
    registration = Registration(
        email=trader.email,
        full_name=trader.name,
        store_name=trader.store,
        store_kind=StoreKind.VENDOR if sells else StoreKind.BUYER,
        place=Place(
            recipient=trader.name,
            phone=trader.phone,
            line1=trader.place.line1,
            district=trader.place.district,
            city=trader.place.city,
            region=trader.place.region,
            postal_code=trader.place.postal_code,
            country=profile.chosen().country,
        ),
    )
    user, store = identity.register(visitor(), uow, registration=registration, password_hash=password_hash)
    return _known(user.id, store.id, (), sells=sells)


def _terms(stage: Stage, uow: UnitOfWork) -> Told:
    currency = profile.chosen().currency
    for trader in stage.cast.vendors:
        flat, free_over = (Money(whole * 100, currency) for whole in trader.shipping)
        actor = stage.actor(trader.login)
        terms = DeliveryTerms(flat=flat, free_over=free_over, handling_days=1, transit_days=1)
        rates.set_profile(actor, uow, terms=terms)
        change = identity.StoreChange(
            phone=trader.phone, city=trader.place.city, description=trader.about, email=trader.email
        )
        identity.edit_store(actor, uow, change=change)
    return {}


def _known(user_id: UserId, store_id: StoreId | None, roles: tuple[SystemRole, ...], *, sells: bool) -> Told:
    return {
        "user": str(user_id),
        "store": None if store_id is None else str(store_id),
        "roles": [str(role) for role in roles],
        "sells": sells,
    }
