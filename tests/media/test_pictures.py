"""Pictures made anew."""

import hashlib
import io
import subprocess
import sys

import pytest
from PIL import Image

from marketplace.kernel.errors import Unavailable
from marketplace.media import Flaw, Rejected, make_picture, pictures
from tests.factories.pictures import drawn


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


AT_ONCE = 6
CROWD = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from marketplace.media import make_picture

def measured(field):
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(field)) // 1024

content = sys.stdin.buffer.read()
Path("/proc/self/clear_refs").write_text("5")
before = measured("VmRSS")
with ThreadPoolExecutor({at_once}) as pool:
    list(pool.map(make_picture, [content] * {at_once}))
print(measured("VmHWM") - before)
"""
"""Says by how many megabytes a process has grown that made so many pictures at once."""


def grown(content: bytes, *, at_once: int) -> int:
    script = CROWD.format(at_once=at_once)
    said = subprocess.run([sys.executable, "-c", script], input=content, check=True, capture_output=True)  # noqa: S603 (ours)
    return int(said.stdout)


class TestMakePicture:
    def test_makes_three_sizes_named_by_what_was_sent(self) -> None:
        content = drawn(2400, 1200)

        picture = make_picture(content, content_type="image/png")

        assert picture.sha256 == hashlib.sha256(content).hexdigest()
        assert {width: opened(size).size for width, size in picture.sizes.items()} == {
            160: (160, 80),
            480: (480, 240),
            1200: (1200, 600),
        }
        assert {opened(size).format for size in picture.sizes.values()} == {"WEBP"}

    def test_never_makes_a_picture_larger_than_it_was(self) -> None:
        picture = make_picture(drawn(300, 200))

        assert [opened(picture.sizes[width]).size for width in (160, 480, 1200)] == [(160, 107), (300, 200), (300, 200)]

    def test_makes_one_size_of_a_private_one(self) -> None:
        assert set(make_picture(drawn(3000, 100), is_public=False).sizes) == {1600}

    def test_keeps_no_word_of_who_took_it_where(self) -> None:
        exif = Image.Exif()
        exif[0x010E] = "Home of Noura"
        exif[0x0112] = 6
        content = drawn(200, 100, kind="JPEG", exif=exif)

        made = make_picture(content, content_type="image/jpeg").sizes[480]

        assert b"Home of Noura" in content
        assert b"Home of Noura" not in made
        assert opened(made).size == (100, 200)

    def test_keeps_what_can_be_seen_through(self) -> None:
        written = io.BytesIO()
        Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(written, "PNG")

        assert opened(make_picture(written.getvalue()).sizes[160]).mode == "RGBA"

    @pytest.mark.parametrize(
        "content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", drawn()[:200], b"\x89PNG\r\n\x1a\n"]
    )
    def test_refuses_what_is_no_picture(self, content: bytes) -> None:
        with pytest.raises(Rejected) as rejected:
            make_picture(content)

        assert rejected.value.reason is Flaw.NOT_A_PICTURE

    def test_refuses_another_type_than_was_announced(self) -> None:
        with pytest.raises(Rejected) as rejected:
            make_picture(drawn(kind="JPEG"), content_type="image/png")

        assert rejected.value.reason is Flaw.OTHER_TYPE

    def test_takes_little_more_memory_for_a_crowd_of_large_ones_than_for_one(self) -> None:
        written = io.BytesIO()
        Image.new("RGBA", (3000, 3000), (1, 2, 3, 4)).save(written, "PNG")

        alone, crowd = (grown(written.getvalue(), at_once=number) for number in (1, AT_ONCE))

        assert len(written.getvalue()) < 50_000
        assert crowd < 4 * alone

    def test_lets_the_next_one_wait_no_longer_than_somebody_does(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pictures, "PATIENCE_SECONDS", 0.01)
        monkeypatch.setattr(pictures, "LARGE_PIXELS", 10_000)
        small, large = drawn(100, 100), drawn(101, 100)

        with pictures._turnstile, pytest.raises(Unavailable):
            make_picture(large)

        assert make_picture(small).width == 100
        assert make_picture(large).width == 101

    def test_refuses_what_would_fill_the_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pictures, "MOST_PIXELS", 10_000)

        with pytest.raises(Rejected) as rejected:
            make_picture(drawn(101, 100))

        assert rejected.value.reason is Flaw.TOO_LARGE
