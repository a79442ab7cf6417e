"""Notices: told once, read once, forgotten in time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from marketplace import notifications
from marketplace.events.models import OutboxMessage
from marketplace.kernel.actor import Actor, system, visitor
from marketplace.kernel.ids import EventId, NotificationId, UserId, new_uuid
from marketplace.kernel.work import Database, UnitOfWork
from marketplace.notifications import Answer, Notice, NotificationNotFound, SendOutcome, SendState
from marketplace.notifications.models import Notification, Question, Send
from tests.factories.people import make_store

ABOUT = {"number": "25-1201-6X2D-1", "amount": {"minor": 11500, "currency": "SAR"}}


def reader(uow: UnitOfWork) -> Actor:
    user, _ = make_store(uow)
    return Actor(name="reader", user_id=user.id)


def told(uow: UnitOfWork, *readers: Actor, rule: str = "sale_placed", event_id: EventId | None = None) -> EventId:
    event = event_id or EventId(new_uuid())
    user_ids = [reader.user_id for reader in readers if reader.user_id is not None]
    notifications.notify(uow, rule=rule, user_ids=user_ids, about=ABOUT, event_id=event)
    return event


DECIDE = "decide:25-1201-6X2D-1"


def asked(uow: UnitOfWork, *readers: Actor, at: datetime, rule: str = "sale_placed", question: str = DECIDE) -> None:
    user_ids = [reader.user_id for reader in readers if reader.user_id is not None]
    event_id = EventId(new_uuid())
    notices = [Notice(rule, user_id, event_id, ABOUT, at, question) for user_id in user_ids]
    notifications.notify_all(uow, notices=notices)


def answer(uow: UnitOfWork, *, at: datetime, question: str = DECIDE) -> None:
    notifications.answer_all(uow, answers=[Answer(question, at)])


class TestNotify:
    def test_keeps_the_facts_and_chooses_the_words_when_read(self, uow: UnitOfWork) -> None:
        actor = reader(uow)
        told(uow, actor)

        (notice,) = notifications.newest(actor, uow.session).items

        assert (notice.title("en"), notice.body("en")) == (
            "New order 25-1201-6X2D-1",
            "SAR\xa0115.00. Accept or decline it.",
        )
        assert notice.title("ar") == "طلب جديد \u206825-1201-6X2D-1\u2069"
        assert (notice.link, notice.is_urgent, notice.read_at) == ("/vendor/orders/25-1201-6X2D-1", True, None)
        assert notice.made_at == uow.now

    def test_tells_one_person_of_one_fact_once(self, uow: UnitOfWork) -> None:
        first, second = reader(uow), reader(uow)
        event_id = told(uow, first)
        before = len(uow.session.exec(select(OutboxMessage)).all())

        told(uow, first, first, event_id=event_id)
        told(uow, first, second, event_id=event_id)

        assert [notifications.unread(actor, uow.session) for actor in (first, second)] == [1, 1]
        rung = uow.session.exec(select(OutboxMessage).order_by(col(OutboxMessage.position))).all()[before:]
        assert [message.envelope["body"]["user_ids"] for message in rung] == [[str(second.user_id)]]

    def test_tells_the_same_fact_by_two_rules(self, uow: UnitOfWork) -> None:
        actor = reader(uow)
        event_id = told(uow, actor)

        told(uow, actor, rule="sale_delivered", event_id=event_id)

        assert notifications.unread(actor, uow.session) == 2

    def test_rings_the_bells_of_all_it_told(self, uow: UnitOfWork) -> None:
        actors = [reader(uow) for _ in range(3)]
        told(uow, *actors)

        fact = uow.session.exec(select(OutboxMessage).where(OutboxMessage.topic == "notifications.noticed.v1")).one()

        assert fact.envelope["body"]["user_ids"] == sorted(str(actor.user_id) for actor in actors)

    def test_queues_letters_for_the_rules_that_have_them(self, uow: UnitOfWork) -> None:
        actor = reader(uow)
        told(uow, actor, rule="sale_placed")
        told(uow, actor, rule="sale_held")

        letters = uow.session.exec(select(Send)).all()

        assert [(letter.user_id, letter.state) for letter in letters] == [(actor.user_id, SendState.QUEUED)]

    def test_tells_nobody_when_there_is_nobody(self, uow: UnitOfWork) -> None:
        told(uow)

        assert uow.session.exec(select(Notification)).all() == []


class TestNewest:
    def test_turns_pages_by_key(self, uow: UnitOfWork) -> None:
        actor = reader(uow)
        made = [told(uow, actor) for _ in range(5)]

        first = notifications.newest(actor, uow.session, limit=2)
        second = notifications.newest(actor, uow.session, limit=2, cursor=first.next_cursor)
        third = notifications.newest(actor, uow.session, limit=2, cursor=second.next_cursor)

        seen = [notice.id for page in (first, second, third) for notice in page.items]
        by_event = {row.event_id: row.id for row in uow.session.exec(select(Notification)).all()}
        assert seen == [by_event[event_id] for event_id in reversed(made)]
        assert third.next_cursor is None

    def test_shows_each_his_own(self, uow: UnitOfWork) -> None:
        mine, theirs = reader(uow), reader(uow)
        told(uow, theirs)

        assert notifications.newest(mine, uow.session).items == ()
        assert notifications.newest(visitor(), uow.session).items == ()
        assert notifications.unread(visitor(), uow.session) == 0


class TestMarkRead:
    def test_notes_the_first_reading(self, uow: UnitOfWork) -> None:
        actor = reader(uow)
        told(uow, actor)
        (notice,) = notifications.newest(actor, uow.session).items

        seen = notifications.mark_read(actor, uow, notification_id=notice.id)

        assert (notice.is_new, seen.is_new) == (True, False)
        assert seen.read_at == uow.now
        assert notifications.mark_read(actor, uow, notification_id=notice.id) == seen
        assert notifications.newest(actor, uow.session, state="unread").items == ()
        assert [one.id for one in notifications.newest(actor, uow.session, state="read").items] == [notice.id]

    def test_finds_no_notice_of_others(self, uow: UnitOfWork) -> None:
        actor = reader(uow)
        told(uow, actor)
        (notice,) = notifications.newest(actor, uow.session).items

        with pytest.raises(NotificationNotFound):
            notifications.mark_read(reader(uow), uow, notification_id=notice.id)

        assert notifications.unread(actor, uow.session) == 1


class TestReadAll:
    def test_leaves_what_came_later_unread(self, uow: UnitOfWork) -> None:
        actor = reader(uow)
        for _ in range(3):
            told(uow, actor)
        latest, seen, _ = notifications.newest(actor, uow.session).items

        count = notifications.read_all(actor, uow, up_to=seen.id)

        assert count == 2
        assert [notice.id for notice in notifications.newest(actor, uow.session, state="unread").items] == [latest.id]

    def test_finds_no_notice_of_others(self, uow: UnitOfWork) -> None:
        with pytest.raises(NotificationNotFound):
            notifications.read_all(reader(uow), uow, up_to=NotificationId(new_uuid()))


class TestAnswerAll:
    def test_settles_the_notices_of_all_who_were_asked(self, uow: UnitOfWork) -> None:
        first, second = reader(uow), reader(uow)
        asked(uow, first, second, at=uow.now)
        later = uow.now + timedelta(minutes=4)

        answer(uow, at=later)

        for actor in (first, second):
            (notice,) = notifications.newest(actor, uow.session).items
            assert (notice.asks, notice.answered_at, notice.read_at) == (False, later, None)
            assert not notice.is_new
            assert notifications.unread(actor, uow.session) == 0
            assert notifications.newest(actor, uow.session, state="unread").items == ()
            assert notifications.newest(actor, uow.session, state="read").items == (notice,)

    def test_tells_the_bells_of_those_it_settled(self, uow: UnitOfWork) -> None:
        actors = [reader(uow) for _ in range(3)]
        asked(uow, *actors, at=uow.now)
        answer(uow, at=uow.now)
        answer(uow, at=uow.now)

        fact = uow.session.exec(select(OutboxMessage).where(OutboxMessage.topic == "notifications.answered.v1")).one()

        assert fact.envelope["body"]["user_ids"] == sorted(str(actor.user_id) for actor in actors)

    def test_settles_a_notice_that_comes_after_its_answer_and_sends_no_letter_of_it(self, uow: UnitOfWork) -> None:
        actor = reader(uow)
        answer(uow, at=uow.now)

        asked(uow, actor, at=uow.now - timedelta(seconds=5))

        (notice,) = notifications.newest(actor, uow.session).items
        assert (notice.asks, notice.answered_at) == (False, uow.now)
        assert notifications.unread(actor, uow.session) == 0
        assert uow.session.exec(select(Send)).all() == []

    def test_leaves_what_is_asked_anew_after_it(self, uow: UnitOfWork) -> None:
        actor = reader(uow)
        answer(uow, at=uow.now)

        asked(uow, actor, at=uow.now + timedelta(seconds=5))
        answer(uow, at=uow.now + timedelta(seconds=1))

        (notice,) = notifications.newest(actor, uow.session).items
        assert (notice.asks, notice.answered_at) == (True, None)

    def test_keeps_the_latest_answer_whichever_is_heard_last(self, uow: UnitOfWork) -> None:
        actor = reader(uow)
        late = uow.now + timedelta(hours=1)
        answer(uow, at=late)
        answer(uow, at=uow.now)

        asked(uow, actor, at=uow.now + timedelta(minutes=1))

        assert notifications.newest(actor, uow.session).items[0].answered_at == late

    def test_leaves_other_questions_and_what_asks_nothing(self, uow: UnitOfWork) -> None:
        actor = reader(uow)
        told(uow, actor)
        asked(uow, actor, at=uow.now, question="decide:another")

        answer(uow, at=uow.now + timedelta(hours=1))

        assert notifications.unread(actor, uow.session) == 2
        assert sorted(notice.asks for notice in notifications.newest(actor, uow.session).items) == [False, True]

    def test_waits_for_whoever_asks_at_the_same_moment(self, real_database: Database) -> None:
        with real_database.unit(system("test")) as uow:
            actor, now = reader(uow), uow.now

        def answered() -> None:
            with real_database.unit(system("test")) as unit:
                answer(unit, at=now + timedelta(seconds=1))

        with ThreadPoolExecutor() as beside:
            with real_database.unit(system("test")) as uow:
                asked(uow, actor, at=now)
                answering = beside.submit(answered)
                with pytest.raises(TimeoutError):
                    answering.result(timeout=0.5)
            answering.result(timeout=5)

        with real_database.unit(system("test")) as uow:
            assert notifications.unread(actor, uow.session) == 0


class TestSends:
    def test_are_claimed_by_one_at_a_time(self, uow: UnitOfWork) -> None:
        told(uow, reader(uow))

        assert len(notifications.claim_sends(uow)) == 1
        uow.session.flush()
        assert notifications.claim_sends(uow) == ()

    def test_are_sent_once_and_noted(self, uow: UnitOfWork) -> None:
        told(uow, reader(uow))
        (send,) = notifications.claim_sends(uow)

        notifications.record_sends(uow, outcomes=[SendOutcome(send, carrier_key="here")])

        letter = uow.session.exec(select(Send)).one()
        assert (letter.state, letter.carrier_key, letter.sent_at, letter.tries) == ("sent", "here", uow.now, 1)

    def test_wait_longer_after_each_failure_and_are_given_up_after_ten(self, uow: UnitOfWork) -> None:
        told(uow, reader(uow))
        letter = uow.session.exec(select(Send)).one()
        waits = []
        for _ in range(10):
            letter.next_at = uow.now
            uow.session.flush()
            (send,) = notifications.claim_sends(uow)
            notifications.record_sends(uow, outcomes=[SendOutcome(send, error="no answer")])
            uow.session.refresh(letter)
            waits.append((letter.next_at - uow.now).total_seconds())

        assert waits[:9] == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
        assert (letter.state, letter.last_error, letter.tries) == ("failed", "no answer", 10)


class TestForgetOld:
    def test_forgets_the_questions_of_before(self, uow: UnitOfWork) -> None:
        asked(uow, reader(uow), at=uow.now)

        notifications.forget_old(uow, before=uow.now)
        assert [row.question for row in uow.session.exec(select(Question)).all()] == [DECIDE]

        notifications.forget_old(uow, before=uow.now + timedelta(seconds=1))
        assert uow.session.exec(select(Question)).all() == []

    def test_keeps_money_and_what_is_young(self, uow: UnitOfWork) -> None:
        actor = reader(uow)
        assert actor.user_id is not None
        paid = {**ABOUT, "reference": "R-1"}
        for rule, about in (("sale_placed", ABOUT), ("payout_paid", paid)):
            notifications.notify(
                uow, rule=rule, user_ids=[UserId(actor.user_id)], about=about, event_id=EventId(new_uuid())
            )

        assert notifications.forget_old(uow, before=uow.now) == 0
        assert notifications.forget_old(uow, before=uow.now + timedelta(seconds=1)) == 1
        assert [notice.rule for notice in notifications.newest(actor, uow.session).items] == ["payout_paid"]
