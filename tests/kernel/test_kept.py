"""What is remembered between requests."""

from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy.orm import Session

from marketplace.kernel.kept import KEPT, Memory, forget, kept, lasting

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class TestKept:
    def test_is_read_once_a_second(self) -> None:
        memory: Memory = {}
        session = Session(info={KEPT: memory})
        answers = count(1)
        instants = [NOON + timedelta(milliseconds=after) for after in (0, 999, 1000, 1500, -1)]

        given = [kept(session, "figure", at=instant, read=lambda: next(answers)) for instant in instants]

        assert given == [1, 1, 2, 2, 3]

    def test_is_forgotten_by_who_changes_it(self) -> None:
        memory: Memory = {}
        changing = Session(info={KEPT: memory})
        kept(changing, "figure", at=NOON, read=lambda: 1)

        forget(changing)

        assert kept(changing, "figure", at=NOON, read=lambda: 2) == 2
        assert memory == {}

    def test_is_nothing_to_a_session_that_nobody_opened(self) -> None:
        session = Session()

        answers = count(1)

        assert [kept(session, "figure", at=NOON, read=lambda: next(answers)) for _ in range(2)] == [1, 2]


class TestLasting:
    def test_holds_for_every_instant_until_it_is_forgotten(self) -> None:
        session = Session(info={KEPT: dict[object, object]()})
        answers = count(1)

        before = [lasting(session, "versions", read=lambda: next(answers)) for _ in range(3)]
        forget(session)

        assert before == [1, 1, 1]
        assert lasting(session, "versions", read=lambda: next(answers)) == 2
