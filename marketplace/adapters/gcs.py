"""Files in a bucket of Google Cloud Storage.

Nothing is overwritten: a file is written on the condition that there is none. Addresses are signed by the service
account, with its key or, where it has none, by the identity service that holds it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any, Final

import google.auth
from google.api_core.exceptions import GoogleAPIError, NotFound, PreconditionFailed
from google.api_core.retry import Retry
from google.auth.credentials import Signing
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.cloud.storage import Bucket, Client
from google.cloud.storage.retry import DEFAULT_RETRY
from requests.exceptions import RequestException

from marketplace.kernel.errors import Unavailable
from marketplace.ports.objects import ObjectMissing, UploadAddress

PATIENCE_SECONDS: Final = 10
TRIES: Final = DEFAULT_RETRY.with_timeout(20)
SCOPE: Final = "https://www.googleapis.com/auth/devstorage.read_write"
NO_CREDENTIALS: Final = (
    "This machine has no credentials for Google Cloud Storage: name their file in GOOGLE_APPLICATION_CREDENTIALS."
)


Signer = Callable[[], Mapping[str, object]]
"""Gives what signing an address in the service account's name needs."""


class GoogleBucket:
    """Keeps files in one bucket."""

    def __init__(
        self, bucket: Bucket, *, signer: Signer, endpoint: str | None = None, tries: Retry | None = TRIES
    ) -> None:
        self._bucket, self._signer, self._endpoint, self._tries = bucket, signer, endpoint, tries

    @classmethod
    def named(cls, name: str) -> "GoogleBucket":
        """Open a bucket with the credentials of this machine."""
        try:
            credentials, project = google.auth.default(scopes=[SCOPE])
        except GoogleAuthError as error:
            raise Unavailable(NO_CREDENTIALS) from error
        client = Client(project=project, credentials=credentials)
        return cls(client.bucket(name), signer=partial(_signed_by, credentials))

    def upload_address(self, key: str, *, content_type: str, most_bytes: int, lasts: timedelta) -> UploadAddress:
        """Sign an address to PUT one file to; the storage itself refuses other types and larger files."""
        headers = {"x-goog-content-length-range": f"0,{most_bytes}", "x-goog-if-generation-match": "0"}
        url = self._signed("PUT", key, lasts, content_type=content_type, headers=dict(headers))
        return UploadAddress("PUT", url, {"content-type": content_type, **headers})

    def read_address(self, key: str, *, lasts: timedelta) -> str:
        """Sign an address to GET one file from."""
        return self._signed("GET", key, lasts)

    def write(self, key: str, content: bytes, *, content_type: str) -> None:
        """Keep a file, unless there is one under that key."""
        with _explained(key):
            try:
                self._bucket.blob(key).upload_from_string(
                    content,
                    content_type=content_type,
                    if_generation_match=0,
                    timeout=PATIENCE_SECONDS,
                    retry=self._tries,
                )
            except PreconditionFailed:
                return

    def read(self, key: str) -> bytes:
        """Read a file."""
        with _explained(key):
            content: bytes = self._bucket.blob(key).download_as_bytes(timeout=PATIENCE_SECONDS, retry=self._tries)
            return content

    def delete(self, key: str) -> None:
        """Let a file go."""
        with _explained(key):
            try:
                self._bucket.blob(key).delete(timeout=PATIENCE_SECONDS, retry=self._tries)
            except NotFound:
                return

    def _signed(self, method: str, key: str, lasts: timedelta, **fixed: object) -> str:
        with _explained(key):
            url: str = self._bucket.blob(key).generate_signed_url(
                version="v4",
                method=method,
                expiration=lasts,
                api_access_endpoint=self._endpoint,
                **self._signer(),
                **fixed,
            )
            return url


def _signed_by(credentials: Any) -> dict[str, object]:  # noqa: ANN401 (whatever kind this machine was given)
    if isinstance(credentials, Signing):
        return {"credentials": credentials}
    credentials.refresh(Request())
    return {"service_account_email": credentials.service_account_email, "access_token": credentials.token}


@contextmanager
def _explained(key: str) -> Iterator[None]:
    try:
        yield
    except NotFound as error:
        raise ObjectMissing(key) from error
    except (GoogleAPIError, GoogleAuthError, RequestException) as error:
        raise Unavailable("The storage of files does not answer.") from error
