"""Where a request comes from."""

from collections.abc import Iterator

import pytest
from starlette.requests import Request

from marketplace.identity import THIS_MACHINE
from marketplace.rest.network import network_of
from marketplace.settings import settings


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


def asked(address: str, forwarded: str = "") -> Request:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    return Request({"type": "http", "client": (address, 1), "headers": headers})


class TestNetworkOf:
    def test_is_the_address_of_the_caller_or_the_network_around_it(self) -> None:
        assert network_of(asked("192.0.2.7")) == "192.0.2.7"
        assert network_of(asked("2001:db8:1:2:3::4")) == "2001:db8:1:2::/64"
        assert network_of(asked("testclient")) == "unknown"

    def test_believes_as_many_proxies_as_the_settings_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert network_of(asked("192.0.2.7", "203.0.113.9")) == "192.0.2.7"

        monkeypatch.setenv("MARKETPLACE_PROXY_HOPS", "1")
        settings.cache_clear()

        assert network_of(asked("192.0.2.7", "198.51.100.1, 203.0.113.9")) == "203.0.113.9"

    @pytest.mark.parametrize(("environment", "network"), [("development", THIS_MACHINE), ("production", "127.0.0.1")])
    def test_forgives_this_machine_in_development_alone(
        self, monkeypatch: pytest.MonkeyPatch, environment: str, network: str
    ) -> None:
        monkeypatch.setenv("MARKETPLACE_ENVIRONMENT", environment)
        settings.cache_clear()

        assert network_of(asked("127.0.0.1")) == network
