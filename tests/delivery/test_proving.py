"""Proof of delivery: who may look at it, and another code where the first is locked."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from marketplace import delivery, media
from marketplace.audit.models import AuditEntry
from marketplace.delivery import Evidence, NoCode, NoProof, ProofKind, ProofSide
from marketplace.delivery.errors import CodeLocked
from marketplace.delivery.models import Proof
from marketplace.events.models import OutboxMessage
from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.ids import AssetId
from marketplace.kernel.work import UnitOfWork
from marketplace.media import AssetKind, make_picture
from marketplace.orders import OrderView
from tests.factories.actors import officer
from tests.factories.orders import Buyer, make_order, make_shopper, seller
from tests.factories.pictures import drawn
from tests.factories.road import DISPATCHER, Rider, code_of, give, hand_over_parcel, send
from tests.factories.shelves import OnSale

WRONG = Evidence(code="not it")


def photographed(uow: UnitOfWork, buyer: Buyer, rider: Rider, kettle: OnSale) -> tuple[OrderView, AssetId]:
    """An order that was handed over against a photo, and the photo."""
    order, drop = send(uow, buyer, rider, (kettle, 1))
    hand_over_parcel(uow, rider, order, drop)
    picture = make_picture(drawn(), is_public=False)
    (asset_id,) = media.adopt(uow, pictures=[picture], store_id=order.store.id, kind=AssetKind.DELIVERY_PHOTO)
    proof = uow.session.execute(select(Proof)).scalar_one()
    proof.kind, proof.asset_id = ProofKind.PHOTO, asset_id
    uow.session.flush()
    return order, asset_id


def written(uow: UnitOfWork, action: str) -> list[tuple[str, object]]:
    found = select(AuditEntry).where(col(AuditEntry.action) == action).order_by(col(AuditEntry.position))
    return [(entry.actor, entry.after) for entry in uow.session.execute(found).scalars()]


class TestSeeProof:
    def test_shows_it_to_both_sides_and_to_those_who_help_and_writes_down_each(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, asset_id = photographed(uow, buyer, rider, kettle)
        looking: list[tuple[Actor, ProofSide]] = [
            (buyer.actor, "buyer"),
            (seller(order.store.id), "vendor"),
            (DISPATCHER, "house"),
        ]

        seen = [delivery.see_proof(who, uow, number=order.number, side=side) for who, side in looking]

        assert [(one.kind, one.photo_id, one.given_at) for one in seen] == [(ProofKind.PHOTO, asset_id, uow.now)] * 3
        after = {"kind": "photo", "asset_id": str(asset_id)}
        assert written(uow, "delivery.see_proof") == [(who.name, after) for who, _ in looking]

    def test_shows_nobody_else_s(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider) -> None:
        order, _ = photographed(uow, buyer, rider, kettle)
        vendor, stranger = seller(order.store.id), make_shopper(uow).actor
        looking: list[tuple[Actor, ProofSide]] = [
            (vendor, "buyer"),
            (buyer.actor, "vendor"),
            (DISPATCHER, "buyer"),
            (DISPATCHER, "vendor"),
            (stranger, "buyer"),
            (stranger, "house"),
            (rider.actor, "house"),
            (officer(Permission.ORDERS_READ), "house"),
        ]

        for who, side in looking:
            with pytest.raises(NoProof):
                delivery.see_proof(who, uow, number=order.number, side=side)

        assert written(uow, "delivery.see_proof") == []

    def test_has_nothing_to_show_before_the_door(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, _ = send(uow, buyer, rider, (kettle, 1))

        with pytest.raises(NoProof):
            delivery.see_proof(DISPATCHER, uow, number=order.number, side="house")


class TestRenewCode:
    def test_opens_a_locked_door_and_tells_the_code_to_the_buyer_alone(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 1))
        old = code_of(uow, order.id)
        for _ in range(5):
            delivery.deliver(rider.actor, uow, stop_id=drop.id, evidence=WRONG)
        with pytest.raises(CodeLocked):
            delivery.deliver(rider.actor, uow, stop_id=drop.id, evidence=Evidence(code=old))

        assert delivery.can_renew_code(DISPATCHER, uow.session, number=order.number)
        assert not delivery.can_renew_code(buyer.actor, uow.session, number=order.number)
        seen = delivery.renew_code(DISPATCHER, uow, order_number=order.number)

        told = delivery.code_for_buyer(buyer.actor, uow.session, number=order.number)
        assert told is not None
        assert (seen.number, seen.tries_left, told.tries_left) == (order.number, 5, 5)
        assert told.code != old
        assert told.code not in repr(seen)
        assert written(uow, "delivery.renew_code") == [("officer", {"tries_left": 5})]
        found = select(OutboxMessage).where(col(OutboxMessage.topic) == "delivery.code_renewed.v1")
        (said,) = uow.session.execute(found).scalars()
        assert said.envelope["body"]["buyer_store_id"] == str(buyer.store_id)
        assert "code" not in said.envelope["body"]
        done = delivery.deliver(rider.actor, uow, stop_id=drop.id, evidence=Evidence(code=told.code))
        assert done.stop.state is delivery.StopState.DONE

    def test_is_the_dispatcher_s_alone(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider) -> None:
        order = give(uow, buyer, rider, (kettle, 1))
        before = code_of(uow, order.id)

        for who in (buyer.actor, seller(order.store.id), rider.actor, officer(Permission.ORDERS_READ)):
            with pytest.raises(Forbidden):
                delivery.renew_code(who, uow, order_number=order.number)

        assert code_of(uow, order.id) == before

    def test_needs_a_parcel_that_is_with_an_agent(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        waiting = make_order(uow, buyer, (kettle, 1))
        done, drop = send(uow, buyer, rider, (kettle, 1))
        hand_over_parcel(uow, rider, done, drop)

        for number in (waiting.number, done.number, "26-0101-AAAA-1"):
            assert not delivery.can_renew_code(DISPATCHER, uow.session, number=number)
            with pytest.raises(NoCode):
                delivery.renew_code(DISPATCHER, uow, order_number=number)
