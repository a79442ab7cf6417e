"""Looking around: categories and shops."""

import pytest

from marketplace import identity, search
from marketplace.kernel import profile
from marketplace.kernel.actor import visitor
from marketplace.kernel.ids import StoreId
from marketplace.kernel.work import UnitOfWork
from marketplace.search import Language, MembersOnly
from tests.factories.people import make_vendor
from tests.search.conftest import Shelve


class TestShops:
    def test_are_those_that_sell_something_with_their_best_products(self, uow: UnitOfWork, shelve: Shelve) -> None:
        potter = make_vendor(uow, name="Dar Al Fakhar")
        make_vendor(uow, name="Empty shelves")
        for title in ("Bowl", "Jug", "Plate", "Cup"):
            shelve(title, store=potter.id, stock=50)
        shelve("Kettle", title_ar="غلاية")

        first, second = search.shops(visitor(), uow.session, language=Language.ARABIC)

        assert (first.name, first.slug, first.product_count) == ("Dar Al Fakhar", potter.slug, 4)
        assert len(first.best) == 3
        assert [card.title for card in second.best] == ["غلاية"]

    def test_leave_out_who_may_not_sell(self, uow: UnitOfWork, shelve: Shelve, vendor: StoreId) -> None:
        shelve("Kettle")
        identity.restrict(uow, store_id=vendor, reason="license")

        assert search.shops(visitor(), uow.session) == ()

    def test_are_shown_to_members_only_where_the_catalog_is(self, uow: UnitOfWork) -> None:
        profile.choose(profile.OKLAHOMA)

        with pytest.raises(MembersOnly):
            search.shops(visitor(), uow.session)
        with pytest.raises(MembersOnly):
            search.categories(visitor(), uow.session)
