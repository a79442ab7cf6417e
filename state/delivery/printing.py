"""How the road prints what several of its pages show."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from marketplace.delivery import StopKind, StopState, StopView
from marketplace.kernel.text import in_line
from state.account.address_form import town_of
from state.reader import Reader

STREET: Final = ("line1", "line2")
TOWN: Final = ("city", "region", "postal_code")


def street(address: Mapping[str, Any]) -> str:
    """The part of an address that is said at the door."""
    return in_line(str(address.get(part) or "") for part in STREET)


def town(address: Mapping[str, Any]) -> str:
    """The part of an address that is said on the way."""
    city, region, postal_code = (str(address.get(part) or "") for part in TOWN)
    return in_line((str(address.get("district") or ""), town_of(city, region, postal_code)))


def whole(address: Mapping[str, Any]) -> str:
    """An address in one line."""
    return in_line((street(address), town(address)))


def on_a_map(address: Mapping[str, Any]) -> str:
    """What to look for on a map, fit for an address bar."""
    return quote(whole(address))


def doing(stop: StopView, reader: Reader) -> str:
    """What is to be done at a stop, and with how many pieces."""
    if stop.kind is StopKind.PICKUP:
        return reader.count("Pick up, {count} piece", "Pick up, {count} pieces", stop.pieces)
    if stop.state is StopState.RETURNING:
        return reader.count("Bring back, {count} piece", "Bring back, {count} pieces", stop.pieces)
    return reader.count("Deliver, {count} piece", "Deliver, {count} pieces", stop.pieces)
