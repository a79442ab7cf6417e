"""Files on their way in."""

from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from marketplace import media
from marketplace.events.models import OutboxMessage
from marketplace.flows import uploading
from marketplace.flows.uploading import Upload
from marketplace.identity import StoreKind, SystemRole
from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.errors import Forbidden, Invalid
from marketplace.kernel.ids import AssetId, StoreId, new_uuid
from marketplace.kernel.work import Database, UnitOfWork
from marketplace.media import AssetKind, AssetNotFound, AssetState, Flaw, NotUploaded
from marketplace.media.models import Asset
from marketplace.ports import House, Ports
from marketplace.ports.objects import ObjectMissing
from tests.factories.actors import clerk, officer
from tests.factories.people import make_officer, make_store
from tests.factories.pictures import drawn


@pytest.fixture
def house(database: Database, ports: Ports) -> House:
    return House(db=database, ports=ports, secret="known-to-everyone")


@pytest.fixture
def vendor(uow: UnitOfWork) -> Actor:
    user, store = make_store(uow, kind=StoreKind.VENDOR)
    return clerk(store.id, Permission.LISTINGS_EDIT, Permission.MEDIA_UPLOAD, user_id=user.id)


@pytest.fixture
def agent(uow: UnitOfWork) -> Actor:
    user = make_officer(uow, SystemRole.AGENT)
    return officer(Permission.ROUND_WORK, Permission.MEDIA_UPLOAD, user_id=user.id)


def announced(actor: Actor, house: House, content: bytes, kind: AssetKind = AssetKind.PRODUCT_IMAGE) -> Upload:
    return uploading.begin(actor, house, kind=kind, content_type="image/png", size=len(content))


def sent(actor: Actor, house: House, content: bytes, kind: AssetKind = AssetKind.PRODUCT_IMAGE) -> AssetId:
    asset_id = announced(actor, house, content, kind).asset.id
    house.ports.objects.write(media.upload_key(asset_id), content, content_type="image/png")
    return asset_id


class TestBegin:
    def test_writes_the_row_first_and_names_where_to_send_it(self, house: House, vendor: Actor) -> None:
        upload = announced(vendor, house, b"x" * 100)

        assert (upload.asset.state, upload.asset.store_id) == (AssetState.PENDING, vendor.store_id)
        assert f"/media/uploads/incoming/{upload.asset.id}?" in upload.address.url

    def test_refuses_other_types_and_too_many_bytes(self, house: House, vendor: Actor) -> None:
        for content_type, size, code in [
            ("text/html", 1, "media.type_not_taken"),
            ("image/png", 10_000_001, "media.too_large"),
        ]:
            with pytest.raises(Invalid) as refused:
                uploading.begin(vendor, house, kind=AssetKind.PRODUCT_IMAGE, content_type=content_type, size=size)
            assert refused.value.reason == code

    def test_is_for_those_who_have_a_use_for_the_kind(self, house: House, vendor: Actor, agent: Actor) -> None:
        with pytest.raises(Forbidden):
            announced(agent, house, b"x")
        with pytest.raises(Forbidden):
            announced(vendor, house, b"x", AssetKind.DELIVERY_PHOTO)


