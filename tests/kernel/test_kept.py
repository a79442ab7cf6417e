"""What is remembered between requests."""

import time
from itertools import count

import pytest
from sqlalchemy.orm import Session

from marketplace.kernel.kept import KEPT, Memory, forget, kept


class TestKept:
    def test_is_read_once_a_second(self, monkeypatch: pytest.MonkeyPatch) -> None:
        memory: Memory = {}
        session = Session(info={KEPT: memory})
        answers, instants = count(1), iter((7.0, 7.999, 8.0, 8.5))
        monkeypatch.setattr(time, "monotonic", lambda: next(instants))

        given = [kept(session, "figure", read=lambda: next(answers)) for _ in range(4)]

        assert given == [1, 1, 2, 2]

    def test_is_forgotten_by_who_changes_it(self) -> None:
        memory: Memory = {}
        changing = Session(info={KEPT: memory})
        kept(changing, "figure", read=lambda: 1)

        forget(changing)

        assert kept(changing, "figure", read=lambda: 2) == 2
        assert memory == {}

    def test_is_nothing_to_a_session_that_nobody_opened(self) -> None:
        session = Session()

        answers = count(1)

        assert [kept(session, "figure", read=lambda: next(answers)) for _ in range(2)] == [1, 2]
