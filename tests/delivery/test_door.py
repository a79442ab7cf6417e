"""At the door: the code, the failed attempts, and the way back."""

import pytest
from sqlalchemy import select

from marketplace import delivery, inventory, media, orders
from marketplace.delivery import Evidence, FailureReason, Place, ProofKind, StopKind, StopState
from marketplace.delivery.errors import CashTaken, CodeLocked, NotReturning, PhotoMissing
from marketplace.delivery.models import Proof
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Conflict
from marketplace.kernel.ids import AssetId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.media import AssetKind, make_picture
from marketplace.orders import OrderState
from tests.factories.actors import officer
from tests.factories.orders import Buyer, make_shopper, seller
from tests.factories.pictures import drawn
from tests.factories.road import Rider, code_of, give, send, stop_of
from tests.factories.shelves import OnSale

WRONG = Evidence(code="not it")


def state_of(uow: UnitOfWork, buyer: Buyer, number: str) -> OrderState:
    return orders.by_number(buyer.actor, uow.session, number=number).state


class TestPickUp:
    def test_opens_the_buyer_s_door(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider) -> None:
        order = give(uow, buyer, rider, (kettle, 1))

        seen = delivery.pick_up(rider.actor, uow, stop_id=stop_of(uow, rider, order, StopKind.PICKUP).id)

        assert (seen.kind, seen.state, seen.done_at) == (StopKind.PICKUP, StopState.DONE, uow.now)
        drop = stop_of(uow, rider, order, StopKind.DROP)
        assert (drop.state, drop.can) == (StopState.OPEN, frozenset({"deliver", "collect_cash", "fail"}))
        assert state_of(uow, buyer, order.number) is OrderState.IN_TRANSIT

    def test_takes_either_stop_of_a_parcel_for_it(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order = give(uow, buyer, rider, (kettle, 1))
        pickup = stop_of(uow, rider, order, StopKind.PICKUP)

        delivery.pick_up(rider.actor, uow, stop_id=pickup.id)
        delivery.deliver(rider.actor, uow, stop_id=pickup.id, evidence=Evidence(code=code_of(uow, order.id)))

        assert state_of(uow, buyer, order.number) is OrderState.DELIVERED

    def test_happens_once(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider) -> None:
        _, drop = send(uow, buyer, rider, (kettle, 1))

        with pytest.raises(Conflict):
            delivery.pick_up(rider.actor, uow, stop_id=drop.id)


class TestDeliver:
    def test_hands_over_against_the_buyer_s_code(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 1))
        here = Place(latitude_micro=24_810_300, longitude_micro=46_617_200)

        seen = delivery.deliver(
            rider.actor, uow, stop_id=drop.id, evidence=Evidence(code=code_of(uow, order.id), place=here)
        )

        assert seen.was_code_wrong is False
        assert (seen.stop.state, seen.stop.done_at) == (StopState.DONE, uow.now)
        assert state_of(uow, buyer, order.number) is OrderState.DELIVERED
        (proof,) = uow.session.execute(select(Proof)).scalars()
        assert (proof.kind, proof.latitude_micro, proof.given_at) == (ProofKind.CODE, 24_810_300, uow.now)

    def test_counts_a_wrong_code_and_locks_after_five(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 1))

        tries = [delivery.deliver(rider.actor, uow, stop_id=drop.id, evidence=WRONG) for _ in range(5)]

        assert [(one.was_code_wrong, one.stop.code_tries_left) for one in tries] == [
            (True, left) for left in (4, 3, 2, 1, 0)
        ]
        with pytest.raises(CodeLocked):
            delivery.deliver(rider.actor, uow, stop_id=drop.id, evidence=Evidence(code=code_of(uow, order.id)))
        assert state_of(uow, buyer, order.number) is OrderState.IN_TRANSIT
        assert uow.session.execute(select(Proof)).all() == []

    def test_takes_no_photo_that_the_agent_has_not_sent(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 1))

        for evidence in (Evidence(), Evidence(photo_id=AssetId(new_uuid()))):
            with pytest.raises(PhotoMissing):
                delivery.deliver(rider.actor, uow, stop_id=drop.id, evidence=evidence)

        assert state_of(uow, buyer, order.number) is OrderState.IN_TRANSIT

    def test_takes_a_photo_for_one_parcel_alone(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        (_, first), (order, second) = (send(uow, buyer, rider, (kettle, 1)) for _ in range(2))
        agent = officer(Permission.ROUND_WORK, Permission.MEDIA_UPLOAD, user_id=rider.user_id)
        photo = media.announce(agent, uow, kind=AssetKind.DELIVERY_PHOTO, content_type="image/png", size=len(drawn()))
        media.settle(uow, asset_id=photo.id, outcome=make_picture(drawn(), is_public=False))
        delivery.deliver(rider.actor, uow, stop_id=first.id, evidence=Evidence(photo_id=photo.id))

        with pytest.raises(PhotoMissing):
            delivery.deliver(rider.actor, uow, stop_id=second.id, evidence=Evidence(photo_id=photo.id))

        assert state_of(uow, buyer, order.number) is OrderState.IN_TRANSIT

    def test_hands_over_against_a_photo_that_the_agent_has_sent(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 1))
        photo = media.announce(
            rider.actor, uow, kind=AssetKind.DELIVERY_PHOTO, content_type="image/png", size=len(drawn())
        )
        media.settle(uow, asset_id=photo.id, outcome=make_picture(drawn(), is_public=False))

        done = delivery.deliver(rider.actor, uow, stop_id=drop.id, evidence=Evidence(photo_id=photo.id))

        assert done.stop.state is StopState.DONE
        assert state_of(uow, buyer, order.number) is OrderState.DELIVERED
        proof = uow.session.execute(select(Proof)).scalar_one()
        assert (proof.kind, proof.asset_id) == (ProofKind.PHOTO, photo.id)

    def test_comes_after_the_pickup(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider) -> None:
        order = give(uow, buyer, rider, (kettle, 1))
        drop = stop_of(uow, rider, order, StopKind.DROP)

        with pytest.raises(Conflict):
            delivery.deliver(rider.actor, uow, stop_id=drop.id, evidence=Evidence(code=code_of(uow, order.id)))


