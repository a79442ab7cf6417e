"""A word to the next page: why a form was refused and what was typed, in a signed cookie that lasts a minute."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final

import orjson

from marketplace.kernel.clock import utc_now

FLASH_COOKIE: Final = "flash"
LASTS_SECONDS: Final = 60
LONGEST_VALUE: Final = 200
NEVER_KEPT: Final = frozenset({"password"})


@dataclass(frozen=True, slots=True)
class Flash:
    """What a page shows above the form that was refused: in the reader's language, beside what he had typed."""

    code: str
    message: str
    fields: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)


def write_flash(flash: Flash, *, secret: str) -> str:
    """Make the cookie's value. Passwords are left out, long values cut."""
    kept = {name: value[:LONGEST_VALUE] for name, value in flash.values.items() if name not in NEVER_KEPT}
    expires = int(utc_now().timestamp()) + LASTS_SECONDS
    body = orjson.dumps({**asdict(flash), "values": kept, "expires": expires})
    return f"{base64.urlsafe_b64encode(body).decode().rstrip('=')}.{_signature(body, secret)}"


def read_flash(cookies: Mapping[str, str], *, secret: str) -> Flash | None:
    """Read the word for this page; one that is late, torn or not ours is no word."""
    text, _, signature = cookies.get(FLASH_COOKIE, "").partition(".")
    try:
        body = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        if not hmac.compare_digest(_signature(body, secret).encode(), signature.encode()):
            return None
        told = orjson.loads(body)
    except (ValueError, binascii.Error):
        return None
    if told.pop("expires") < utc_now().timestamp():
        return None
    return Flash(**told)


def _signature(body: bytes, secret: str) -> str:
    key = hmac.new(secret.encode(), b"flash", hashlib.sha256).digest()
    return hmac.new(key, body, hashlib.sha256).hexdigest()
