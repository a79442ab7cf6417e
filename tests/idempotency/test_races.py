"""One wish, asked for twice at the same moment."""

import pytest

from marketplace import idempotency
from marketplace.idempotency import InProgress, Wish
from marketplace.kernel.actor import system
from marketplace.kernel.work import Database

WISH = Wish(scope="somebody:orders", key="k-1", fingerprint="f-1")
SOMEBODY = system("test")


class TestTwoWhoAsk:
    def test_are_told_that_the_first_is_still_being_worked_on(self, real_database: Database) -> None:
        with real_database.unit(SOMEBODY) as first, real_database.unit(SOMEBODY) as second:
            assert idempotency.claim(first, wish=WISH) is None
            with pytest.raises(InProgress) as refusal:
                idempotency.claim(second, wish=WISH)

        assert refusal.value.retry_after_seconds == 1
        with real_database.unit(SOMEBODY) as later:
            assert idempotency.claim(later, wish=WISH) is None
