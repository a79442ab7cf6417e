"""Pictures for tests."""

import io

from PIL import Image


def drawn(width: int = 640, height: int = 480, *, kind: str = "PNG", color: str = "#c46a3b", **more: object) -> bytes:
    """A picture of one color."""
    written = io.BytesIO()
    Image.new("RGB", (width, height), color).save(written, kind, **more)
    return written.getvalue()
