"""What is kept in a file, so that changing it is a visible act."""

import os
from collections.abc import Iterable
from pathlib import Path

KEEPING = "MARKETPLACE_KEEP_SNAPSHOTS"
"""Set it to keep what is found from now on: `MARKETPLACE_KEEP_SNAPSHOTS=1 uv run pytest tests/migrations`."""


def kept(file: Path, lines: Iterable[str]) -> list[str]:
    """What the file keeps; where somebody decided to keep these lines instead, they are written first."""
    if os.environ.get(KEEPING):
        file.write_text("".join(f"{line}\n" for line in lines))
    return file.read_text().splitlines()
