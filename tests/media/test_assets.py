"""Files as they are announced, settled and seen."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from marketplace import media
from marketplace.events.models import OutboxMessage
from marketplace.identity import StoreKind
from marketplace.kernel.actor import Actor, Permission, system
from marketplace.kernel.ids import AssetId, new_uuid
from marketplace.kernel.work import UnitOfWork
from marketplace.media import AssetKind, AssetNotFound, AssetState, Flaw, make_picture
from marketplace.media.models import Asset
from tests.factories.actors import clerk
from tests.factories.people import make_store
from tests.factories.pictures import drawn


@pytest.fixture
def vendor(uow: UnitOfWork) -> Actor:
    user, store = make_store(uow, kind=StoreKind.VENDOR)
    return clerk(store.id, Permission.LISTINGS_EDIT, Permission.STORE_EDIT, user_id=user.id)


def announced(actor: Actor, uow: UnitOfWork, kind: AssetKind = AssetKind.PRODUCT_IMAGE) -> AssetId:
    return media.announce(actor, uow, kind=kind, content_type="image/png", size=100).id


class TestAssets:
    def test_are_paged_from_the_newest(self, uow: UnitOfWork, vendor: Actor) -> None:
        sent = [announced(vendor, uow) for _ in range(3)]

        first = media.assets(vendor, uow.session, limit=2)
        rest = media.assets(vendor, uow.session, limit=2, cursor=first.next_cursor)

        assert [one.id for one in (*first.items, *rest.items)] == sent[::-1]
        assert rest.next_cursor is None

    def test_are_of_one_kind_where_it_is_asked_for(self, uow: UnitOfWork, vendor: Actor) -> None:
        announced(vendor, uow)
        front = announced(vendor, uow, AssetKind.STORE_IMAGE)

        found = media.assets(vendor, uow.session, kind=AssetKind.STORE_IMAGE)

        assert [one.id for one in found.items] == [front]

    def test_are_of_people_and_their_stores_alone(self, uow: UnitOfWork, vendor: Actor) -> None:
        sent = announced(vendor, uow)

        assert media.assets(system("test"), uow.session).items == ()
        with pytest.raises(AssetNotFound):
            media.asset(system("test"), uow.session, asset_id=sent)


class TestSettle:
    def test_is_for_files_that_were_announced(self, uow: UnitOfWork) -> None:
        unknown = AssetId(new_uuid())

        with pytest.raises(AssetNotFound):
            media.asset_to_settle(uow.session, asset_id=unknown)
        with pytest.raises(AssetNotFound):
            media.settle(uow, asset_id=unknown, outcome=Flaw.NOT_A_PICTURE)

    def test_happens_once(self, uow: UnitOfWork, vendor: Actor) -> None:
        asset_id = announced(vendor, uow)
        first = media.settle(uow, asset_id=asset_id, outcome=make_picture(drawn()))

        second = media.settle(uow, asset_id=asset_id, outcome=Flaw.NOT_A_PICTURE)

        assert first == second
        assert (second.state, second.reject_reason) == (AssetState.READY, None)
        ready = select(OutboxMessage).where(col(OutboxMessage.topic) == "media.asset_ready.v1")
        assert len(uow.session.exec(ready).all()) == 1


class TestForgetPending:
    def test_forgets_what_never_came_and_keeps_the_rest(self, uow: UnitOfWork, vendor: Actor) -> None:
        late, settled = announced(vendor, uow), announced(vendor, uow)
        media.settle(uow, asset_id=settled, outcome=Flaw.NOT_A_PICTURE)

        before = media.forget_pending(uow, before=uow.now)
        after = media.forget_pending(uow, before=uow.now + timedelta(seconds=1))

        assert (before, after) == ((), (late,))
        assert uow.session.exec(select(Asset.id)).all() == [settled]
