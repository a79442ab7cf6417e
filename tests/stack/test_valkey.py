"""The Valkey we bring along."""

from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import AuthenticationError

from marketplace.stack.processes import launch, stop, wait_for
from marketplace.stack.valkey import Valkey


class TestValkey:
    def test_keeps_data_and_address_over_a_restart(self, tmp_path: Path) -> None:
        addresses = []
        for round_ in range(2):
            server = Valkey(tmp_path / "valkey")
            program = server.prepare()
            process = launch(program)
            assert wait_for(server.is_ready, process, within=10)
            addresses.append(server.url)
            with Redis.from_url(server.url, decode_responses=True) as client:
                if round_ == 0:
                    client.set("kept", "still here")
                assert client.get("kept") == "still here"
            stop(process, program)

        assert addresses[0] == addresses[1]

    def test_lets_nobody_in_without_the_password(self, tmp_path: Path) -> None:
        server = Valkey(tmp_path / "valkey")
        program = server.prepare()
        process = launch(program)
        assert wait_for(server.is_ready, process, within=10)

        with Redis(port=server.port) as stranger, pytest.raises(AuthenticationError):
            stranger.ping()

        stop(process, program)

    def test_hides_its_password_from_other_users(self, tmp_path: Path) -> None:
        server = Valkey(tmp_path / "valkey")
        server.prepare()

        assert (tmp_path / "valkey" / "password").stat().st_mode & 0o777 == 0o600
        assert (tmp_path / "valkey" / "valkey.conf").stat().st_mode & 0o777 == 0o600
        assert (tmp_path / "valkey").stat().st_mode & 0o777 == 0o700
