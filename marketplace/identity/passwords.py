"""Passwords: Argon2id, and never more at once than memory and cores allow."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from marketplace.kernel.errors import Unavailable

AT_ONCE: Final = 2
PATIENCE_SECONDS: Final = 10.0

_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
_NOBODYS: Final = "$argon2id$v=19$m=19456,t=2,p=1$xRoDNapwV0pRCi/n4aXTXw$LDRNti1mqWFKTf4t/lXkFSzaRc7LuBR3eskWFlFNfio"
"""The hash that is tried for an account we do not know, so that it takes as long as one we know."""

_turnstile = threading.BoundedSemaphore(AT_ONCE)


def hash_password(password: str) -> str:
    """Make the hash that is kept. Takes tens of milliseconds: never inside a transaction."""
    with _turn():
        return _HASHER.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether this is the password; takes as long for an account that does not exist."""
    with _turn():
        try:
            _HASHER.verify(password_hash or _NOBODYS, password)
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether a hash was made with weaker parameters than today's, and should be made again at the next sign-in."""
    return _HASHER.check_needs_rehash(password_hash)


@contextmanager
def _turn() -> Iterator[None]:
    if not _turnstile.acquire(timeout=PATIENCE_SECONDS):
        raise Unavailable("Too many people are signing in at this moment: try again in a minute.")
    try:
        yield
    finally:
        _turnstile.release()
