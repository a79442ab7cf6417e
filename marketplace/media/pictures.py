"""Pictures made anew: whatever somebody sent is decoded, stripped of all but its pixels, and encoded by us."""

import hashlib
import io
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from marketplace.kernel.errors import Unavailable
from marketplace.media.rules import PRIVATE_WIDTH, WIDTHS
from marketplace.media.states import Flaw

MOST_PIXELS: Final = 50_000_000
LARGE_PIXELS: Final = 2_000_000
PATIENCE_SECONDS: Final = 20.0
QUALITY: Final = 82
FORMATS: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
BROKEN: Final = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    SyntaxError,
    ValueError,
)
"""What Pillow raises at bytes that are no picture, are a torn one, or would fill the memory."""

BLOCK_BYTES: Final = 64 * 1024 * 1024

_turnstile: Final = threading.Lock()

# Large pieces of memory go back to the system at once; of small ones each thread keeps as much as it ever held.
Image.core.set_block_size(BLOCK_BYTES)  # type: ignore[attr-defined]  # named so in Pillow's manual alone


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the sizes we keep; its name is the digest of what was sent."""

    sha256: str
    width: int
    height: int
    sizes: Mapping[int, bytes] = field(repr=False)


class Rejected(Exception):  # noqa: N818 (it names what is wrong)
    """These bytes are not taken."""

    def __init__(self, reason: Flaw) -> None:
        super().__init__(reason)
        self.reason = reason


def make_picture(content: bytes, *, content_type: str | None = None, is_public: bool = True) -> Picture:
    """Make the sizes we keep of a picture; refuses bytes that are no picture, or not of the type they claim.

    Takes a good part of a second for a large one, and has those wait for each other: never inside a transaction.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with _opened(content, content_type) as opened, _turn(opened):
                image = _upright(opened)
                sizes = {width: _encoded(image, width) for width in (WIDTHS if is_public else (PRIVATE_WIDTH,))}
        except BROKEN as error:
            raise Rejected(Flaw.NOT_A_PICTURE) from error
    return Picture(hashlib.sha256(content).hexdigest(), image.width, image.height, sizes)


def _opened(content: bytes, content_type: str | None) -> Image.Image:
    """Read what the file says of itself; its pixels are not looked at yet."""
    opened = Image.open(io.BytesIO(content), formats=list(FORMATS))
    if content_type is not None and FORMATS.get(opened.format or "") != content_type:
        raise Rejected(Flaw.OTHER_TYPE)
    if opened.width * opened.height > MOST_PIXELS:
        raise Rejected(Flaw.TOO_LARGE)
    return opened


@contextmanager
def _turn(opened: Image.Image) -> Iterator[None]:
    """Make one large picture at a time: a few of them would fill the memory, however small their files are."""
    if opened.width * opened.height <= LARGE_PIXELS:
        yield
        return
    if not _turnstile.acquire(timeout=PATIENCE_SECONDS):
        raise Unavailable("Too many large pictures are being made at this moment: send it again in a minute.")
    try:
        yield
    finally:
        _turnstile.release()


def _upright(opened: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(opened)
    return upright.convert("RGBA" if upright.has_transparency_data else "RGB")


def _encoded(image: Image.Image, width: int) -> bytes:
    made = image
    if image.width > width:
        height = max(1, round(image.height * width / image.width))
        made = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    written = io.BytesIO()
    made.save(written, "WEBP", quality=QUALITY, method=2)
    return written.getvalue()
