"""What the pages of the house hold."""

from datetime import UTC, datetime

from marketplace.events import DeadLetterView
from marketplace.identity import StoreKind, StoreView
from marketplace.kernel.clock import Period
from marketplace.kernel.ids import EventId, PayoutId, StoreId, new_uuid
from marketplace.kernel.money import Money
from marketplace.settlement import PayoutState, PayoutView
from state.admin.events import EventsState, LetterRow
from state.admin.payouts import PayoutRow, PayoutsState
from state.admin.stores import StoreRow, StoresState
from state.reader import Reader
from tests.state.states import made

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class TestPayoutRow:
    def test_names_the_first_orders_and_counts_the_rest(self) -> None:
        payout = PayoutView(
            id=PayoutId(new_uuid()),
            store_id=StoreId(new_uuid()),
            store_name="Qahwa & Co.",
            store_slug="qahwa",
            state=PayoutState.PROPOSED,
            amount=Money(123_450, "SAR"),
            period=Period(NOON, NOON),
            orders=("A", "B", "C", "D", "E"),
            proposed_at=NOON,
            confirmed_by=None,
            confirmed_at=None,
            paid_by=None,
            paid_at=None,
            reference=None,
            can_confirm=True,
        )

        row = PayoutRow.of(payout, Reader.of(made(PayoutsState, address="/admin/payouts")))

        assert row.orders == "A, B, C and 2 more"
        assert row.state_words == "Proposed"
        assert row.amount.endswith("1,234.50")
        assert row.can_confirm is True


class TestStoreRow:
    def test_offers_to_approve_what_waits_and_nothing_else(self) -> None:
        store = StoreView(
            id=StoreId(new_uuid()),
            name="Red Dirt Growers",
            slug="red-dirt",
            kind=StoreKind.VENDOR,
            can_buy=False,
            can_sell=True,
            is_live=False,
            reasons=("awaiting_approval",),
            currency="USD",
            time_zone="America/Chicago",
            email=None,
            phone=None,
            city="Tulsa",
            description="",
            opened_at=NOON,
        )

        row = StoreRow.of(store, Reader.of(made(StoresState, address="/admin/stores")))

        assert (row.can_approve, row.can_suspend) == (True, False)
        assert row.href == "/v/red-dirt"


class TestLetterRow:
    def test_says_the_last_line_of_the_trace_first(self) -> None:
        letter = DeadLetterView(
            event_id=EventId(new_uuid()),
            consumer="search",
            topic="catalog.products_changed.v1",
            aggregate="products",
            body={"n": 1},
            tries=3,
            reason="Traceback\n  File x\nZeroDivisionError: crack\n",
            made_at=NOON,
        )

        row = LetterRow.of(letter, Reader.of(made(EventsState, address="/admin/events")))

        assert row.reason == "ZeroDivisionError: crack"
        assert row.tries == "3 tries"
