"""What the pages of the house hold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from marketplace.events import DeadLetterView
from marketplace.identity import StoreKind, StoreView
from marketplace.kernel.clock import Period
from marketplace.kernel.ids import EventId, PayoutId, StoreId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.words import speaking
from marketplace.settlement import PayoutState, PayoutView
from state.admin.events import EventsState, LetterRow
from state.admin.payouts import PayoutRow, PayoutsState
from state.admin.stores import StoreRow, StoresState
from state.reader import Reader
from tests.state.states import made

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

TRACE = """Traceback (most recent call last):
  File "one.py", line 1
KeyError: 'first'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "two.py", line 2
UndefinedColumn: column "asks" does not exist
LINE 1: INSERT INTO notifications
                    ^
[SQL: INSERT]
(Background on this error at: https://example.org)
"""


def proposed(**more: Any) -> PayoutView:  # noqa: ANN401 (any of its fields)
    payout = PayoutView(
        id=PayoutId(new_uuid()),
        store_id=StoreId(new_uuid()),
        store_name="Qahwa & Co.",
        store_slug="qahwa",
        state=PayoutState.PROPOSED,
        amount=Money(123_450, "SAR"),
        period=Period(NOON, NOON),
        orders=("A", "B", "C", "D", "E"),
        delivered=Period(NOON - timedelta(days=9), NOON - timedelta(days=8)),
        proposed_at=NOON,
        confirmed_by=None,
        confirmed_by_name=None,
        confirmed_at=None,
        paid_by=None,
        paid_at=None,
        reference=None,
        can_confirm=True,
    )
    return replace(payout, **more)


def payout_row(payout: PayoutView) -> PayoutRow:
    return PayoutRow.of(payout, Reader.of(made(PayoutsState, address="/admin/payouts")))


class TestPayoutRow:
    def test_names_the_first_orders_and_counts_the_rest(self) -> None:
        row = payout_row(proposed())

        assert row.orders == "A, B, C and 2 more"
        assert row.state_words == "Proposed"
        assert row.amount.endswith("1,234.50")
        assert row.can_confirm is True

    def test_counts_the_rest_as_arabic_does(self) -> None:
        with speaking("ar"):
            counted = [payout_row(proposed(orders=tuple("ABCDEF"[:many]))).orders for many in (4, 5, 6)]

        assert [said.rpartition("\u2069")[2] for said in counted[:2]] == [" وطلب آخر", " وطلبان آخران"]
        assert counted[2].endswith("و\u20683\u2069 طلبات أخرى")

    def test_says_when_its_orders_were_delivered_by_the_clock_of_the_place(self) -> None:
        late = datetime(2026, 2, 20, 22, 30, tzinfo=UTC)

        assert payout_row(proposed()).delivered == "Sat 21 Feb to Sun 22 Feb"
        assert payout_row(proposed(delivered=Period(late, late))).delivered == "Sat 21 Feb"
        assert payout_row(proposed(delivered=None)).delivered == "–"

    def test_says_why_whoever_confirmed_it_cannot_go_on(self) -> None:
        confirmed = proposed(state=PayoutState.CONFIRMED, can_confirm=False)

        assert payout_row(confirmed).waits_for == "You confirmed it: somebody else must too"
        assert payout_row(replace(confirmed, can_confirm=True)).waits_for == ""
        assert payout_row(proposed()).waits_for == ""


class TestStoreRow:
    @pytest.mark.parametrize(("reason", "is_stopped"), [("awaiting_approval", False), ("suspended", True)])
    def test_offers_to_let_trade_what_waits_or_was_stopped_and_nothing_else(
        self, reason: str, *, is_stopped: bool
    ) -> None:
        store = StoreView(
            id=StoreId(new_uuid()),
            name="Red Dirt Growers",
            slug="red-dirt",
            kind=StoreKind.VENDOR,
            can_buy=False,
            can_sell=True,
            is_live=False,
            reasons=(reason,),
            currency="USD",
            time_zone="America/Chicago",
            email=None,
            phone=None,
            city="Tulsa",
            description="",
            opened_at=NOON,
        )

        row = StoreRow.of(store, Reader.of(made(StoresState, address="/admin/stores")))

        assert (row.can_approve, row.is_stopped, row.can_suspend) == (True, is_stopped, False)
        assert row.href == "/v/red-dirt"


class TestLetterRow:
    def test_says_the_error_first_and_not_what_a_database_adds_to_it(self) -> None:
        letter = DeadLetterView(
            event_id=EventId(new_uuid()),
            consumer="search",
            topic="catalog.products_changed.v1",
            aggregate="products",
            body={"n": 1},
            tries=3,
            reason=TRACE,
            made_at=NOON,
        )

        row = LetterRow.of(letter, Reader.of(made(EventsState, address="/admin/events")))

        assert row.reason == 'UndefinedColumn: column "asks" does not exist'
        assert row.trace == TRACE
        assert row.tries == "3 tries"
