"""The address book of a store."""

import pytest

from marketplace import identity
from marketplace.identity import AddressNotFound
from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.errors import Conflict, Forbidden, Invalid
from marketplace.kernel.ids import StoreId, new_uuid
from marketplace.kernel.work import UnitOfWork
from tests.factories.actors import clerk, officer
from tests.factories.people import home, make_buyer


def leader(uow: UnitOfWork) -> Actor:
    return clerk(make_buyer(uow).id, Permission.STORE_READ, Permission.ADDRESSES_EDIT)


class TestAddresses:
    def test_show_the_default_one_first(self, uow: UnitOfWork) -> None:
        actor = leader(uow)
        identity.add_address(actor, uow, place=home(city="Jeddah"))
        identity.add_address(actor, uow, place=home(city="Dammam"), is_default=True)

        cities = [(address.city, address.is_default) for address in identity.addresses(actor, uow.session)]

        assert cities == [("Dammam", True), ("Jeddah", False), ("Riyadh", False)]

    def test_are_written_down_once_however_often_it_is_pressed(self, uow: UnitOfWork) -> None:
        actor = leader(uow)
        first = identity.add_address(actor, uow, place=home(city="Jeddah"))

        again = identity.add_address(actor, uow, place=home(city="Jeddah"))

        assert again.id == first.id
        assert [address.city for address in identity.addresses(actor, uow.session)] == ["Riyadh", "Jeddah"]

    def test_are_changed_in_place(self, uow: UnitOfWork) -> None:
        actor = leader(uow)
        old = identity.addresses(actor, uow.session)[0]

        seen = identity.change_address(actor, uow, address_id=old.id, changes={"line1": "1 Tahlia Street"})

        assert (seen.id, seen.line1, seen.city, seen.is_default) == (old.id, "1 Tahlia Street", "Riyadh", True)

    def test_hand_the_default_over(self, uow: UnitOfWork) -> None:
        actor = leader(uow)
        second = identity.add_address(actor, uow, place=home(city="Jeddah"))

        identity.change_address(actor, uow, address_id=second.id, changes={}, is_default=True)

        assert [address.is_default for address in identity.addresses(actor, uow.session)] == [True, False]
        assert identity.addresses(actor, uow.session)[0].id == second.id

    def test_are_gone_from_the_book_when_archived(self, uow: UnitOfWork) -> None:
        actor = leader(uow)
        old = identity.addresses(actor, uow.session)[0]

        identity.archive_address(actor, uow, address_id=old.id)

        assert identity.addresses(actor, uow.session) == ()
        with pytest.raises(AddressNotFound):
            identity.address(uow.session, address_id=old.id, store_id=old.store_id)
        with pytest.raises(AddressNotFound):
            identity.archive_address(actor, uow, address_id=old.id)

    def test_are_hidden_from_other_stores(self, uow: UnitOfWork) -> None:
        theirs = identity.addresses(leader(uow), uow.session)[0]
        stranger = leader(uow)

        assert theirs.id not in {address.id for address in identity.addresses(stranger, uow.session)}
        with pytest.raises(AddressNotFound):
            identity.change_address(stranger, uow, address_id=theirs.id, changes={})
        with pytest.raises(AddressNotFound):
            identity.address(uow.session, address_id=theirs.id, store_id=StoreId(new_uuid()))

    def test_are_changed_by_those_who_lead_the_store(self, uow: UnitOfWork) -> None:
        actor = clerk(make_buyer(uow).id, Permission.STORE_READ)

        with pytest.raises(Forbidden):
            identity.add_address(actor, uow, place=home())

    def test_are_refused_without_a_number_to_call(self, uow: UnitOfWork) -> None:
        with pytest.raises(Invalid):
            identity.add_address(leader(uow), uow, place=home(phone="-"))

    def test_end_at_a_hundred(self, uow: UnitOfWork) -> None:
        actor = leader(uow)
        for number in range(99):
            identity.add_address(actor, uow, place=home(line1=f"{number} Tahlia Street"))

        with pytest.raises(Conflict) as refused:
            identity.add_address(actor, uow, place=home(line1="99 Tahlia Street"))

        assert refused.value.reason == "identity.too_many_addresses"

    def test_are_paged_with_the_default_one_first(self, uow: UnitOfWork) -> None:
        actor = leader(uow)
        for street in ("2 Tahlia Street", "3 Tahlia Street"):
            identity.add_address(actor, uow, place=home(line1=street))

        first = identity.paged_addresses(actor, uow.session, limit=2)
        rest = identity.paged_addresses(actor, uow.session, limit=2, cursor=first.next_cursor)

        assert [address.line1 for address in (*first.items, *rest.items)] == [
            "12 Olaya Street",
            "3 Tahlia Street",
            "2 Tahlia Street",
        ]
        assert rest.next_cursor is None

    def test_are_of_somebody_who_acts_in_a_store(self, uow: UnitOfWork) -> None:
        make_buyer(uow)

        assert identity.addresses(officer(Permission.STORE_READ), uow.session) == ()
        with pytest.raises(AddressNotFound):
            identity.add_address(officer(Permission.ADDRESSES_EDIT), uow, place=home())
