"""Pages of a list, by key: where the last one ended, never how many were skipped."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

import orjson

from marketplace.kernel.errors import Invalid

T = TypeVar("T")
U = TypeVar("U")

DEFAULT_LIMIT: Final = 24
MAX_LIMIT: Final = 100
MAX_CURSOR_LENGTH: Final = 512


@dataclass(frozen=True, slots=True)
class Cursor:
    """The sort key of the last item that was seen, opaque to the outside."""

    key: tuple[str | int, ...]

    def encode(self) -> str:
        """Print it for a URL."""
        return base64.urlsafe_b64encode(orjson.dumps(self.key)).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, *, length: int) -> "Cursor":
        """Read it back; whatever is not a cursor of that many parts is refused."""
        refused = _not_ours()
        if len(text) > MAX_CURSOR_LENGTH:
            raise refused
        try:
            key = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (ValueError, binascii.Error) as error:
            raise refused from error
        if not isinstance(key, list) or len(key) != length or not all(isinstance(part, str | int) for part in key):
            raise refused
        return cls(tuple(key))


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items, and the mark to go on from when there are more."""

    items: tuple[T, ...]
    next_cursor: str | None = None

    @classmethod
    def of(cls, found: Sequence[T], *, limit: int, key: Callable[[T], tuple[str | int, ...]]) -> "Page[T]":
        """Cut a page from up to limit + 1 items found: the one too many only says that there are more."""
        items = tuple(found[:limit])
        more = len(found) > limit
        return cls(items, Cursor(key(items[-1])).encode() if more else None)

    def map(self, change: Callable[[T], U]) -> "Page[U]":
        """The same page of something else."""
        return Page(tuple(change(item) for item in self.items), self.next_cursor)


@dataclass(frozen=True, slots=True)
class JsonRows:
    """Rows as the database wrote them, in REST's shape: passed on as they are, looked into by nobody."""

    body: bytes


def parts_of(cursor: str, *kinds: Callable[[str], Any]) -> tuple[Any, ...]:
    """Read the mark of a list by what its sort key is made of; a part that says nothing of its kind is refused."""
    key = Cursor.decode(cursor, length=len(kinds)).key
    try:
        return tuple(read(str(part)) for read, part in zip(kinds, key, strict=True))
    except ValueError as error:
        raise _not_ours() from error


def id_in(cursor: str) -> UUID:
    """Read the mark of a list that is sorted by identity alone."""
    last: UUID
    (last,) = parts_of(cursor, UUID)
    return last


def id_and_name(cursor: str) -> tuple[UUID, str]:
    """Read the mark of a list that is sorted by identity, then by a name."""
    last, name = parts_of(cursor, UUID, a_name)
    return last, name


def instant_and_id(cursor: str) -> tuple[datetime, UUID]:
    """Read a cursor of a list that is sorted by an instant, then by id."""
    instant, last = parts_of(cursor, datetime.fromisoformat, UUID)
    return instant, last


def a_name(part: str) -> str:
    """A part that is text; no text of ours holds a NUL, and no database takes one."""
    if "\x00" in part:
        raise ValueError(part)
    return part


def a_choice(part: str) -> bool:
    """A part that says which of two groups an item is in, the first or the second."""
    return bool(("0", "1").index(part))


def clamp(limit: int | None) -> int:
    """How many items a page may hold: 24 unless asked, 100 at most."""
    return max(1, min(limit or DEFAULT_LIMIT, MAX_LIMIT))


def _not_ours() -> Invalid:
    return Invalid("That page mark is not one of ours: start again from the first page.", code="cursor.invalid")
