"""What the desks of dispatch, the cashier and finance hold."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from marketplace.delivery import AgentView, HandOverState, HandOverView, ProofKind, ProofView
from marketplace.flows.proving import Seen
from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.ids import HandOverId, UserId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.pages import Page
from marketplace.kernel.work import UnitOfWork
from marketplace.ledger import Account, AccountSums, CurrencySums
from state import edge
from state.admin.dispatch import AgentRow, DispatchState
from state.admin.hand_overs import HandOverRow, HandOversState
from state.admin.ledger import AccountRow, LedgerState
from state.admin.order import HouseOrderState, OrderFacts
from state.delivery.proof import ProofRow
from state.reader import Reader
from tests.factories.actors import officer
from tests.state.states import made

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

AGENT = AgentView(
    user_id=UserId(new_uuid()),
    name="Faisal Al Qahtani",
    phone=None,
    parcels=7,
    parcel_limit=20,
    cash_in_hand=Money(300_000, "SAR"),
    cash_expected=Money(42_000, "SAR"),
    cash_limit=Money(500_000, "SAR"),
    oldest_cash_at=None,
    is_cash_overdue=False,
    is_blocked=False,
)

BROUGHT = HandOverView(
    id=HandOverId(new_uuid()),
    agent_id=AGENT.user_id,
    agent_name=AGENT.name,
    state=HandOverState.DECLARED,
    orders=2,
    declared=None,
    expected=None,
    counted=None,
    variance=None,
    note=None,
    handed_at=NOON,
    counted_at=None,
    counted_by_name=None,
    can=frozenset({"accept"}),
)


def beside(agent: AgentView, due: int) -> AgentRow:
    reader = Reader.of(made(DispatchState, address="/admin/dispatch"))
    return AgentRow.of(agent, reader, due=Money(due, "SAR"), has_it=False)


class TestAgentRow:
    def test_shows_how_much_more_somebody_can_take(self) -> None:
        row = beside(AGENT, 33_250)

        assert (row.letters, row.parcels, row.parcels_percent, row.cash_percent) == ("FQ", "7 of 20", 35, 68)
        assert row.cash == "3,420.00 of 5,000.00"
        assert row.has_room is True

    def test_says_that_the_cash_would_be_too_much(self) -> None:
        row = beside(AGENT, 200_000)

        assert row.has_room is False
        assert row.says.endswith("5,420.00.")

    def test_keeps_cash_from_the_blocked_and_parcels_from_the_full(self) -> None:
        assert beside(replace(AGENT, is_blocked=True), 100).has_room is False
        assert beside(replace(AGENT, is_blocked=True), 0).has_room is True
        assert beside(replace(AGENT, parcels=20), 0).says == "Has as many parcels as he may."


class TestAssigning:
    async def test_says_nothing_of_a_second_press(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def dispatcher(_state: object) -> Actor:
            return officer(Permission.DISPATCH_ASSIGN)

        monkeypatch.setattr(edge, "actor_of", dispatcher)
        desk = made(DispatchState, address="/admin/dispatch")
        desk.chosen, desk.chosen_agent_id = "26-0302-AB7C-4", str(AGENT.user_id)

        assert await desk.assign(str(AGENT.user_id)) is None


class TestHandOverRow:
    def test_is_blind_until_it_is_counted(self) -> None:
        row = HandOverRow.of(BROUGHT, Reader.of(made(HandOversState, address="/admin/hand-overs")))

        assert (row.expected, row.counted, row.variance) == ("–", "–", "")
        assert (row.state, row.can_count, row.can_clear) == ("pending", True, False)

    def test_says_who_goes_on_where_its_counter_cannot(self) -> None:
        reader = Reader.of(made(HandOversState, address="/admin/hand-overs"))
        differs = replace(BROUGHT, state=HandOverState.INVESTIGATING, can=frozenset())

        assert HandOverRow.of(differs, reader).waits_for == "Somebody who has not counted it counts again"
        assert HandOverRow.of(replace(differs, can=frozenset({"clear"})), reader).waits_for == ""
        assert HandOverRow.of(BROUGHT, reader).waits_for == ""

    @pytest.mark.parametrize("written", ["1e5", "120,50", "99999999999999999999", "abc"])
    async def test_asks_again_for_a_count_that_is_no_sum(self, written: str, monkeypatch: pytest.MonkeyPatch) -> None:
        async def cashier(_state: object) -> Actor:
            return officer(Permission.CASH_COUNT)

        monkeypatch.setattr(edge, "actor_of", cashier)
        desk = made(HandOversState, address="/admin/hand-overs")

        await desk.count({"hand_over_id": str(new_uuid()), "counted": written})

        assert desk.errors == {"counted": "Write the sum in figures, such as 120.50."}

    async def test_says_nothing_of_a_second_press(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def cashier(_state: object) -> Actor:
            return officer(Permission.CASH_COUNT)

        async def counted_already(*_asked: object, **_more: object) -> None:
            return None

        async def no_hand_overs(*_asked: object, **_more: object) -> Page[HandOverView]:
            return Page((), None)

        monkeypatch.setattr(edge, "actor_of", cashier)
        monkeypatch.setattr("state.admin.hand_overs.once", counted_already)
        monkeypatch.setattr("state.admin.hand_overs.read", no_hand_overs)
        desk = made(HandOversState, address="/admin/hand-overs")

        said = await desk.count({"hand_over_id": str(new_uuid()), "counted": "100"})

        assert ["in the safe" in str(event) for event in said] == [False]


class TestAccountRow:
    def test_adds_up_the_pots_of_one_code(self) -> None:
        pots = tuple(
            AccountSums(Account(f"2100:store:{name}"), "Vendor payable, pending", debit, credit)
            for name, debit, credit in (("a", 100, 5_000), ("b", 0, 7_000))
        )
        (sums,) = CurrencySums("SAR", 100, 12_000, pots).by_code

        row = AccountRow.of(sums, Reader.of(made(LedgerState, address="/admin/ledger")), "SAR")

        assert (row.code, row.href, row.side) == ("2100", "/admin/ledger?account=2100", "credit")
        assert row.balance.endswith("119.00")


class TestHouseOrder:
    async def test_shows_nothing_of_the_order_before_where_there_is_none(
        self, uow: UnitOfWork, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def support(_state: object) -> Actor:
            return officer(Permission.ORDERS_READ)

        async def here(query: Callable[..., Any], actor: Actor, **more: Any) -> Any:  # noqa: ANN401 (whatever it reads)
            return query(actor, uow.session, **more)

        monkeypatch.setattr(edge, "actor_of", support)
        monkeypatch.setattr("state.admin.order.read", here)
        page = made(HouseOrderState, address="/admin/orders/NOPE")
        page.order = OrderFacts(number="26-1119-S96B-T", state="placed", can_hold=True)

        await page.load()

        assert (page.trouble_kind, page.order) == ("missing", OrderFacts())

    async def test_says_nothing_of_a_second_press_on_going_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def support(_state: object) -> Actor:
            return officer(Permission.ORDERS_HOLD)

        monkeypatch.setattr(edge, "actor_of", support)
        page = made(HouseOrderState, address="/admin/orders/26-1119-S96B-T")
        page.order = OrderFacts(number="26-1119-S96B-T", state="placed", can_hold=True)

        assert await page.resume() is None
        assert page.problem == ""


class TestProofRow:
    @pytest.mark.parametrize(
        ("kind", "photo", "words"),
        [
            (ProofKind.CODE, None, "By the buyer's code."),
            (ProofKind.PHOTO, "/objects/photo?sig=1", "By a photo at the door."),
        ],
    )
    def test_says_how_an_order_was_handed_over(self, kind: ProofKind, photo: str | None, words: str) -> None:
        proof = ProofView(number="26-0302-AB7C-4", kind=kind, photo_id=None, given_at=NOON)

        row = ProofRow.of(Seen(proof, photo), Reader.of(made(HouseOrderState, address="/admin/orders/26-0302-AB7C-4")))

        assert (row.words, row.photo) == (words, photo or "")
        assert row.at == "2026-03-02 15:00:00, Riyadh time"
