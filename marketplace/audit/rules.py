"""How an entry is hashed, and how hashes are chained."""

import hashlib
from typing import Any, Final

import orjson

FIRST_HASH: Final = "0" * 64
"""What stands before the first link."""

UNSEALED_FOR_SECONDS: Final = 60
"""An entry that waits longer for its seal is a breach."""


def content_hash(content: dict[str, Any]) -> str:
    """Hash an entry's content: SHA-256 of its canonical JSON."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def link_hash(previous_hash: str, sequence: int, content: str) -> str:
    """Hash a link: the one before it, its place, and what it holds."""
    return hashlib.sha256(f"{previous_hash}:{sequence}:{content}".encode()).hexdigest()
