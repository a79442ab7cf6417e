"""The fonts that are served are those that the task makes."""

from pathlib import Path

from pages.fonts import SERVED, make


class TestFonts:
    def test_are_the_same_whenever_they_are_made(self, tmp_path: Path) -> None:
        make(tmp_path)

        made = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
        assert sorted(made) == sorted(file.name for file in SERVED.glob("*.woff2"))
        assert [name for name, content in made.items() if content != (SERVED / name).read_bytes()] == []
