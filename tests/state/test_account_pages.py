"""What the pages of a buyer's account hold."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from marketplace import bootstrap, identity, orders
from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.ids import ListingId, NotificationId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.words import speaking
from marketplace.kernel.work import UnitOfWork
from marketplace.notifications import RULES, NotificationView
from marketplace.orders import LineState, OrderState, OrderView, RejectedLine
from state import edge
from state.account import journey
from state.account.address_form import AddressRow, WrittenAddress
from state.account.notifications import NoticeRow, NotificationsState
from state.account.order import BuyerOrderState, OrderPage, ThingRow
from state.account.orders import LeftOutRow, OrderRow, OrdersState, PlacedRow
from state.reader import Reader
from tests.factories.actors import clerk
from tests.factories.market import buyer, kettle, mugs, rates_in_force  # noqa: F401 (fixtures)
from tests.factories.orders import Buyer, make_order
from tests.factories.shelves import OnSale
from tests.state.states import made


def reader(address: str = "/orders") -> Reader:
    return Reader.of(made(OrdersState, address=address))


def seen(uow: UnitOfWork, buyer: Buyer, order: OrderView) -> OrderView:  # noqa: F811 (not the fixture)
    return orders.by_number(buyer.actor, uow.session, number=order.number, side="buyer")


@pytest.fixture
def order(uow: UnitOfWork, buyer: Buyer, kettle: OnSale) -> OrderView:  # noqa: F811 (the fixtures)
    return seen(uow, buyer, make_order(uow, buyer, (kettle, 2)))


@pytest.fixture
def packed(uow: UnitOfWork, buyer: Buyer, mugs: OnSale) -> OrderView:  # noqa: F811 (the fixtures)
    return seen(uow, buyer, make_order(uow, buyer, (mugs, 1), state=OrderState.READY))


class TestOrderRow:
    def test_says_who_sends_it_and_that_the_shop_is_to_answer(self, order: OrderView) -> None:
        row = OrderRow.of(order, reader(), {})

        assert (row.store, row.letter, row.things) == ("Qahwa & Co.", "Q", "2 pieces")
        assert (row.state, row.state_words) == ("placed", "Waiting for the shop")
        assert row.headline.startswith("The shop has until ")
        assert row.href == f"/orders/{order.number}"
        assert row.total == "SAR\u00a0298.00"

    def test_promises_a_day_only_for_a_yes_in_time(self, order: OrderView) -> None:
        now = bootstrap.database().now()
        in_time = replace(order, latest_on=date(2026, 3, 3), accept_before=now + timedelta(hours=1))
        late = replace(order, accept_before=now - timedelta(hours=1))

        said, moment = journey.meaning(in_time, reader())[1], reader().date(in_time.accept_before)
        assert said.startswith(f"It arrives by Tue 3 Mar if the shop accepts before {moment}. ")
        assert journey.meaning(late, reader())[1].startswith("The day of arrival is set when the shop accepts. ")

    def test_speaks_arabic(self, order: OrderView) -> None:
        assert OrderRow.of(order, reader("/ar/orders"), {}).state_words == "بانتظار المتجر"


class TestPlacedRow:
    def test_names_an_order_by_the_number_under_which_it_is_found(self, order: OrderView) -> None:
        row = PlacedRow.of(order)

        assert (row.number, row.href, row.store) == (order.number, f"/orders/{order.number}", "Qahwa & Co.")
        assert row.number != order.group_number


class TestLeftOutRow:
    def test_names_the_thing_and_says_why_in_the_reader_s_language(self) -> None:
        line = RejectedLine(
            ListingId(new_uuid()),
            "inventory.insufficient_stock",
            "Only {available} are left: take fewer, or look at other offers.",
            {"available": 4},
            "Stoneware mugs",
            "أكواب",
        )

        with speaking("ar"):
            arabic = LeftOutRow.of(line, reader("/ar/orders"))
        english = LeftOutRow.of(line, reader())

        assert (english.title, english.why[:10]) == ("Stoneware mugs", "Only 4 are")
        assert (arabic.title, arabic.why.startswith("لم يتبقَّ سوى")) == ("أكواب", True)


class TestTrack:
    def test_has_the_step_it_is_at_between_those_behind_and_those_to_come(self, packed: OrderView) -> None:
        places = [step.at for step in journey.track(packed, reader())]

        assert places == ["done", "done", "now", "next", "next"]

    def test_begins_with_the_newest_of_what_happened(self, packed: OrderView) -> None:
        steps = journey.happened(packed, reader())

        assert [step.title for step in steps] == ["Ready", "Accepted", "Order placed"]
        assert [step.at for step in steps] == ["now", "done", "done"]


class TestOrderPage:
    def test_offers_to_cancel_and_to_remind_while_the_shop_is_silent(self, order: OrderView) -> None:
        page = OrderPage.of(order, reader())

        assert (page.can_cancel, page.can_nudge, page.can_retry) == (True, True, False)
        assert page.cash_due == "SAR\u00a0298.00"

    def test_asks_for_no_cash_once_the_parcel_goes_back(self, packed: OrderView) -> None:
        assert OrderPage.of(packed, reader()).cash_due
        assert OrderPage.of(replace(packed, state=OrderState.RETURNING), reader()).cash_due == ""

    def test_is_sent_free_where_something_is_sent_and_delivery_costs_nothing(self, order: OrderView) -> None:
        paid = replace(order, totals=replace(order.totals, shipping=Money(15_00, "SAR")))
        stopped = replace(order, lines=tuple(replace(line, state=LineState.CANCELED) for line in order.lines))

        pages = [OrderPage.of(one, reader()) for one in (order, paid, stopped)]

        assert [page.is_sent_free for page in pages] == [True, False, False]
        assert [page.shipping for page in pages] == ["SAR\u00a00.00", "SAR\u00a015.00", "SAR\u00a00.00"]

    def test_names_a_city_once_where_its_region_is_called_the_same(self, order: OrderView) -> None:
        written = {"line1": "Olaya 1", "city": "Riyadh", "postal_code": "12271"}

        said = {
            OrderPage.of(replace(order, address={**written, "region": region}), reader()).goes_to
            for region in ("Riyadh", "")
        }

        assert said == {"Olaya 1, Riyadh 12271"}

    def test_names_the_region_after_the_city(self, order: OrderView) -> None:
        written = {"line1": "39th St 1", "city": "Oklahoma City", "region": "OK", "postal_code": "73112"}

        assert OrderPage.of(replace(order, address=written), reader()).goes_to == "39th St 1, Oklahoma City, OK 73112"

    async def test_shows_nothing_of_the_order_before_where_there_is_none(
        self,
        uow: UnitOfWork,
        buyer: Buyer,  # noqa: F811 (not the fixture)
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        async def buying(_state: object) -> Actor:
            return buyer.actor

        async def here(query: Callable[..., Any], actor: Actor, **more: Any) -> Any:  # noqa: ANN401 (whatever it reads)
            return query(actor, uow.session, **more)

        monkeypatch.setattr(edge, "actor_of", buying)
        monkeypatch.setattr("state.account.order.read", here)
        page = made(BuyerOrderState, address="/orders/26-0101-AAAA-1")
        page.order = OrderPage(number="26-0101-BBBB-2")

        await page.load()

        assert (page.trouble_kind, page.order.number) == ("missing", "")

    def test_prints_each_thing_with_what_it_comes_to(self, order: OrderView) -> None:
        thing = ThingRow.of(order.lines[0], reader(), {})

        assert (thing.title, thing.quantity, thing.total) == ("Gooseneck kettle", "2", "SAR\u00a0298.00")
        assert (thing.is_dropped, thing.told) == (False, "")
        assert (thing.each, thing.before, thing.saved) == ("SAR\u00a0149.00", "", "")

    def test_names_the_quantity_price_so_that_the_figures_multiply(
        self,
        uow: UnitOfWork,
        buyer: Buyer,  # noqa: F811 (not the fixture)
        kettle: OnSale,  # noqa: F811 (not the fixture)
    ) -> None:
        thing = ThingRow.of(seen(uow, buyer, make_order(uow, buyer, (kettle, 5))).lines[0], reader(), {})

        assert (thing.quantity, thing.each, thing.total) == ("5", "SAR\u00a0141.55", "SAR\u00a0707.75")
        assert (thing.before, thing.saved) == ("SAR\u00a0149.00", "SAR\u00a037.25")


class TestAddressRow:
    def test_is_named_by_its_label_or_else_by_its_city(self, uow: UnitOfWork, buyer: Buyer) -> None:  # noqa: F811
        mine = clerk(buyer.store_id, Permission.ADDRESSES_EDIT, user_id=buyer.user_id)
        written = WrittenAddress(recipient="Nora", phone="+966501234567", line1="Olaya 1", city="Riyadh")
        row = AddressRow.of(identity.add_address(mine, uow, place=written.place()))

        assert (row.title, row.words) == ("Riyadh", "Nora, Olaya 1, Riyadh")
        assert row.phone == "+966501234567"


class TestNoticeRow:
    @pytest.mark.parametrize(("address", "title"), [("/notifications", "Order A-1"), ("/ar/notifications", "A-1")])
    def test_is_printed_in_the_language_of_the_page(self, address: str, title: str) -> None:
        notice = NotificationView(
            id=NotificationId(new_uuid()),
            rule="order_delivered",
            kind=RULES["order_delivered"].kind,
            about={"number": "A-1"},
            made_at=bootstrap.database().now(),
            read_at=None,
        )
        row = NoticeRow.of(notice, Reader.of(made(NotificationsState, address=address)))

        assert title in row.title
        assert ("Order" in row.title) == (address == "/notifications")
        assert (row.href, row.is_new) == ("/orders/A-1", True)

    def test_says_what_still_waits_and_what_is_done(self) -> None:
        now = bootstrap.database().now()
        asked = NotificationView(
            id=NotificationId(new_uuid()),
            rule="sale_placed",
            kind=RULES["sale_placed"].kind,
            about={"number": "A-1", "amount": {"minor": 11500, "currency": "SAR"}},
            made_at=now,
            read_at=None,
            question="decide:1",
        )
        reader = Reader.of(made(NotificationsState, address="/vendor/notifications"))

        waiting, done = NoticeRow.of(asked, reader), NoticeRow.of(replace(asked, answered_at=now), reader)

        assert (waiting.is_new, waiting.asks, waiting.is_done) == (True, True, False)
        assert (done.is_new, done.asks, done.is_done) == (False, False, True)


class TestNotifications:
    async def test_lead_who_has_no_shop_out_of_a_vendors(
        self,
        buyer: Buyer,  # noqa: F811 (not the fixture)
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        async def reader_of(_state: object) -> Actor:
            return buyer.actor

        monkeypatch.setattr(edge, "actor_of", reader_of)
        page = made(NotificationsState, address="/ar/vendor/notifications?state=unread")

        led = await page.load()

        assert "/ar/notifications?state=unread" in str(led)
        assert not page.rows
