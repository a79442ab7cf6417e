"""Sessions, from signing in to signing out."""

from datetime import timedelta

import pytest
from sqlmodel import select

from marketplace import identity
from marketplace.audit.models import AuditEntry
from marketplace.identity import Door, EndReason
from marketplace.identity.models import SignIn
from marketplace.kernel.actor import Actor, visitor
from marketplace.kernel.clock import utc_now
from marketplace.kernel.errors import SignedOut
from marketplace.kernel.work import UnitOfWork
from tests.factories.people import make_store

NOW = utc_now()


def signed_in(uow: UnitOfWork) -> Actor:
    user, store = make_store(uow)
    return identity.enter(uow, user_id=user.id, store_id=store.id, door=Door.CLIENT, at=NOW).standing.actor


class TestLeave:
    def test_ends_the_session_once(self, uow: UnitOfWork) -> None:
        actor = signed_in(uow)

        identity.leave(actor, uow, at=NOW)
        identity.leave(actor, uow, at=NOW + timedelta(hours=1))

        session = uow.session.get_one(SignIn, actor.session_id)
        assert (session.ended_at, session.end_reason) == (NOW, EndReason.SIGNED_OUT)

    def test_is_nothing_to_who_is_not_signed_in(self, uow: UnitOfWork) -> None:
        identity.leave(visitor(), uow, at=NOW)

        assert uow.session.exec(select(AuditEntry)).all() == []


class TestMove:
    def test_is_for_who_is_still_signed_in(self, uow: UnitOfWork) -> None:
        actor = signed_in(uow)
        assert actor.store_id is not None
        identity.leave(actor, uow, at=NOW)

        for gone in (actor, visitor()):
            with pytest.raises(SignedOut):
                identity.move(gone, uow, store_id=actor.store_id, at=NOW)


class TestMe:
    def test_is_nobody_without_a_user(self, uow: UnitOfWork) -> None:
        with pytest.raises(SignedOut):
            identity.me(visitor(), uow.session)
