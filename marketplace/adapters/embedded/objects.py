"""Files in a folder, under addresses that we sign ourselves.

A file is written beside its place, forced to disk and linked into it, so that it is there whole or not at all, and
never replaced. Signatures cover method, key, time, type and size; they run out by real time.
"""

import hashlib
import hmac
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, Final
from urllib.parse import urlencode

from marketplace.kernel.clock import utc_now
from marketplace.kernel.errors import Unavailable
from marketplace.ports.objects import ObjectMissing, UploadAddress

KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,127}){0,8}")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a signed address allows: this type and this size, for an upload."""

    content_type: str
    most_bytes: int


class FolderObjects:
    """Keeps files in a folder, and signs addresses that the outer application serves."""

    def __init__(self, folder: Path, *, public_url: str, secret: str) -> None:
        self._folder = folder
        self._public_url = public_url
        self._key = hmac.new(secret.encode(), b"signed addresses", hashlib.sha256).digest()

    def upload_address(self, key: str, *, content_type: str, most_bytes: int, lasts: timedelta) -> UploadAddress:
        """Sign an address to PUT one file to."""
        terms = Terms(content_type, most_bytes)
        url = f"{self._public_url}/media/uploads/{key}?{self._query('PUT', key, terms, lasts)}"
        return UploadAddress("PUT", url, {"content-type": content_type})

    def read_address(self, key: str, *, lasts: timedelta) -> str:
        """Sign an address to GET one file from."""
        return f"{self._public_url}/media/private/{key}?{self._query('GET', key, Terms('', 0), lasts)}"

    def terms(self, method: str, key: str, query: Mapping[str, str]) -> Terms | None:
        """Read what a signed address allows; nothing, where we did not sign it or it has run out."""
        try:
            expires, terms = int(query["expires"]), Terms(query["type"], int(query["most"]))
        except (KeyError, ValueError):
            return None
        signature = self._signature(method, key, expires, terms)
        is_ours = hmac.compare_digest(signature.encode(), query.get("signature", "").encode())
        return terms if is_ours and expires >= utc_now().timestamp() and KEY.fullmatch(key) else None

    def write(self, key: str, content: bytes, *, content_type: str) -> None:  # noqa: ARG002 (a folder knows no types)
        """Keep a file whole, or not at all."""
        with self.writing(key) as file:
            file.write(content)

    @contextmanager
    def writing(self, key: str) -> Iterator[IO[bytes]]:
        """Write a file piece by piece; it appears under its key when all of it is on disk."""
        place = self._place(key)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=place.parent, prefix=".part-")
        except OSError as error:
            raise Unavailable("The folder of files cannot be written.") from error
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(name, place)
        except OSError as error:
            raise Unavailable("The folder of files cannot be written.") from error
        finally:
            Path(name).unlink(missing_ok=True)

    def read(self, key: str) -> bytes:
        """Read a file."""
        try:
            return self._place(key).read_bytes()
        except FileNotFoundError as error:
            raise ObjectMissing(key) from error
        except OSError as error:
            raise Unavailable("The folder of files cannot be read.") from error

    def delete(self, key: str) -> None:
        """Let a file go."""
        self._place(key).unlink(missing_ok=True)

    def _place(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise ObjectMissing(key)
        return self._folder / key

    def _query(self, method: str, key: str, terms: Terms, lasts: timedelta) -> str:
        expires = int((utc_now() + lasts).timestamp())
        signature = self._signature(method, key, expires, terms)
        return urlencode(
            {"expires": expires, "type": terms.content_type, "most": terms.most_bytes, "signature": signature}
        )

    def _signature(self, method: str, key: str, expires: int, terms: Terms) -> str:
        words = "\n".join([method, key, str(expires), terms.content_type, str(terms.most_bytes)])
        return hmac.new(self._key, words.encode(), hashlib.sha256).hexdigest()
