"""People join and open stores."""

import pytest
from sqlmodel import col, select

from marketplace import identity
from marketplace.events.models import OutboxMessage
from marketplace.identity import Registration, StoreKind, StoreRole, SystemRole
from marketplace.identity.models import Membership
from marketplace.kernel import profile
from marketplace.kernel.actor import Permission, visitor
from marketplace.kernel.errors import Conflict
from marketplace.kernel.work import UnitOfWork
from tests.factories.people import NOT_A_HASH, home, make_officer, make_store


class TestRegister:
    def test_opens_a_first_store_that_the_person_owns(self, uow: UnitOfWork) -> None:
        registration = Registration(
            email="Noura@Example.com",
            full_name="Noura Alharbi",
            store_name="Noura's Kitchen",
            store_kind=StoreKind.BUYER,
            place=home(),
        )

        user, store = identity.register(visitor(), uow, registration=registration, password_hash=NOT_A_HASH)

        assert (user.email, user.full_name) == ("noura@example.com", "Noura Alharbi")
        assert (store.name, store.slug, store.city) == ("Noura's Kitchen", "noura-s-kitchen", "Riyadh")
        assert (store.can_buy, store.can_sell, store.is_live) == (True, False, True)
        assert (store.currency, store.time_zone) == ("SAR", "Asia/Riyadh")
        place = uow.session.exec(select(Membership)).one()
        assert (place.user_id, place.store_id, place.role) == (user.id, store.id, StoreRole.OWNER)
        address = identity.default_addresses(uow.session, [store.id])[store.id]
        assert (address.city, address.phone, address.is_default) == ("Riyadh", "+966501234567", True)

    def test_publishes_both_facts(self, uow: UnitOfWork) -> None:
        make_store(uow, kind=StoreKind.VENDOR)

        topics = uow.session.exec(select(OutboxMessage.topic).order_by(col(OutboxMessage.position))).all()
        assert topics == ["identity.user_registered.v1", "identity.store_opened.v1"]

    def test_refuses_an_address_that_somebody_has(self, uow: UnitOfWork) -> None:
        make_store(uow, email="noura@example.com")

        with pytest.raises(Conflict) as refused:
            make_store(uow, email="NOURA@example.com")

        assert refused.value.reason == "identity.email_taken"

    def test_gives_a_second_store_of_a_name_another_slug(self, uow: UnitOfWork) -> None:
        _, first = make_store(uow, name="Dune Roasters")
        _, second = make_store(uow, name="Dune Roasters")

        assert first.slug == "dune-roasters"
        assert second.slug.startswith("dune-roasters-")
        assert len(second.slug) == len("dune-roasters-") + 5

    def test_names_a_store_of_arabic_letters_in_its_url_too(self, uow: UnitOfWork) -> None:
        assert make_store(uow, name="محمصة الدانة")[1].slug == "محمصه-الدانه"


class TestVendors:
    def test_sell_at_once_where_approval_is_automatic(self, uow: UnitOfWork) -> None:
        store = make_store(uow, kind=StoreKind.VENDOR)[1]

        assert (store.can_buy, store.can_sell, store.is_live, store.reasons) == (False, True, True, ())

    def test_wait_where_it_is_by_hand(self, uow: UnitOfWork) -> None:
        profile.choose(profile.OKLAHOMA)

        vendor = make_store(uow, kind=StoreKind.VENDOR)[1]
        buyer = make_store(uow, kind=StoreKind.BUYER)[1]

        assert (vendor.is_live, vendor.reasons, vendor.currency) == (False, ("awaiting_approval",), "USD")
        assert (buyer.is_live, buyer.reasons) == (True, ())


class TestHouseRoles:
    def test_are_found_by_what_they_may_do(self, uow: UnitOfWork) -> None:
        cashier = make_officer(uow, SystemRole.CASHIER)
        finance = make_officer(uow, SystemRole.FINANCE)

        assert identity.holders(uow.session, permission=Permission.CASH_COUNT) == (cashier.id,)
        assert identity.holders(uow.session, permission=Permission.PAYOUTS_CONFIRM) == (finance.id,)

    def test_may_be_given_twice(self, uow: UnitOfWork) -> None:
        cashier = make_officer(uow, SystemRole.CASHIER)

        identity.grant_role(uow, user_id=cashier.id, role=SystemRole.CASHIER)

        assert identity.holders(uow.session, permission=Permission.CASH_COUNT) == (cashier.id,)
