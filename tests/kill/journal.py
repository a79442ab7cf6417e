"""Clients who write down what they ask and what they are told, and ask again by the same key when they hear nothing."""

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

import httpx

from tests.kill.town import Someone

SECONDS_TO_GIVE_UP: Final = 300.0
SECONDS_BETWEEN: Final = 0.3
NOT_YET: Final = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)

Json = dict[str, Any]


@dataclass
class Entry:
    """One wish: what was asked by which key, and what was said to it in the end."""

    who: Someone
    path: str
    body: Json | None
    key: str = field(default_factory=lambda: str(uuid.uuid4()))
    status: int = 0
    told: bytes = b""
    unheard: int = 0
    """How often nobody answered."""


@dataclass
class Journal:
    """What one client asked and was told, in order."""

    http: httpx.Client
    entries: list[Entry] = field(default_factory=list)

    def do(self, who: Someone, path: str, body: Json | None = None) -> Json:
        """Ask until there is an answer, always by the same key; the answer must be yes."""
        entry = Entry(who, path, body)
        self.entries.append(entry)
        answer = self._insist(entry)
        entry.status, entry.told = answer.status_code, answer.content
        assert answer.is_success, f"POST {path}: {answer.status_code} {answer.text}"
        said: Json = answer.json()
        return said

    def put(self, who: Someone, path: str, body: Json) -> Json:
        """Set something; twice is as good as once."""
        return self._until_heard("PUT", who, path, body)

    def get(self, who: Someone, path: str) -> Json:
        """Read."""
        return self._until_heard("GET", who, path, None)

    def replayed(self) -> Sequence[Entry]:
        """Ask everything once more by its key; gives what was answered otherwise than the first time."""
        return [entry for entry in self.entries if self._insist(entry).content != entry.told]

    def _insist(self, entry: Entry) -> httpx.Response:
        headers = {"Idempotency-Key": entry.key}
        return self._answer("POST", entry.who, entry.path, entry.body, headers, entry)

    def _until_heard(self, method: str, who: Someone, path: str, body: Json | None) -> Json:
        answer = self._answer(method, who, path, body, {}, None)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        said: Json = answer.json()
        return said

    def _answer(
        self, method: str, who: Someone, path: str, body: Json | None, headers: dict[str, str], entry: Entry | None
    ) -> httpx.Response:
        end = time.monotonic() + SECONDS_TO_GIVE_UP
        while time.monotonic() < end:
            try:
                answer = self.http.request(method, path, json=body, headers=who.headers | headers)
            except httpx.TransportError:
                pass
            else:
                if answer.status_code not in NOT_YET:
                    return answer
            if entry is not None:
                entry.unheard += 1
            time.sleep(SECONDS_BETWEEN)
        raise AssertionError(f"Nobody answered {method} {path}.")
