"""Setting prices."""

import pytest
from sqlmodel import col, select

from marketplace import audit, pricing
from marketplace.catalog import ListingNotFound
from marketplace.events.models import OutboxMessage
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from marketplace.pricing import BadTerms, PriceChangedMeanwhile, PricedRow, Terms, Tier
from tests.factories.actors import clerk
from tests.factories.goods import keeper, make_listing
from tests.factories.people import make_vendor

TERMS = Terms(Money(149_00, "SAR"), Money(179_00, "SAR"), (Tier(5, 50_000), Tier(10, 100_000)))


def facts(uow: UnitOfWork) -> list[OutboxMessage]:
    return list(uow.session.exec(select(OutboxMessage).where(col(OutboxMessage.topic) == "pricing.price_changed.v1")))


class TestPrice:
    def test_keeps_the_terms_and_says_so(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_listing(uow, store)

        seen = pricing.price(keeper(store.id), uow, listing_id=listing.id, terms=TERMS)

        assert (seen.terms, seen.version) == (TERMS, 1)
        assert pricing.terms(uow.session, listing_ids=[listing.id]) == {listing.id: TERMS}
        assert [fact.envelope["body"] for fact in facts(uow)] == [{"listing_ids": [str(listing.id)]}]

    def test_replaces_the_terms_with_all_their_tiers(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_listing(uow, store)
        pricing.price(keeper(store.id), uow, listing_id=listing.id, terms=TERMS)
        cheaper = Terms(Money(99_00, "SAR"), tiers=(Tier(3, 25_000),), min_quantity=1, max_quantity=30)

        seen = pricing.price(keeper(store.id), uow, listing_id=listing.id, terms=cheaper, expected_version=1)

        assert seen.version == 2
        assert pricing.terms(uow.session, listing_ids=[listing.id])[listing.id] == cheaper
        (entry, *_) = audit.of_object(uow.session, object_id=str(listing.id))
        assert (entry.before["price_minor"], entry.after["price_minor"]) == (149_00, 99_00)

    def test_says_nothing_when_nothing_changes(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_listing(uow, store)
        pricing.price(keeper(store.id), uow, listing_id=listing.id, terms=TERMS)

        seen = pricing.price(keeper(store.id), uow, listing_id=listing.id, terms=TERMS)

        assert seen.version == 1
        assert len(facts(uow)) == 1

    def test_refuses_terms_that_nobody_can_be_sold_by(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_listing(uow, store)

        with pytest.raises(BadTerms) as refused:
            pricing.price(keeper(store.id), uow, listing_id=listing.id, terms=Terms(Money(149_00, "USD")))

        assert [problem.field for problem in refused.value.fields] == ["price.currency"]
        assert pricing.terms(uow.session, listing_ids=[listing.id]) == {}

    def test_refuses_a_price_written_against_an_older_version(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_listing(uow, store)
        pricing.price(keeper(store.id), uow, listing_id=listing.id, terms=TERMS)

        with pytest.raises(PriceChangedMeanwhile):
            pricing.price(
                keeper(store.id), uow, listing_id=listing.id, terms=Terms(Money(1_00, "SAR")), expected_version=7
            )

    def test_hides_the_listings_of_other_stores(self, uow: UnitOfWork) -> None:
        listing = make_listing(uow, make_vendor(uow))
        stranger = make_vendor(uow)

        with pytest.raises(ListingNotFound):
            pricing.price(keeper(stranger.id), uow, listing_id=listing.id, terms=TERMS)

    def test_forbids_a_clerk_who_may_only_look(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        listing = make_listing(uow, store)

        with pytest.raises(Forbidden):
            pricing.price(clerk(store.id, Permission.LISTINGS_READ), uow, listing_id=listing.id, terms=TERMS)


class TestImportPrices:
    def test_changes_only_what_differs_and_emits_nothing(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        known, same, new = (make_listing(uow, store) for _ in range(3))
        for listing in (known, same):
            pricing.price(keeper(store.id), uow, listing_id=listing.id, terms=TERMS)
        wanted = {known.id: Terms(Money(1_00, "SAR")), same.id: TERMS, new.id: TERMS}
        told = len(facts(uow))

        rows = pricing.import_prices(uow, terms=wanted)

        assert rows == (PricedRow(known.id, True), PricedRow(same.id, False), PricedRow(new.id, True))  # noqa: FBT003
        seen = pricing.prices(uow.session, listing_ids=wanted.keys())
        assert {listing_id: view.terms for listing_id, view in seen.items()} == wanted
        assert [seen[listing.id].version for listing in (known, same, new)] == [2, 1, 1]
        assert len(facts(uow)) == told
