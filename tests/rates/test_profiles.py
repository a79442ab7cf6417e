"""Delivery terms of stores, quotes and promises."""

from datetime import date

import pytest
from sqlmodel import col, select

from marketplace import rates
from marketplace.events.models import OutboxMessage
from marketplace.identity import StoreNotFound
from marketplace.kernel.actor import Permission, visitor
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.rates import BadProfile, DeliveryTerms
from tests.factories.actors import clerk
from tests.factories.goods import keeper
from tests.factories.people import make_vendor


def sar(minor: int) -> Money:
    return Money(minor, "SAR")


OWN = DeliveryTerms(sar(10_00), sar(100_00), 0, 1)


class TestSetProfile:
    def test_holds_from_then_on_and_says_so(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)

        rates.set_profile(keeper(store.id), uow, terms=OWN)

        assert rates.delivery_terms(uow.session, store_ids=[store.id]) == {store.id: OWN}
        found = select(OutboxMessage).where(col(OutboxMessage.topic) == "rates.delivery_terms_changed.v1")
        assert [fact.envelope["body"] for fact in uow.session.exec(found)] == [{"store_id": str(store.id)}]

    def test_replaces_what_held_before(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        rates.set_profile(keeper(store.id), uow, terms=OWN)
        flat = DeliveryTerms(sar(20_00), None, 2, 3)

        rates.set_profile(keeper(store.id), uow, terms=flat)

        assert rates.delivery_terms(uow.session, store_ids=[store.id])[store.id] == flat

    def test_refuses_terms_that_will_not_do(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)

        with pytest.raises(BadProfile):
            rates.set_profile(keeper(store.id), uow, terms=DeliveryTerms(sar(-1), None, 1, 1))

    def test_forbids_a_clerk_who_may_only_look(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)

        with pytest.raises(Forbidden):
            rates.set_profile(clerk(store.id, Permission.LISTINGS_READ), uow, terms=OWN)


class TestPromise:
    def test_names_days_in_the_stores_own_zone(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        rates.set_profile(keeper(store.id), uow, terms=OWN)

        made = rates.promise(uow.session, store_ids=[store.id], at=uow.now)[store.id]

        assert (made.earliest_on, made.latest_on) == (date(2026, 3, 3), date(2026, 3, 3))
        assert made.ship_by.isoformat() == "2026-03-02T23:59:00+03:00"

    def test_of_no_stores_is_nothing(self, uow: UnitOfWork) -> None:
        assert rates.promise(uow.session, store_ids=[], at=uow.now) == {}
        assert rates.delivery_terms(uow.session, store_ids=[]) == {}


class TestOwnTerms:
    def test_are_the_house_s_until_the_store_sets_its_own(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        before = rates.own_terms(keeper(store.id), uow.session)

        rates.set_profile(keeper(store.id), uow, terms=OWN)

        assert before == rates.house_terms("SAR")
        assert rates.own_terms(keeper(store.id), uow.session) == OWN

    def test_are_of_somebody_who_acts_in_a_store(self, uow: UnitOfWork) -> None:
        with pytest.raises(StoreNotFound):
            rates.own_terms(visitor(), uow.session)
