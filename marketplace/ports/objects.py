"""Where files are kept: named bytes that are written once and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class UploadAddress:
    """Where somebody may send one file, and how: the method, the address and the headers are all fixed."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


class ObjectMissing(Exception):  # noqa: N818 (it names what is wrong)
    """Nothing is kept under that key."""


class Objects(Protocol):
    """A keeper of files. Keys are paths of plain letters; whatever does not answer raises Unavailable."""

    def upload_address(self, key: str, *, content_type: str, most_bytes: int, lasts: timedelta) -> UploadAddress:
        """Let somebody send one file of that type and at most that size, for a while."""

    def read_address(self, key: str, *, lasts: timedelta) -> str:
        """Let somebody read one file, for a while."""

    def write(self, key: str, content: bytes, *, content_type: str) -> None:
        """Keep a file. What is kept already stays as it is: the same key is the same file."""

    def read(self, key: str) -> bytes:
        """Read a file; raises ObjectMissing where there is none."""

    def delete(self, key: str) -> None:
        """Let a file go; one that is gone already is gone."""