class TestFail:
    def test_keeps_the_parcel_for_another_attempt(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 1))

        failed = delivery.fail(rider.actor, uow, stop_id=drop.id, reason=FailureReason.NOT_HOME)
        again = delivery.pick_up(rider.actor, uow, stop_id=drop.id)

        assert (failed.state, failed.attempts, failed.last_failure) == (StopState.FAILED, 1, FailureReason.NOT_HOME)
        assert failed.can == {"try_again"}
        assert (again.state, again.can) == (StopState.OPEN, frozenset({"deliver", "collect_cash", "fail"}))
        assert state_of(uow, buyer, order.number) is OrderState.IN_TRANSIT

    def test_sends_it_back_after_the_third_attempt(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 2))
        for _ in range(2):
            delivery.fail(rider.actor, uow, stop_id=drop.id, reason=FailureReason.NOT_HOME)
            delivery.pick_up(rider.actor, uow, stop_id=drop.id)

        last = delivery.fail(rider.actor, uow, stop_id=drop.id, reason=FailureReason.REFUSED)

        shop = stop_of(uow, rider, order, StopKind.PICKUP)
        assert (last.state, last.attempts, last.can) == (StopState.RETURNING, 3, frozenset())
        assert (last.contact_name, last.contact_phone) == (shop.contact_name, shop.contact_phone)
        assert last.address == shop.address != drop.address
        assert state_of(uow, buyer, order.number) is OrderState.RETURNING

    def test_is_too_late_once_the_buyer_has_paid(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 1))
        delivery.collect_cash(rider.actor, uow, stop_id=drop.id, amount=order.due)

        with pytest.raises(CashTaken):
            delivery.fail(rider.actor, uow, stop_id=drop.id, reason=FailureReason.REFUSED)


class TestConfirmReturn:
    def test_brings_the_stock_back(self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 2))
        for _ in range(2):
            delivery.fail(rider.actor, uow, stop_id=drop.id, reason=FailureReason.NOT_HOME)
            delivery.pick_up(rider.actor, uow, stop_id=drop.id)
        delivery.fail(rider.actor, uow, stop_id=drop.id, reason=FailureReason.NOT_HOME)

        delivery.confirm_return(seller(order.store.id), uow, order_number=order.number)

        assert state_of(uow, buyer, order.number) is OrderState.RETURNED
        stock = inventory.stock_of(uow.session, listing_ids=[kettle.listing.id])[kettle.listing.id]
        assert (stock.on_hand, stock.reserved, stock.allocated) == (10, 0, 0)

    def test_is_the_vendor_s_word_and_nobody_else_s(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, _ = send(uow, buyer, rider, (kettle, 1))
        stranger = make_shopper(uow)

        with pytest.raises(NotReturning):
            delivery.confirm_return(seller(order.store.id), uow, order_number=order.number)
        with pytest.raises(delivery.OrderNotFound):
            delivery.confirm_return(seller(stranger.store_id), uow, order_number=order.number)

    def test_is_said_for_him_by_those_of_the_house_who_may_fill_for_everybody(
        self, uow: UnitOfWork, buyer: Buyer, kettle: OnSale, rider: Rider
    ) -> None:
        order, drop = send(uow, buyer, rider, (kettle, 1))
        for _ in range(2):
            delivery.fail(rider.actor, uow, stop_id=drop.id, reason=FailureReason.NOT_HOME)
            delivery.pick_up(rider.actor, uow, stop_id=drop.id)
        delivery.fail(rider.actor, uow, stop_id=drop.id, reason=FailureReason.NOT_HOME)

        delivery.confirm_return(officer(Permission.ORDERS_FULFILL), uow, order_number=order.number)

        assert state_of(uow, buyer, order.number) is OrderState.RETURNED
