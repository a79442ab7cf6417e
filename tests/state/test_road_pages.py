"""What the pages of the road hold."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from marketplace.delivery import CashInHandView, FailureReason, StopKind, StopState, StopView
from marketplace.kernel.errors import Invalid
from marketplace.kernel.ids import AssignmentId, OrderId, StopId, new_uuid
from marketplace.kernel.money import Money
from state.delivery.printing import whole
from state.delivery.stop import DoorRow, DoorState, _code
from state.delivery.stops import StopRow, StopsState, percent_of, warning_of
from state.reader import Reader
from tests.state.states import made

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

DROP = StopView(
    id=StopId(new_uuid()),
    assignment_id=AssignmentId(new_uuid()),
    order_id=OrderId(new_uuid()),
    number="26-0302-7G4K-1",
    kind=StopKind.DROP,
    state=StopState.OPEN,
    address={"line1": "7421 Anas Ibn Malik Rd", "district": "Al Malqa", "city": "Riyadh"},
    contact_name="Nora Al Harbi",
    contact_phone="+966500000001",
    cash_due=Money(81_935, "SAR"),
    cash_taken=None,
    cash_asked=None,
    cash_declined=None,
    is_cash_blocked=False,
    promised_on=date(2026, 3, 3),
    pieces=2,
    attempts=0,
    last_failure=None,
    code_tries_left=5,
    done_at=None,
    can=frozenset({"deliver", "collect_cash", "fail"}),
)

CASH = CashInHandView(
    total=Money(342_000, "SAR"),
    limit=Money(500_000, "SAR"),
    collections=(),
    oldest_cash_at=None,
    is_overdue=False,
    is_blocked=False,
    open_hand_over=None,
)


def row(stop: StopView, *, is_next: bool = False) -> StopRow:
    return StopRow.of(stop, Reader.of(made(StopsState, address="/agent")), place=3, is_next=is_next)


class TestStopRow:
    def test_asks_for_no_cash_where_the_parcel_goes_back(self) -> None:
        shown = row(replace(DROP, state=StopState.RETURNING, attempts=3))

        assert (shown.badge, shown.doing, shown.cash) == ("Bring it back", "Bring back, 2 pieces", "")

    def test_says_what_to_do_by_when_and_for_how_much(self) -> None:
        shown = row(DROP, is_next=True)

        assert shown.time == "By Tue 3 Mar"
        assert shown.doing == "Deliver, 2 pieces"
        assert shown.address == "7421 Anas Ibn Malik Rd, Al Malqa, Riyadh"
        assert shown.cash.endswith("819.35")
        assert (shown.at, shown.badge) == ("now", "Next")

    def test_is_not_done_while_the_cash_is_with_the_buyer(self) -> None:
        owing = replace(DROP, state=StopState.DONE)
        paid = replace(owing, cash_due=None, cash_taken=Money(81_935, "SAR"))

        assert (row(owing).at, row(owing).badge) == ("fail", "Cash not taken")
        assert (row(paid).at, row(paid).badge) == ("done", "Done")

    def test_tells_why_it_failed_and_how_often(self) -> None:
        failed = replace(DROP, state=StopState.FAILED, attempts=1, last_failure=FailureReason.NOT_HOME)

        assert (row(failed).at, row(failed).badge) == ("fail", "Nobody was there, try 1")

    def test_prints_in_arabic(self) -> None:
        reader = Reader.of(made(StopsState, address="/ar/agent"))
        with_words = DoorRow.of(DROP, reader)

        assert with_words.cash_due == "819.35\u00a0ر.س"


class TestDoorRow:
    def test_offers_what_the_stop_allows_and_nothing_else(self) -> None:
        shown = DoorRow.of(DROP, Reader.of(made(DoorState, address="/agent/stops/x")))

        assert (shown.can_deliver, shown.can_collect, shown.can_fail) == (True, True, True)
        assert (shown.can_pick_up, shown.can_try_again) == (False, False)
        assert shown.version == "0:5"
        assert shown.map == "7421%20Anas%20Ibn%20Malik%20Rd%2C%20Al%20Malqa%2C%20Riyadh"

    @pytest.mark.parametrize(
        ("stop", "title"),
        [
            (replace(DROP, kind=StopKind.PICKUP), "Pick up"),
            (DROP, "Deliver"),
            (replace(DROP, state=StopState.RETURNING), "Bring it back"),
        ],
    )
    def test_says_what_the_agent_comes_for(self, stop: StopView, title: str) -> None:
        assert DoorRow.of(stop, Reader.of(made(DoorState, address="/agent/stops/x"))).title == title

    def test_says_which_sum_was_declined(self) -> None:
        reader = Reader.of(made(DoorState, address="/agent/stops/x"))

        assert DoorRow.of(DROP, reader).cash_declined == ""
        assert DoorRow.of(replace(DROP, cash_declined=Money(80_000, "SAR")), reader).cash_declined == "SAR\u00a0800.00"


class TestWhole:
    @pytest.mark.parametrize(
        ("address", "printed"),
        [
            (
                {"line1": "110 N Boston Ave", "city": "Tulsa", "region": "OK", "postal_code": "74103"},
                "110 N Boston Ave, Tulsa, OK 74103",
            ),
            (
                {"line1": "King Rd", "district": "Olaya", "city": "Riyadh", "region": "Riyadh", "postal_code": "12271"},
                "King Rd, Olaya, Riyadh 12271",
            ),
        ],
    )
    def test_ends_with_city_region_and_code_as_the_post_writes_them(
        self, address: Mapping[str, str], printed: str
    ) -> None:
        assert whole(address) == printed


class TestCash:
    def test_fills_up_to_the_limit_and_no_further(self) -> None:
        assert percent_of(CASH) == 68
        assert percent_of(replace(CASH, total=Money(900_000, "SAR"))) == 100
        assert percent_of(replace(CASH, limit=Money(0, "SAR"))) == 100

    def test_warns_of_what_keeps_the_agent_from_taking_more(self) -> None:
        assert warning_of(CASH) == ""
        assert "looked into" in warning_of(replace(CASH, is_blocked=True))
        assert "too long" in warning_of(replace(CASH, is_overdue=True))


class TestCode:
    def test_is_six_figures_of_either_script(self) -> None:
        for said in ("123456", " 123 456 ", "١٢٣٤٥٦"):
            assert _code(said) == "123456"

    @pytest.mark.parametrize("said", ["", "   ", "12345", "1234567", "12345a", "abc"])
    def test_uses_up_no_try_when_it_cannot_be_one(self, said: str) -> None:
        with pytest.raises(Invalid) as refusal:
            _code(said)

        (problem,) = refusal.value.fields
        assert problem.field == "code"
        assert problem.message == "Type the six figures that the buyer reads out, or take a photo instead."

    def test_says_under_the_code_that_it_was_a_wrong_one(self) -> None:
        page = made(DoorState, address="/agent/stops/x")

        page._wrong_code(4)

        assert page.errors == {"code": "That is not the buyer's code. Ask for it again. Tries left: 4."}
        assert page.problem == page.errors["code"]
