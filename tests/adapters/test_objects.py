"""What every keeper of files promises."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from marketplace.adapters.embedded.objects import FolderObjects
from marketplace.kernel.errors import Unavailable
from marketplace.ports.objects import ObjectMissing, Objects

MINUTE = timedelta(minutes=1)


@pytest.fixture
def folder(tmp_path: Path) -> FolderObjects:
    return FolderObjects(tmp_path, public_url="http://localhost:8000", secret="known-to-everyone")


@pytest.fixture
def objects(folder: FolderObjects) -> Objects:
    return folder


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
