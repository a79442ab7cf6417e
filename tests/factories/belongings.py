"""Something of every kind that an address of the REST surface can name, and the people whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select

from marketplace import identity, media, notifications
from marketplace.catalog.models import Import
from marketplace.catalog.states import ImportState
from marketplace.delivery import ExceptionState, HandOverState, ProofKind
from marketplace.delivery.models import Assignment, CashCollection, CashException, HandOver, Proof, Stop
from marketplace.delivery.states import StopKind
from marketplace.events.models import Delivery, OutboxMessage
from marketplace.events.states import DeliveryState
from marketplace.identity import Door, Standing, SystemRole
from marketplace.kernel.actor import Actor
from marketplace.kernel.clock import utc_now
from marketplace.kernel.ids import AssetId, EventId, PayoutId, StoreId, UserId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.media import AssetKind, make_picture
from marketplace.media.models import Asset
from marketplace.orders.models import Order, OrderLine
from marketplace.settlement import PayoutState
from marketplace.settlement.models import Payout
from tests.factories.people import make_officer
from tests.factories.pictures import drawn
from tests.factories.sales import Market

SALE = 11_500


@dataclass(frozen=True, slots=True)
class Belongings:
    """The ids of real things, by the parameter that names them, and what their people are known by."""

    ids: Mapping[str, object]
    photo_id: AssetId
    line_id: object
    people: Mapping[str, Standing]


def come_in(uow: UnitOfWork, user_id: UserId, store_id: StoreId | None = None) -> Standing:
    """Sign somebody in."""
    return identity.enter(uow, user_id=user_id, store_id=store_id, door=Door.CLIENT, at=utc_now()).standing


def make_belongings(uow: UnitOfWork) -> Belongings:
    """A vendor, a buyer and an agent with something of every kind."""
    market = Market(uow)
    order = market.sell(SALE)
    line = uow.session.exec(select(OrderLine).where(col(OrderLine.order_id) == order.id)).one()
    assignment = uow.session.exec(select(Assignment).where(col(Assignment.order_id) == order.id)).one()
    picture = make_picture(drawn(20, 20))
    (asset_id,) = media.adopt(uow, pictures=[picture], store_id=market.vendor.id, kind=AssetKind.PRODUCT_IMAGE)
    photo_id = _photo(uow, market)
    fetched, stop = (
        Stop(assignment_id=assignment.id, kind=kind, address={}, contact_name="Noura", contact_phone="+966501234567")
        for kind in StopKind
    )
    asked, handed = _question(market, order, assignment), _hand_over(uow, market)
    payout, begun = make_payout(uow, market.vendor.id), _import(uow, market.vendor.id)
    proof = Proof(assignment_id=assignment.id, kind=ProofKind.PHOTO, asset_id=photo_id, given_at=uow.now)
    uow.session.add_all([fetched, stop, asked, handed, payout, begun, proof])
    uow.session.flush()
    taken = uow.session.exec(select(CashCollection).where(col(CashCollection.order_id) == order.id)).one()
    taken.hand_over_id = handed.id
    ids = {
        "store_id": market.vendor.id,
        "address_id": identity.default_addresses(uow.session, [market.buyer.id])[market.buyer.id].id,
        "asset_id": asset_id,
        "notification_id": _notice(uow, market, order),
        "number": order.number,
        "listing_id": line.listing_id,
        "fsin": line.fsin,
        "stop_id": stop.id,
        "import_id": begun.id,
        "payout_id": payout.id,
        "hand_over_id": handed.id,
        "exception_id": asked.id,
        "event_id": make_dead_letter(uow, 1),
    }
    return Belongings(ids, photo_id, line.id, _people(uow, market))


def make_payout(uow: UnitOfWork, store_id: StoreId, *, days_ago: int = 0) -> Payout:
    """A payout that waits for finance; a store has one a day at most."""
    at = uow.now - timedelta(days=days_ago)
    return Payout(
        id=PayoutId(new_uuid()),
        store_id=store_id,
        state=PayoutState.PROPOSED,
        amount_minor=1_000,
        currency="SAR",
        period_starts_at=at - timedelta(days=1),
        period_ends_at=at,
        proposed_at=at,
        proposed_on=at.date(),
        proposed_by="test",
    )


def make_dead_letter(uow: UnitOfWork, number: int) -> EventId:
    """A fact that a consumer has given up."""
    event_id, aggregate = EventId(new_uuid()), f"bell:{number}"
    envelope = {"body": {"bell": str(number)}, "asked_by": "test", "request_id": ""}
    message = OutboxMessage(
        id=event_id, topic="tests.bell_rang.v1", aggregate=aggregate, envelope=envelope, made_at=uow.now
    )
    uow.session.add(message)
    uow.session.flush()
    dead = Delivery(
        event_id=event_id, consumer="first", aggregate=aggregate, sequence=1, tries=3, next_at=uow.now,
        state=DeliveryState.DEAD, last_error="ValueError: broken",
    )  # fmt: skip
    uow.session.add(dead)
    return event_id


def _photo(uow: UnitOfWork, market: Market) -> AssetId:
    picture = make_picture(drawn(30, 20), is_public=False)
    (photo_id,) = media.adopt(uow, pictures=[picture], store_id=None, kind=AssetKind.DELIVERY_PHOTO)
    uow.session.get_one(Asset, photo_id).sent_by = market.agent
    return photo_id


def _question(market: Market, order: Order, assignment: Assignment) -> CashException:
    return CashException(
        order_id=order.id,
        assignment_id=assignment.id,
        agent_id=market.agent,
        due_minor=SALE,
        offered_minor=SALE - 500,
        currency="SAR",
        state=ExceptionState.OPEN,
        raised_at=market.uow.now,
    )


def _hand_over(uow: UnitOfWork, market: Market) -> HandOver:
    return HandOver(
        agent_id=market.agent,
        state=HandOverState.DECLARED,
        expected_minor=SALE,
        declared_minor=SALE,
        currency="SAR",
        handed_at=uow.now,
    )


def _import(uow: UnitOfWork, store_id: StoreId) -> Import:
    return Import(
        store_id=store_id,
        file_name="goods.csv",
        file_hash="0" * 64,
        map_hash="0" * 64,
        state=ImportState.RUNNING,
        total=1,
        started_by="test",
        started_at=uow.now,
    )


def _notice(uow: UnitOfWork, market: Market, order: Order) -> object:
    event_id, about = EventId(new_uuid()), {"number": order.number}
    notifications.notify(uow, rule="order_delivered", user_ids=[market.buying_user], about=about, event_id=event_id)
    reader = Actor(name="reader", user_id=market.buying_user)
    return notifications.newest(reader, uow.session).items[0].id


def _people(uow: UnitOfWork, market: Market) -> Mapping[str, Standing]:
    """Whom all of it concerns: both sides, the agent, and somebody who holds every role of the house."""
    helper = make_officer(uow, SystemRole.ADMIN).id
    for role in SystemRole:
        identity.grant_role(uow, user_id=helper, role=role)
    (selling_user,) = identity.members(uow.session, store_id=market.vendor.id)
    return {
        "buyer": come_in(uow, market.buying_user, market.buyer.id),
        "vendor": come_in(uow, selling_user, market.vendor.id),
        "agent": come_in(uow, market.agent),
        "house": come_in(uow, helper),
    }
