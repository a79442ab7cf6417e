"""Where a request comes from, as far as it can be believed."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from starlette.requests import HTTPConnection

from marketplace.identity import THIS_MACHINE
from marketplace.settings import Environment, settings

UNKNOWN: Final = "unknown"


def network_of(connection: HTTPConnection) -> str:
    """Name the network a caller sits in: his address, or the /64 around it where it is of version 6.

    A proxy's word counts only for as many hops as the settings name; whatever the caller wrote before that does not.
    In development, scripts and tests of this very machine are no crowd of strangers; in production, its address may be
    everybody's, behind a proxy that nobody has told us of.
    """
    hops = settings().proxy_hops
    told = [part.strip() for part in connection.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    if hops and len(told) >= hops:
        return _network(told[-hops])
    network = _network(connection.client.host) if connection.client else UNKNOWN
    is_own = network != UNKNOWN and ip_network(network).is_loopback
    return THIS_MACHINE if is_own and settings().environment is Environment.DEVELOPMENT else network


def _network(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        return UNKNOWN
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network(f"{address}/64", strict=False))
    return str(address)
