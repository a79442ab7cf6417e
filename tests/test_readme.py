"""What the README and the example of settings promise is so."""

import re
from pathlib import Path

from marketplace.settings import Installation, variable_name

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def variables() -> set[str]:
    """Name every variable that a setting is read from."""
    return {variable_name(field) for field in Installation.model_fields}


class TestReadme:
    def test_lists_every_setting_and_no_other(self) -> None:
        listed = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))

        assert listed == variables()

    def test_names_only_files_that_are_there(self) -> None:
        named = re.findall(r"`((?:marketplace|deploy|tests|pages|state|tasks|alembic)/[\w/.]+)`", README)

        assert [path for path in named if not (ROOT / path).exists()] == []


class TestExampleOfSettings:
    def test_lists_every_setting(self) -> None:
        example = (ROOT / ".env.example").read_text()
        listed = set(re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE))

        assert listed == variables()
