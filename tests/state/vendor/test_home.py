"""The first page of whoever works in a vendor's store."""

from dataclasses import dataclass

import pytest

from marketplace import fees, identity, orders, taxes
from marketplace.identity import StoreKind, StoreRole, roles
from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.ids import ListingId, StoreId, UserId
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import Decision, LineDecision, OrderState, RejectReason
from state import edge
from state.vendor.editing import EditingState
from state.vendor.home import VendorHomeState
from state.vendor.store import StoreState
from tests.factories.actors import clerk, officer
from tests.factories.houses import Do
from tests.factories.orders import make_order, make_shopper, seller
from tests.factories.people import make_store, make_vendor
from tests.factories.shelves import make_product, put_on_sale
from tests.state.states import made


@dataclass(frozen=True)
class Shop:
    """A vendor's store, and its owner."""

    store_id: StoreId
    owner_id: UserId
    kettle_id: ListingId
    mugs_id: ListingId

    def member(self, role: StoreRole) -> Actor:
        """Somebody who works there in a role."""
        held = roles.in_store(role, can_buy=False, can_sell=True)
        return clerk(self.store_id, *held, user_id=self.owner_id)


@pytest.fixture
def shop(done: Do) -> Shop:
    """A vendor with an order to decide and one to pack that he accepted in part; another shop has his mugs as well."""

    def open_it(uow: UnitOfWork) -> Shop:
        taxes.install_default(uow)
        fees.install_default(uow)
        owner, store = make_store(uow, kind=StoreKind.VENDOR, name="Qahwa & Co.")
        kettle = put_on_sale(uow, make_product(uow, "Kettle", owner=store.id), store=store.id, price=149_00, stock=10)
        cups = make_product(uow, "Mugs", owner=store.id)
        mugs = put_on_sale(uow, cups, store=store.id, price=96_00, stock=4)
        buyer = make_shopper(uow)
        make_order(uow, buyer, (kettle, 1))
        partly = make_order(uow, buyer, (kettle, 2), (mugs, 1))
        first, second = partly.lines
        orders.decide(
            seller(store.id),
            uow,
            number=partly.number,
            decisions=[
                LineDecision(first.id, Decision.ACCEPT),
                LineDecision(second.id, Decision.REJECT, RejectReason.DAMAGED),
            ],
        )
        rival = make_vendor(uow, name="Dar Al Fakhar").id
        put_on_sale(uow, cups, store=rival, price=99_00, stock=1)
        return Shop(store.id, owner.id, kettle.listing.id, mugs.listing.id)

    opened: Shop = done(open_it)
    return opened


class TestVendorHome:
    @pytest.mark.parametrize(
        ("role", "acts"), [(StoreRole.OWNER, ["Decide", "Pack"]), (StoreRole.STAFF, ["Pack"])], ids=["owner", "staff"]
    )
    async def test_asks_of_everybody_what_he_may_do(
        self, shop: Shop, monkeypatch: pytest.MonkeyPatch, role: StoreRole, acts: list[str]
    ) -> None:
        page = await seen_by(shop.member(role), monkeypatch)

        assert page.trouble == ""
        assert [need.act for need in page.needs] == acts

    async def test_says_of_an_order_accepted_in_part_what_is_paid_for_it(
        self, shop: Shop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = await seen_by(shop.member(StoreRole.OWNER), monkeypatch)

        (partly,) = [row for row in page.latest if row.state == OrderState.PARTIALLY_ACCEPTED]
        assert partly.total.endswith("298.00")


class TestListing:
    async def test_says_that_words_are_looked_at_where_another_shop_sells_it_too(
        self, shop: Shop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        acts_as(shop.member(StoreRole.OWNER), monkeypatch)
        looked_at = []
        for listing_id in (shop.kettle_id, shop.mugs_id):
            page = made(EditingState, address=f"/vendor/listings/{listing_id}")
            await page.load()
            looked_at.append(page.draft.is_looked_at)

        assert looked_at == [False, True]


class TestShop:
    async def test_reads_why_it_was_stopped(self, shop: Shop, done: Do, monkeypatch: pytest.MonkeyPatch) -> None:
        support = officer(Permission.STORES_APPROVE)
        done(lambda uow: identity.suspend(support, uow, store_id=shop.store_id, why="Papers are missing"))
        acts_as(shop.member(StoreRole.STAFF), monkeypatch)
        page = made(StoreState, address="/vendor/store")

        await page.load()

        assert [reason.text for reason in page.reasons] == [
            "We stopped the shop: “Papers are missing”. Write to us about it."
        ]


class TestNewListing:
    @pytest.mark.parametrize(
        ("role", "kind"), [(StoreRole.OPS, ""), (StoreRole.STAFF, "forbidden")], ids=["ops", "staff"]
    )
    async def test_is_shut_to_whoever_lists_nothing(
        self, shop: Shop, monkeypatch: pytest.MonkeyPatch, role: StoreRole, kind: str
    ) -> None:
        acts_as(shop.member(role), monkeypatch)
        page = made(EditingState, address="/vendor/listings/new")

        await page.load()

        assert page.trouble_kind == kind


async def seen_by(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> VendorHomeState:
    """The page as somebody sees it."""
    acts_as(actor, monkeypatch)
    page = made(VendorHomeState, address="/vendor")
    await page.load()
    return page


def acts_as(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let somebody be at the other end of the line."""

    async def member(_state: object) -> Actor:
        return actor

    monkeypatch.setattr(edge, "actor_of", member)
