"""The cookies we set: who is signed in, and which device a visitor holds."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from starlette.responses import Response

from marketplace.kernel.ids import DeviceId
from marketplace.settings import settings

SESSION_COOKIE: Final = "sid"
"""HttpOnly, SameSite=Lax: the key of a session, of which the database keeps only a hash."""

DEVICE_COOKIE: Final = "device"
"""SameSite=Lax: names a browser, so that a visitor's cart is found again. HttpOnly where we give it.

A first page that is everybody's can set no cookie: a script in it does (`rest/first.py`).
"""

A_YEAR: Final = 365 * 24 * 60 * 60


def give_device(answer: Response, device_id: DeviceId) -> None:
    """Name a browser."""
    is_encrypted = settings().public_url.startswith("https://")
    answer.set_cookie(
        DEVICE_COOKIE,
        str(device_id),
        max_age=A_YEAR,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_encrypted,
    )


def device_of(cookies: Mapping[str, str]) -> DeviceId | None:
    """Read the device from the cookies of a request; a cookie that is no device is no cookie."""
    try:
        return DeviceId(UUID(cookies[DEVICE_COOKIE]))
    except (KeyError, ValueError):
        return None
