"""Wishes, and what they were answered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from marketplace import idempotency
from marketplace.idempotency import InProgress, KeyReused, StoredAnswer, Wish
from marketplace.kernel.actor import system
from marketplace.kernel.work import Database, UnitOfWork

WISH = Wish(scope="somebody:orders", key="k-1", fingerprint="f-1")
SOMEBODY = system("test")
ANSWER = StoredAnswer("201", b"done")


def answered(uow: UnitOfWork, wish: Wish) -> None:
    """Take a wish on and answer it."""
    idempotency.claim(uow, wish=wish)
    idempotency.answer(uow, wish=wish, outcome=ANSWER.outcome, body=ANSWER.body)
    uow.session.flush()


class TestClaim:
    def test_gives_the_answer_as_long_as_it_is_kept_and_forgets_it_then(self, uow: UnitOfWork) -> None:
        answered(uow, WISH)
        last_moment = uow.now + timedelta(days=WISH.keeps_days) - timedelta(seconds=1)

        assert idempotency.claim(replace(uow, now=last_moment), wish=WISH) == ANSWER
        assert idempotency.claim(replace(uow, now=last_moment + timedelta(seconds=1)), wish=WISH) is None
        assert idempotency.claim(uow, wish=WISH) is None

    def test_refuses_a_key_that_was_used_for_something_else(self, uow: UnitOfWork) -> None:
        answered(uow, WISH)

        with pytest.raises(KeyReused):
            idempotency.claim(uow, wish=replace(WISH, fingerprint="f-2"))

    def test_says_that_the_same_wish_is_still_being_worked_on(self, real_database: Database) -> None:
        with real_database.unit(SOMEBODY) as first, real_database.unit(SOMEBODY) as second:
            assert idempotency.claim(first, wish=WISH) is None
            with pytest.raises(InProgress) as refusal:
                idempotency.claim(second, wish=WISH)

        assert refusal.value.retry_after_seconds == 1
        with real_database.unit(SOMEBODY) as later:
            assert idempotency.claim(later, wish=WISH) is None


class TestForgetExpired:
    def test_takes_away_what_is_over_and_leaves_the_rest(self, uow: UnitOfWork) -> None:
        longer = replace(WISH, key="k-2", keeps_days=WISH.keeps_days + 1)
        answered(uow, WISH)
        answered(uow, longer)

        forgotten = idempotency.forget_expired(uow, before=uow.now + timedelta(days=WISH.keeps_days, seconds=1))

        assert forgotten == 1
        assert idempotency.claim(uow, wish=WISH) is None
        assert idempotency.claim(uow, wish=longer) == ANSWER