class TestFinish:
    def test_keeps_the_sizes_and_says_that_it_is_ready(self, house: House, vendor: Actor, uow: UnitOfWork) -> None:
        asset_id = sent(vendor, house, drawn(2000, 1000))

        asset = uploading.finish(vendor, house, asset_id=asset_id)

        assert (asset.state, asset.width, asset.height) == (AssetState.READY, 2000, 1000)
        assert asset.sha256 is not None
        for width in (160, 480, 1200):
            assert house.ports.objects.read(media.public_key(asset.sha256, width)).startswith(b"RIFF")
        assert media.public_urls(uow.session, [asset_id])[asset_id].sha256 == asset.sha256
        fact = uow.session.exec(select(OutboxMessage).where(OutboxMessage.topic == "media.asset_ready.v1")).one()
        assert fact.envelope["body"]["asset_id"] == str(asset_id)
        with pytest.raises(ObjectMissing):
            house.ports.objects.read(media.upload_key(asset_id))

    def test_may_be_said_twice(self, house: House, vendor: Actor, uow: UnitOfWork) -> None:
        asset_id = sent(vendor, house, drawn())

        first = uploading.finish(vendor, house, asset_id=asset_id)
        second = uploading.received(house, asset_id=asset_id)

        assert first == second
        assert (
            len(uow.session.exec(select(OutboxMessage)).all())
            == len(uow.session.exec(select(OutboxMessage).where(col(OutboxMessage.topic).not_like("media%"))).all()) + 1
        )

    def test_rejects_what_is_no_picture(self, house: House, vendor: Actor, uow: UnitOfWork) -> None:
        asset_id = sent(vendor, house, b"<script>alert(1)</script>")

        asset = uploading.finish(vendor, house, asset_id=asset_id)

        assert (asset.state, asset.reject_reason) == (AssetState.FAILED, Flaw.NOT_A_PICTURE)
        assert media.public_urls(uow.session, [asset_id]) == {}

    def test_rejects_more_bytes_than_were_announced(self, house: House, vendor: Actor) -> None:
        asset_id = announced(vendor, house, b"x").asset.id
        house.ports.objects.write(media.upload_key(asset_id), drawn(), content_type="image/png")

        assert uploading.finish(vendor, house, asset_id=asset_id).reject_reason is Flaw.TOO_LARGE

    def test_waits_for_a_file_that_has_not_come(self, house: House, vendor: Actor) -> None:
        with pytest.raises(NotUploaded):
            uploading.finish(vendor, house, asset_id=announced(vendor, house, b"x").asset.id)

    def test_finds_nothing_of_another_store(self, house: House, vendor: Actor) -> None:
        asset_id = sent(vendor, house, drawn())
        stranger = clerk(StoreId(new_uuid()), Permission.LISTINGS_EDIT)

        with pytest.raises(AssetNotFound):
            uploading.finish(stranger, house, asset_id=asset_id)


class TestPrivatePictures:
    def test_have_no_public_address(self, house: House, agent: Actor, uow: UnitOfWork) -> None:
        asset_id = sent(agent, house, drawn(), AssetKind.DELIVERY_PHOTO)

        asset = uploading.finish(agent, house, asset_id=asset_id)

        assert asset.state is AssetState.READY
        assert media.public_urls(uow.session, [asset_id]) == {}
        assert house.ports.objects.read(media.private_key(asset_id)).startswith(b"RIFF")
        assert f"/media/private/private/{asset_id}.webp?" in uploading.private_address(house, asset_id=asset_id)
        assert media.sent_by_agent(uow.session, asset_id=asset_id, actor=agent)


class TestUsable:
    def test_is_what_is_ready_of_ones_own(self, house: House, vendor: Actor, uow: UnitOfWork) -> None:
        ready, waiting = sent(vendor, house, drawn()), sent(vendor, house, drawn(10, 10))
        uploading.finish(vendor, house, asset_id=ready)
        assert vendor.store_id is not None

        mine = media.usable(uow.session, [ready, waiting], store_id=vendor.store_id, kind=AssetKind.PRODUCT_IMAGE)
        others = media.usable(uow.session, [ready], store_id=StoreId(new_uuid()), kind=AssetKind.PRODUCT_IMAGE)

        assert (mine, others) == (frozenset({ready}), frozenset())


class TestAdopt:
    def test_takes_drawn_pictures_as_ready(self, house: House, vendor: Actor, uow: UnitOfWork) -> None:
        picture = uploading.keep(house, drawn(1200, 1200))

        (asset_id,) = media.adopt(
            uow, pictures=[picture], store_id=vendor.store_id, kind=AssetKind.PRODUCT_IMAGE, alt="A kettle"
        )

        image = media.public_urls(uow.session, [asset_id])[asset_id]
        assert (image.sha256, image.alt, image.width) == (picture.sha256, "A kettle", 1200)


class TestForgetStale:
    def test_forgets_what_never_came_within_a_week(self, house: House, vendor: Actor, uow: UnitOfWork) -> None:
        old, new = sent(vendor, house, drawn()), sent(vendor, house, drawn(10, 10))
        week_ago = uow.now - timedelta(days=7, seconds=1)
        uow.session.execute(update(Asset).where(col(Asset.id) == old).values(announced_at=week_ago))

        forgotten = uploading.forget_stale(house)

        assert forgotten == 1
        assert uow.session.exec(select(Asset.id)).all() == [new]
        with pytest.raises(ObjectMissing):
            house.ports.objects.read(media.upload_key(old))
