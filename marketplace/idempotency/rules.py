"""What makes two wishes the same."""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

import orjson

ORDINARY_DAYS: Final = 1
"""How long an answer is kept, in general (domain-rules B2)."""

LONG_DAYS: Final = 7
"""How long it is kept where money, stock or orders move (domain-rules B2)."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish of one caller, by the name he gave it: scope is who asked for what, key is his name for it."""

    scope: str
    key: str
    fingerprint: str
    keeps_days: int = ORDINARY_DAYS


def fingerprint(content: Any) -> str:  # noqa: ANN401 (whatever JSON was asked)
    """Hash what is asked: SHA-256 of its canonical JSON."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
