"""Arithmetic and decisions of orders."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.ids import ListingId, new_uuid
from marketplace.kernel.money import Money
from marketplace.orders.rules import (
    ALPHABET,
    FrozenFee,
    LineSums,
    Milestones,
    RejectedLine,
    Shipping,
    check_character,
    draw_number,
    fees_by_rule,
    paid_state,
    spread,
    standing,
    sums,
)
from marketplace.orders.states import DONE_TO_LINES, DROPPED, LINE, ORDER, LineState, OrderAction, OrderState, PaidState

CONFIRMED = Milestones(is_confirmed=True)


def sar(minor: int) -> Money:
    return Money(minor, "SAR")


class TestStanding:
    @pytest.mark.parametrize(
        ("lines", "state"),
        [
            ([LineState.PENDING], OrderState.PLACED),
            ([LineState.ACCEPTED, LineState.ACCEPTED], OrderState.ACCEPTED),
            ([LineState.ACCEPTED, LineState.REJECTED], OrderState.PARTIALLY_ACCEPTED),
            ([LineState.READY, LineState.REJECTED], OrderState.READY),
            ([LineState.REJECTED, LineState.REJECTED], OrderState.REJECTED),
            ([LineState.CANCELED, LineState.REJECTED], OrderState.CANCELED),
            ([LineState.EXPIRED], OrderState.EXPIRED),
            ([LineState.IN_TRANSIT, LineState.REJECTED], OrderState.IN_TRANSIT),
            ([LineState.DELIVERED, LineState.IN_TRANSIT], OrderState.IN_TRANSIT),
            ([LineState.RETURNED], OrderState.RETURNED),
        ],
    )
    def test_follows_from_the_lines(self, lines: list[LineState], state: OrderState) -> None:
        assert standing(lines, CONFIRMED) is state

    def test_follows_from_milestones_where_lines_cannot_tell(self) -> None:
        on_the_road = [LineState.IN_TRANSIT]

        assert standing([LineState.PENDING], Milestones()) is OrderState.PLACING
        assert standing([LineState.PENDING], Milestones(payment_failed=True)) is OrderState.PAYMENT_FAILED
        assert standing(on_the_road, replace(CONFIRMED, attempt_failed=True)) is OrderState.DELIVERY_FAILED
        assert standing(on_the_road, replace(CONFIRMED, is_turned_back=True)) is OrderState.RETURNING
        assert standing([LineState.DELIVERED], replace(CONFIRMED, is_closed=True)) is OrderState.CLOSED

    @given(data=st.data(), count=st.integers(1, 4))
    def test_is_where_the_machine_of_orders_leads(self, data: st.DataObject, count: int) -> None:
        lines, milestones, state = [LineState.PENDING] * count, Milestones(), OrderState.PLACING
        while ORDER.moves[state]:
            action = data.draw(st.sampled_from(sorted(ORDER.moves[state])))
            if action is OrderAction.ACCEPT_PARTLY and count == 1:
                action = OrderAction.ACCEPT
            lines, milestones = _done(action, lines, milestones)
            state = ORDER.after(state, action)

            assert standing(lines, milestones) is state


def _done(action: OrderAction, lines: list[LineState], milestones: Milestones) -> tuple[list[LineState], Milestones]:
    if action is OrderAction.ACCEPT_PARTLY:
        return [LineState.REJECTED, *[LineState.ACCEPTED] * (len(lines) - 1)], milestones
    deed = DONE_TO_LINES.get(action)
    if deed is not None:
        lines = [line if line in DROPPED else LINE.after(line, deed) for line in lines]
    changes = {
        OrderAction.CONFIRM: {"is_confirmed": True},
        OrderAction.FAIL_PAYMENT: {"payment_failed": True},
        OrderAction.FAIL_DELIVERY: {"attempt_failed": True},
        OrderAction.TRY_AGAIN: {"attempt_failed": False},
        OrderAction.TURN_BACK: {"is_turned_back": True},
        OrderAction.CLOSE: {"is_closed": True},
    }
    return lines, replace(milestones, **changes.get(action, {}))


class TestPaidState:
    @pytest.mark.parametrize(
        ("state", "happened", "expected"),
        [
            (OrderState.PLACED, set(), PaidState.UNPAID),
            (OrderState.IN_TRANSIT, {"is_captured"}, PaidState.CAPTURED),
            (OrderState.DELIVERED, {"is_captured", "is_handed_over"}, PaidState.SETTLED),
            (OrderState.CLOSED, {"is_captured", "is_handed_over", "is_paid_out"}, PaidState.PAID),
            (OrderState.EXPIRED, set(), PaidState.CANCELED),
        ],
    )
    def test_follows_the_money(self, state: OrderState, happened: set[str], expected: PaidState) -> None:
        facts = {name: name in happened for name in ("is_captured", "is_handed_over", "is_paid_out")}

        assert paid_state(state, **facts) is expected


class TestSums:
    LINE = LineSums(gross=sar(10_000), discount=sar(500), tax=sar(1_239), fee=sar(950), fee_vat=sar(143))
    SHIPPING = Shipping(sar(1_800), sar(235))

    def test_holds_the_tax_where_prices_include_it(self) -> None:
        found = sums([self.LINE, self.LINE], self.SHIPPING, tax_is_inside=True)

        assert found.subtotal == sar(20_000)
        assert found.discount == sar(1_000)
        assert found.tax == sar(2_713)
        assert found.total == sar(20_800)
        assert found.payable == sar(20_800 - 1_900 - 286)

    def test_adds_the_tax_where_prices_do_not(self) -> None:
        assert sums([self.LINE], self.SHIPPING, tax_is_inside=False).total == sar(9_500 + 1_800 + 1_474)

    def test_ask_nothing_for_an_order_without_lines(self) -> None:
        found = sums([], self.SHIPPING, tax_is_inside=True)

        assert found.total == found.shipping == found.tax == found.payable == sar(0)

    def test_spread_a_sum_by_what_lines_cost(self) -> None:
        assert spread(sar(1_000), [sar(2), sar(1)]) == [sar(667), sar(333)]
        assert spread(sar(1_000), [sar(0), sar(0)]) == [sar(500), sar(500)]


class TestNumber:
    DAY = date(2025, 12, 1)

    def test_reads_as_day_letters_and_check(self) -> None:
        number = draw_number(self.DAY, Random(7))  # noqa: S311  chance that can be repeated

        year, day, letters, check = number.split("-")
        assert (year, day) == ("25", "1201")
        assert len(letters) == 4
        assert check == check_character(f"25-1201-{letters}")

    @given(st.text(ALPHABET, min_size=4, max_size=5), st.data())
    def test_gives_every_wrong_character_away(self, letters: str, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(letters) - 1))
        wrong = data.draw(st.sampled_from([letter for letter in ALPHABET if letter != letters[place]]))
        mistyped = letters[:place] + wrong + letters[place + 1 :]

        assert check_character(f"25-1201-{mistyped}") != check_character(f"25-1201-{letters}")

    @given(st.text(ALPHABET, min_size=4, max_size=5), st.data())
    def test_gives_every_swap_of_neighbors_away(self, letters: str, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(letters) - 2))
        swapped = letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :]

        same = letters[place] == letters[place + 1]
        assert (check_character(f"25-1201-{swapped}") == check_character(f"25-1201-{letters}")) is same


class TestFeesByRule:
    BOOKS = FrozenFee(version=1, bps=1000, least=sar(100), most=None, amount=sar(250))

    def test_adds_up_what_one_rule_took(self) -> None:
        groceries = replace(self.BOOKS, bps=900)

        found = fees_by_rule([self.BOOKS, groceries, replace(self.BOOKS, amount=sar(100))])

        assert found == (replace(self.BOOKS, amount=sar(350)), groceries)

    def test_tells_the_same_rate_of_two_versions_apart(self) -> None:
        later = replace(self.BOOKS, version=2)

        assert fees_by_rule([self.BOOKS, later]) == (self.BOOKS, later)


class TestRejectedLine:
    def test_is_read_as_it_was_kept_and_as_the_oldest_were(self) -> None:
        listing_id = ListingId(new_uuid())
        line = RejectedLine(listing_id, "short", "Only {available} are left.", {"available": 4}, "Mugs", "أكواب")
        oldest = {"listing_id": str(listing_id), "code": "short", "message": "Only 4 are left."}

        assert RejectedLine.read(line.document()) == line
        assert (RejectedLine.read(oldest).title, RejectedLine.read(oldest).message) == ("", line.message)
