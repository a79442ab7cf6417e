"""A store's profile, its standing, and who sees it."""

import pytest
from sqlmodel import col, select

from marketplace import identity
from marketplace.audit.models import AuditEntry
from marketplace.events.models import OutboxMessage
from marketplace.identity import StoreChange, StoreKind, StoreNotFound
from marketplace.kernel.actor import Actor, Permission, visitor
from marketplace.kernel.errors import Forbidden, Invalid
from marketplace.kernel.ids import StoreId, new_uuid
from marketplace.kernel.work import UnitOfWork
from tests.factories.actors import clerk, officer
from tests.factories.people import make_store, make_vendor


def standing_facts(uow: UnitOfWork) -> list[dict[str, object]]:
    found = select(OutboxMessage).where(OutboxMessage.topic == "identity.standing_changed.v1")
    return [message.envelope["body"] for message in uow.session.exec(found.order_by(col(OutboxMessage.position))).all()]


class TestEditStore:
    def test_changes_what_was_named_and_leaves_the_rest(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow, name="Dune Roasters")
        leader = clerk(store.id, Permission.STORE_READ, Permission.STORE_EDIT)

        seen = identity.edit_store(leader, uow, change=StoreChange(name="Dune", phone="050 123 4567", description=""))

        assert (seen.name, seen.phone, seen.slug, seen.city) == ("Dune", "+966501234567", "dune-roasters", "Riyadh")
        entry = uow.session.exec(select(AuditEntry).where(AuditEntry.action == "identity.edit_store")).one()
        assert entry.before == {"name": "Dune Roasters", "phone": None, "description": ""}
        assert entry.after == {"name": "Dune", "phone": "+966501234567", "description": ""}

    def test_forbids_it_to_those_who_only_look(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)

        with pytest.raises(Forbidden):
            identity.edit_store(clerk(store.id, Permission.STORE_READ), uow, change=StoreChange(name="Mine"))

        assert identity.stores_by_id(uow.session, [store.id])[store.id].name == store.name

    def test_refuses_a_number_that_nobody_can_dial(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        leader = clerk(store.id, Permission.STORE_READ, Permission.STORE_EDIT)

        with pytest.raises(Invalid):
            identity.edit_store(leader, uow, change=StoreChange(phone="no"))


class TestStanding:
    def test_is_live_when_the_last_reason_is_gone(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)

        identity.restrict(uow, store_id=store.id, reason="license_expired")
        identity.restrict(uow, store_id=store.id, reason="holiday")
        identity.unrestrict(uow, store_id=store.id, reason="license_expired")

        seen = identity.stores_by_id(uow.session, [store.id])[store.id]
        assert (seen.is_live, seen.reasons) == (False, ("holiday",))

        identity.unrestrict(uow, store_id=store.id, reason="holiday")

        seen = identity.stores_by_id(uow.session, [store.id])[store.id]
        assert (seen.is_live, seen.reasons) == (True, ())
        assert [fact["reasons"] for fact in standing_facts(uow)] == [
            ["license_expired"],
            ["holiday", "license_expired"],
            ["holiday"],
            [],
        ]

    def test_is_of_a_store_that_is_there(self, uow: UnitOfWork) -> None:
        with pytest.raises(StoreNotFound):
            identity.restrict(uow, store_id=StoreId(new_uuid()), reason="holiday")

        assert standing_facts(uow) == []

    def test_says_nothing_when_nothing_changes(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)

        identity.unrestrict(uow, store_id=store.id, reason="holiday")

        assert standing_facts(uow) == []

    def test_is_set_by_those_who_decide_who_may_trade(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        support = officer(Permission.STORES_APPROVE)

        suspended = identity.suspend(support, uow, store_id=store.id, why="Sold fakes")
        approved = identity.approve(support, uow, store_id=store.id)

        assert (suspended.is_live, suspended.reasons) == (False, ("suspended",))
        assert (approved.is_live, approved.reasons) == (True, ())
        entry = uow.session.exec(select(AuditEntry).where(AuditEntry.action == "identity.suspend")).one()
        assert (entry.reason, entry.store_id) == ("Sold fakes", store.id)

    def test_tells_its_people_alone_why_it_was_suspended(self, uow: UnitOfWork) -> None:
        store, other = make_vendor(uow), make_vendor(uow)
        for why in ("Sold fakes", "Sold fakes again"):
            identity.suspend(officer(Permission.STORES_APPROVE), uow, store_id=store.id, why=why)

        assert identity.why_suspended(clerk(store.id, Permission.STORE_READ), uow.session) == "Sold fakes again"
        assert identity.why_suspended(clerk(other.id, Permission.STORE_READ), uow.session) == ""
        with pytest.raises(StoreNotFound):
            identity.why_suspended(visitor(), uow.session)

    def test_is_no_business_of_the_store_itself(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)

        with pytest.raises(Forbidden):
            identity.approve(clerk(store.id, *Permission), uow, store_id=StoreId(new_uuid()))

        with pytest.raises(Forbidden):
            identity.suspend(clerk(store.id, Permission.STORE_EDIT), uow, store_id=store.id, why="-")

    def test_of_no_store_is_not_found(self, uow: UnitOfWork) -> None:
        with pytest.raises(StoreNotFound):
            identity.approve(officer(Permission.STORES_APPROVE), uow, store_id=StoreId(new_uuid()))


class TestStore:
    def test_is_seen_by_its_people_and_by_the_house(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)

        assert identity.store(clerk(store.id, Permission.STORE_READ), uow.session) == store
        assert identity.store(officer(Permission.STORES_READ), uow.session, store_id=store.id) == store

    @pytest.mark.parametrize("stranger", [visitor(), clerk(StoreId(new_uuid()), *Permission)])
    def test_is_hidden_from_strangers(self, uow: UnitOfWork, stranger: Actor) -> None:
        store = make_vendor(uow)

        with pytest.raises(StoreNotFound):
            identity.store(stranger, uow.session, store_id=store.id)


class TestShopFront:
    def test_shows_a_live_vendor_to_anybody(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow, name="Dune Roasters")

        assert identity.shop_front(visitor(), uow.session, slug="dune-roasters").id == store.id

    def test_hides_one_that_is_not_live(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow)
        identity.restrict(uow, store_id=store.id, reason="holiday")

        with pytest.raises(StoreNotFound):
            identity.shop_front(visitor(), uow.session, slug=store.slug)

    def test_hides_a_store_that_only_buys(self, uow: UnitOfWork) -> None:
        with pytest.raises(StoreNotFound):
            identity.shop_front(visitor(), uow.session, slug=make_store(uow)[1].slug)


class TestStores:
    def test_are_listed_newest_first_a_page_at_a_time(self, uow: UnitOfWork) -> None:
        made = [make_store(uow, kind=StoreKind.VENDOR)[1].id for _ in range(5)]
        support = officer(Permission.STORES_READ)

        first = identity.stores(support, uow.session, limit=2)
        second = identity.stores(support, uow.session, limit=2, cursor=first.next_cursor)
        third = identity.stores(support, uow.session, limit=2, cursor=second.next_cursor)

        seen = [store.id for page in (first, second, third) for store in page.items]
        assert seen == made[::-1]
        assert third.next_cursor is None

    def test_are_told_apart_by_their_standing(self, uow: UnitOfWork) -> None:
        live, suspended = make_vendor(uow), make_vendor(uow)
        identity.restrict(uow, store_id=suspended.id, reason="suspended")
        support = officer(Permission.STORES_READ)

        assert [store.id for store in identity.stores(support, uow.session, state="live").items] == [live.id]
        assert [store.id for store in identity.stores(support, uow.session, state="suspended").items] == [suspended.id]
        assert identity.stores(support, uow.session, state="awaiting_approval").items == ()

    def test_are_not_listed_for_others(self, uow: UnitOfWork) -> None:
        with pytest.raises(Forbidden):
            identity.stores(clerk(make_vendor(uow).id, Permission.STORE_READ), uow.session)

    def test_is_found_by_its_slug_live_or_not(self, uow: UnitOfWork) -> None:
        store = make_vendor(uow, name="Dune Roasters")
        identity.restrict(uow, store_id=store.id, reason="holiday")

        found = identity.store_by_slug(uow.session, slug="dune-roasters")

        assert (found.id, found.is_live) == (store.id, False)
        with pytest.raises(StoreNotFound):
            identity.store_by_slug(uow.session, slug="nobody")

    def test_is_changed_by_nobody_who_is_not_signed_in(self, uow: UnitOfWork) -> None:
        with pytest.raises(StoreNotFound):
            identity.edit_store(visitor(), uow, change=StoreChange(name="Mine now"))
