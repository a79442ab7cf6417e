"""Scenes are played once."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from marketplace import audit, identity
from marketplace.audit.models import AuditEntry
from marketplace.demo import people
from marketplace.demo.cast import DOMAIN
from marketplace.demo.stage import Stage, Told
from marketplace.identity.models import Credential, User
from marketplace.kernel.actor import Actor, system
from marketplace.kernel.clock import utc_now
from marketplace.kernel.errors import Conflict
from marketplace.kernel.work import UnitOfWork
from marketplace.settings import DEMO_PASSWORD
from tests.demo.conftest import MakeHouse


def enroll(uow: UnitOfWork) -> Told:
    user = identity.enroll(uow, email="extra@demo.test", full_name="Extra", password_hash="x")
    return {"user": str(user.id), "drawn": uow.random.random()}


class TestPlay:
    def test_happens_once_at_its_own_time_and_tells_the_same_again(self, house_of: MakeHouse) -> None:
        stage = Stage.of(house_of("saudi"))
        long_ago = stage.moment(80, 9)

        first = stage.play("extra", enroll, at=long_ago)
        again = stage.play("extra", enroll, at=long_ago + timedelta(days=1))

        assert first == again
        assert stage.was_played("extra")
        assert not stage.was_played("other")
        joined = stage.house.db.transact(_joined, system("test"))
        assert joined == [long_ago]

    def test_leaves_nothing_behind_when_it_fails(self, house_of: MakeHouse) -> None:
        stage = Stage.of(house_of("saudi"))

        def stumble(uow: UnitOfWork) -> Told:
            enroll(uow)
            raise Conflict("The curtain fell.")

        with pytest.raises(Conflict):
            stage.play("extra", stumble, at=stage.moment(80, 9))

        assert not stage.was_played("extra")
        assert stage.house.db.transact(_joined, system("test")) == []

    def test_leaves_nothing_unsealed(self, house_of: MakeHouse) -> None:
        house = house_of("saudi")
        stage = Stage.of(house)

        people.join(stage)

        assert house.db.transact(_deeds, system("test"))
        assert house.db.read_together(_breaches, system("test")) == ()


class TestPeople:
    @pytest.mark.parametrize("profile", ["saudi", "oklahoma"])
    def test_join_once_and_may_all_do_their_part(self, house_of: MakeHouse, profile: str) -> None:
        house = house_of(profile)
        stage, later = Stage.of(house), Stage.of(house)

        people.join(stage)
        people.join(later)

        assert later.people == stage.people
        assert len(stage.people) == 6 + 8 + 12
        assert stage.actor("vendor").store_id is not None
        assert stage.actor("agent").store_id is None
        stores = house.db.read(_standing, stage.actor("admin"))
        assert all(stores)
        entry = house.db.transact(_deeds, system("test"))
        assert "rates.set_profile" in entry

    def test_are_open_to_visitors_but_for_the_neighbors_who_keep_to_themselves(self, house_of: MakeHouse) -> None:
        house = house_of("saudi")
        stage = Stage.of(house)
        neighbors = {one.login for one in stage.cast.neighbors}
        people.join(stage)

        hashes = house.db.transact(_hashes, system("test"))

        tried = {"buyer", "buyer2", "vendor", "agent"} | neighbors
        let_in = {login for login in tried if identity.matches(DEMO_PASSWORD, hashes[f"{login}@{DOMAIN}"])}
        assert let_in == {"buyer", "buyer2", "vendor", "agent"}


def _joined(_actor: Actor, uow: UnitOfWork) -> list[object]:
    return list(uow.session.execute(select(col(User.registered_at))).scalars())


def _hashes(_actor: Actor, uow: UnitOfWork) -> dict[str, str]:
    found = select(col(User.email), col(Credential.password_hash)).join(
        Credential, col(Credential.user_id) == col(User.id)
    )
    return dict(uow.session.execute(found).all())


def _deeds(_actor: Actor, uow: UnitOfWork) -> set[str]:
    return set(uow.session.execute(select(col(AuditEntry.action))).scalars())


def _breaches(_actor: Actor, session: Session) -> tuple[audit.Breach, ...]:
    return audit.verify(session, now=utc_now())


def _standing(actor: Actor, session: object) -> list[bool]:
    return [store.is_live for store in identity.stores(actor, session, limit=100).items]  # type: ignore[arg-type]
