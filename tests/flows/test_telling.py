"""Who is told what of each fact."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select

from marketplace import events, identity
from marketplace.delivery import Assigned, CashWentOverdue, CodeRenewed, HandedOver, PickedUp
from marketplace.events.models import Delivery
from marketplace.events.states import DeliveryState
from marketplace.flows.reactions import notifications as telling
from marketplace.flows.reactions import questions
from marketplace.flows.taking_in import consumers, take_in_batch
from marketplace.identity import StandingChanged, StoreKind, StoreOpened, StoreView, SystemRole, UserView
from marketplace.kernel import profile
from marketplace.kernel.actor import system
from marketplace.kernel.ids import HandOverId, OrderId, PayoutId, new_uuid
from marketplace.kernel.work import Database, UnitOfWork, Wiring
from marketplace.notifications import RULES, said
from marketplace.notifications.models import Notification
from marketplace.orders import (
    CancelReason,
    OrderCanceled,
    OrderDecided,
    OrderDeliveryFailed,
    OrderExpired,
    OrderNudged,
    OrderPlaced,
    OrderReady,
    OrderState,
    Side,
)
from marketplace.settlement import PayoutConfirmed, PayoutPaid, PayoutProposed
from tests.conftest import Today
from tests.factories.facts import sample, variants
from tests.factories.people import make_officer, make_store

NUMBER = "25-1201-6X2D-1"


@pytest.fixture
def wiring(wiring: Wiring) -> Wiring:
    return replace(wiring, consumers=consumers(telling.REACTIONS))


@pytest.fixture
def buyer(uow: UnitOfWork) -> tuple[UserView, StoreView]:
    return make_store(uow)


@pytest.fixture
def vendor(uow: UnitOfWork) -> tuple[UserView, StoreView]:
    return make_store(uow, kind=StoreKind.VENDOR, name="Dune Roasters")


Side_ = tuple[UserView, StoreView]


def about(buyer: Side_, vendor: Side_) -> dict[str, Any]:
    return {
        "order_id": OrderId(new_uuid()),
        "number": NUMBER,
        "store_id": vendor[1].id,
        "buyer_store_id": buyer[1].id,
        "placed_by": buyer[0].id,
    }


def hear(database: Database, *facts: events.Event) -> None:
    with database.unit(system("test")) as uow:
        events.emit(uow, *facts)
    while take_in_batch(database, telling.REACTIONS, consumer="notifications"):
        pass


def told(uow: UnitOfWork) -> set[tuple[str, str, str]]:
    """Everything that was told: to whom, by which rule, in which words."""
    people = {user.id: user.full_name for user in identity.users_by_id(uow.session, _readers(uow)).values()}
    rows = uow.session.exec(select(Notification)).all()
    return {(people[row.user_id], row.rule, said(RULES[row.rule].title, row.about, "en")) for row in rows}


def _readers(uow: UnitOfWork) -> list[Any]:
    return list(uow.session.exec(select(Notification.user_id)).all())


class TestTell:
    def test_reaches_both_sides_of_an_order(
        self, database: Database, uow: UnitOfWork, buyer: Side_, vendor: Side_
    ) -> None:
        hear(database, OrderPlaced(**about(buyer, vendor), total_minor=11500, currency="SAR"))

        assert told(uow) == {
            (vendor[0].full_name, "sale_placed", f"New order {NUMBER}"),
            (buyer[0].full_name, "order_received", f"We have your order {NUMBER}"),
        }

    def test_names_the_store_that_answered(
        self, database: Database, uow: UnitOfWork, buyer: Side_, vendor: Side_
    ) -> None:
        state = OrderState.PARTIALLY_ACCEPTED

        hear(database, OrderDecided(**about(buyer, vendor), state=state, total_minor=5000, currency="SAR"))

        title = f"Dune Roasters accepted a part of order {NUMBER}"
        assert told(uow) == {(buyer[0].full_name, "order_partly_accepted", title)}

    @pytest.mark.parametrize(
        ("by", "readers"), [(Side.BUYER, {"vendor"}), (Side.VENDOR, {"buyer"}), (Side.HOUSE, {"buyer", "vendor"})]
    )
    def test_leaves_out_whoever_canceled(
        self, database: Database, uow: UnitOfWork, buyer: Side_, vendor: Side_, by: Side, readers: set[str]
    ) -> None:
        fact = OrderCanceled(**about(buyer, vendor), reason=CancelReason.BUYER_CHANGED_MIND, by=by)

        hear(database, fact)

        names = {"buyer": buyer[0].full_name, "vendor": vendor[0].full_name}
        assert {reader for reader, _, _ in told(uow)} == {names[side] for side in readers}

    def test_reaches_the_people_of_the_house_by_what_they_may_do(
        self, database: Database, uow: UnitOfWork, buyer: Side_, vendor: Side_
    ) -> None:
        make_officer(uow, SystemRole.DISPATCHER)
        make_officer(uow, SystemRole.FINANCE)

        hear(database, OrderReady(**about(buyer, vendor)))

        assert told(uow) == {("Officer", "parcel_ready", f"Order {NUMBER} is ready at Dune Roasters")}
        assert len(_readers(uow)) == 1

    def test_tells_both_agents_when_a_parcel_changes_hands(
        self, database: Database, uow: UnitOfWork, buyer: Side_, vendor: Side_
    ) -> None:
        before, after = make_officer(uow, SystemRole.AGENT), make_officer(uow, SystemRole.AGENT)
        facts = {name: value for name, value in about(buyer, vendor).items() if name != "placed_by"}

        hear(database, Assigned(**facts, agent_id=after.id, from_agent_id=before.id))

        rules = {row.user_id: row.rule for row in uow.session.exec(select(Notification)).all()}
        assert rules == {after.id: "parcel_assigned", before.id: "parcel_taken_over"}

    def test_names_the_agent_who_brings_cash(self, database: Database, uow: UnitOfWork) -> None:
        make_officer(uow, SystemRole.CASHIER)
        agent = make_officer(uow, SystemRole.AGENT)

        hear(database, HandedOver(hand_over_id=HandOverId(new_uuid()), agent_id=agent.id))

        assert told(uow) == {("Officer", "hand_over_brought", "Officer brings cash")}

    def test_tells_the_buyer_alone_of_a_new_code_and_not_the_code(
        self, database: Database, uow: UnitOfWork, buyer: Side_, vendor: Side_
    ) -> None:
        facts = {name: value for name, value in about(buyer, vendor).items() if name != "placed_by"}
        agent = make_officer(uow, SystemRole.AGENT)

        hear(database, CodeRenewed(**facts, agent_id=agent.id))

        assert told(uow) == {
            (buyer[0].full_name, "order_code_renewed", f"Order {NUMBER} has a new delivery code"),
        }
        assert uow.session.exec(select(Notification.about)).all() == [{"number": NUMBER}]

    def test_tells_how_much_cash_is_overdue_to_the_agent_alone(self, database: Database, uow: UnitOfWork) -> None:
        cashier, agent = make_officer(uow, SystemRole.CASHIER), make_officer(uow, SystemRole.AGENT)

        hear(database, CashWentOverdue(agent_id=agent.id, amount_minor=149_00, currency="SAR"))

        rows = uow.session.exec(select(Notification)).all()
        assert {row.user_id: (row.rule, said(RULES[row.rule].body, row.about, "en")) for row in rows} == {
            agent.id: ("cash_overdue", "You have carried SAR\u00a0149.00 for too long."),
            cashier.id: ("cash_not_brought", "Ask for it to be brought in."),
        }
        assert "149" not in str([row.about for row in rows if row.user_id == cashier.id])

    def test_asks_for_approval_where_it_is_by_hand(self, database: Database, uow: UnitOfWork) -> None:
        profile.choose(profile.OKLAHOMA)
        make_officer(uow, SystemRole.COMPLIANCE)
        user, store = make_store(uow, kind=StoreKind.VENDOR, name="Red Dirt")

        hear(
            database,
            StoreOpened(store_id=store.id, kind=store.kind, is_live=store.is_live),
            StandingChanged(store_id=store.id, is_live=True, reasons=()),
        )

        assert told(uow) == {
            ("Officer", "store_to_approve", "Red Dirt wants to sell"),
            (user.full_name, "store_live", "Red Dirt is live"),
        }

    def test_says_when_it_happened_not_when_it_was_heard(
        self, database: Database, uow: UnitOfWork, clock: Today, buyer: Side_, vendor: Side_
    ) -> None:
        happened_at = clock.now
        with database.unit(system("test")) as unit:
            events.emit(unit, OrderReady(**about(buyer, vendor)))
        make_officer(uow, SystemRole.DISPATCHER)
        clock.advance(hours=3)

        hear(database)

        assert uow.session.exec(select(Notification.made_at)).one() == happened_at

    def test_takes_a_batch_of_facts_together(
        self, database: Database, uow: UnitOfWork, buyer: Side_, vendor: Side_
    ) -> None:
        facts = [OrderPlaced(**about(buyer, vendor), total_minor=100, currency="SAR") for _ in range(30)]

        hear(database, *facts)

        assert len(uow.session.exec(select(Notification)).all()) == 60
        pending = select(Delivery).where(col(Delivery.state) != DeliveryState.TAKEN)
        assert uow.session.exec(pending).all() == []


def waits(uow: UnitOfWork) -> dict[str, bool]:
    """By the rule of each notice, whether somebody still waits for what it asks."""
    rows = uow.session.exec(select(Notification)).all()
    return {row.rule: row.answered_at is None for row in rows if row.question is not None}


class TestAsking:
    def test_ends_for_the_vendor_when_the_order_is_decided(
        self, database: Database, uow: UnitOfWork, clock: Today, buyer: Side_, vendor: Side_
    ) -> None:
        order = about(buyer, vendor)
        hear(database, OrderPlaced(**order, total_minor=100, currency="SAR"), OrderNudged(**order, by=Side.BUYER))
        assert waits(uow) == {"sale_placed": True, "sale_nudged": True}
        clock.advance(minutes=5)

        hear(database, OrderDecided(**order, state=OrderState.ACCEPTED, total_minor=100, currency="SAR"))

        assert waits(uow) == {"sale_placed": False, "sale_nudged": False}

    @pytest.mark.parametrize("ending", ["expired", "canceled"])
    def test_ends_when_nobody_is_to_decide_any_more(
        self, database: Database, uow: UnitOfWork, clock: Today, buyer: Side_, vendor: Side_, ending: str
    ) -> None:
        order = about(buyer, vendor)
        ends = {
            "expired": OrderExpired(**order),
            "canceled": OrderCanceled(**order, reason=CancelReason.BUYER_CHANGED_MIND, by=Side.BUYER),
        }
        hear(database, OrderPlaced(**order, total_minor=100, currency="SAR"))
        clock.advance(minutes=5)

        hear(database, ends[ending])

        assert waits(uow) == {"sale_placed": False}

    def test_is_settled_though_the_answer_is_heard_first(
        self, database: Database, uow: UnitOfWork, clock: Today, buyer: Side_, vendor: Side_
    ) -> None:
        order = about(buyer, vendor)
        happened_at = clock.now
        clock.advance(minutes=5)
        hear(database, OrderDecided(**order, state=OrderState.REJECTED, total_minor=100, currency="SAR"))
        clock.now = happened_at

        hear(database, OrderPlaced(**order, total_minor=100, currency="SAR"))

        assert waits(uow) == {"sale_placed": False}

    def test_goes_over_to_the_agent_who_is_given_a_parcel_and_on_to_the_next(
        self, database: Database, uow: UnitOfWork, clock: Today, buyer: Side_, vendor: Side_
    ) -> None:
        make_officer(uow, SystemRole.DISPATCHER)
        first, second = make_officer(uow, SystemRole.AGENT), make_officer(uow, SystemRole.AGENT)
        order = about(buyer, vendor)
        parcel = {name: value for name, value in order.items() if name != "placed_by"}

        def standing() -> set[tuple[str, bool]]:
            rows = uow.session.exec(select(Notification)).all()
            names = {first.id: "first", second.id: "second"}
            return {
                (names.get(row.user_id, "dispatch"), row.answered_at is None)
                for row in rows
                if row.question is not None
            }

        hear(database, OrderReady(**order))
        assert standing() == {("dispatch", True)}
        clock.advance(minutes=1)
        hear(database, Assigned(**parcel, agent_id=first.id))
        assert standing() == {("dispatch", False), ("first", True)}
        clock.advance(minutes=1)
        hear(database, Assigned(**parcel, agent_id=second.id, from_agent_id=first.id))
        assert standing() == {("dispatch", False), ("first", False), ("second", True)}
        clock.advance(minutes=1)
        hear(database, PickedUp(**parcel, agent_id=second.id))
        assert standing() == {("dispatch", False), ("first", False), ("second", False)}

    def test_ends_for_the_cashier_too_when_the_agent_brings_his_cash(
        self, database: Database, uow: UnitOfWork, clock: Today
    ) -> None:
        make_officer(uow, SystemRole.CASHIER)
        agent = make_officer(uow, SystemRole.AGENT)
        hear(database, CashWentOverdue(agent_id=agent.id, amount_minor=149_00, currency="SAR"))
        assert waits(uow) == {"cash_overdue": True, "cash_not_brought": True}
        clock.advance(minutes=5)

        hear(database, HandedOver(hand_over_id=HandOverId(new_uuid()), agent_id=agent.id))

        assert waits(uow) == {"cash_overdue": False, "cash_not_brought": False, "hand_over_brought": True}

    def test_goes_from_the_first_person_to_the_second_with_a_large_payout(
        self, database: Database, uow: UnitOfWork, clock: Today, vendor: Side_
    ) -> None:
        make_officer(uow, SystemRole.FINANCE)
        payout: dict[str, Any] = {
            "payout_id": PayoutId(new_uuid()),
            "store_id": vendor[1].id,
            "amount_minor": 2_000_000,
            "currency": "SAR",
        }
        hear(database, PayoutProposed(**payout))
        clock.advance(hours=1)

        hear(database, PayoutConfirmed(**payout))
        assert waits(uow) == {"payout_proposed": False, "payout_needs_second": True}
        clock.advance(hours=1)

        hear(database, PayoutPaid(**payout, reference="R-1"))
        assert waits(uow) == {"payout_proposed": False, "payout_needs_second": False}

    def test_plans_the_next_attempt_until_there_is_none(
        self, database: Database, uow: UnitOfWork, clock: Today, buyer: Side_, vendor: Side_
    ) -> None:
        make_officer(uow, SystemRole.DISPATCHER)
        order = about(buyer, vendor)
        hear(database, OrderDeliveryFailed(**order, reason="nobody_home", attempts=1, is_returning=False))
        assert waits(uow) == {"parcel_missed": True}
        clock.advance(hours=1)

        hear(database, OrderDeliveryFailed(**order, reason="nobody_home", attempts=3, is_returning=True))

        assert waits(uow) == {"parcel_missed": False, "sale_going_back": True}


class TestTellers:
    @pytest.mark.parametrize("kind", telling.TELLERS, ids=lambda kind: kind.__name__)
    def test_give_all_the_facts_that_the_words_need(self, kind: type[Any]) -> None:
        for saying in telling.TELLERS[kind](sample(kind)):
            facts = dict(saying.about)
            if saying.store is not None:
                facts["store"] = "Dune Roasters"
            if saying.agent is not None:
                facts["agent"] = "Badr"
            rule = RULES[saying.rule]

            assert "{" not in "".join(
                [said(rule.title, facts, "en"), said(rule.body, facts, "ar"), rule.link.format_map(facts)]
            )

    def test_use_every_rule(self) -> None:
        used = {
            saying.rule
            for kind, teller in telling.TELLERS.items()
            for variant in variants(sample(kind))
            for saying in teller(variant)
        }

        assert used == set(RULES)


def deeds(named: Iterable[str | None]) -> set[str]:
    """What is to be done, without what it is to be done to."""
    return {question.partition(":")[0] for question in named if question is not None}


class TestQuestions:
    def test_have_facts_that_answer_them_and_no_fact_answers_what_nobody_asks(self) -> None:
        asked = deeds(
            saying.asks
            for kind, teller in telling.TELLERS.items()
            for variant in variants(sample(kind))
            for saying in teller(variant)
        )
        answered = deeds(
            question
            for kind, answering in questions.ANSWERS.items()
            for variant in variants(sample(kind))
            for question in answering(variant)
        )

        assert asked == answered

    @pytest.mark.parametrize("kind", set(telling.TELLERS) & set(questions.ANSWERS), ids=lambda kind: kind.__name__)
    def test_are_not_answered_by_the_fact_that_asks_them(self, kind: type[Any]) -> None:
        for variant in variants(sample(kind)):
            asked = {saying.asks for saying in telling.TELLERS[kind](variant)}

            assert asked.isdisjoint(questions.ANSWERS[kind](variant))
