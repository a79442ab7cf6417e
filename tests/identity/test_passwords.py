"""Passwords, and how many are tried at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from marketplace.identity import passwords
from marketplace.kernel.errors import Unavailable


class TestMatches:
    def test_knows_the_password_and_no_other(self) -> None:
        kept = passwords.hash_password("market-demo-2026")

        assert passwords.matches("market-demo-2026", kept)
        assert not passwords.matches("market-demo-2027", kept)
        assert not passwords.matches("market-demo-2026", None)
        assert not passwords.matches("market-demo-2026", "no hash at all")

    def test_asks_to_come_again_where_too_many_stand_before_him(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(passwords, "PATIENCE_SECONDS", 0.0)
        inside, done = Barrier(passwords.AT_ONCE + 1), Barrier(passwords.AT_ONCE + 1)

        def stand() -> None:
            with passwords._turn():
                inside.wait(10)
                done.wait(10)

        with ThreadPoolExecutor(passwords.AT_ONCE) as others:
            standing = [others.submit(stand) for _ in range(passwords.AT_ONCE)]
            inside.wait(10)
            with pytest.raises(Unavailable, match="try again in a minute"):
                passwords.matches("market-demo-2026", None)
            done.wait(10)

        assert [one.result() for one in standing] == [None] * passwords.AT_ONCE
        assert not passwords.matches("market-demo-2026", None)
