"""What the README and the example of settings promise is so."""

import re
import tomllib
from pathlib import Path

from typer._click import Context
from typer.main import get_command

from marketplace.cli import app
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

    def test_draws_a_map_of_what_is_there(self) -> None:
        (drawn,) = re.findall(r"## The map\n\n```\n(.+?)```", README, re.DOTALL)
        named = re.findall(r"(?:^|\s)([a-z]+)/(?=\s)", drawn)

        assert {"marketplace", "kernel", "tests", "bench"} <= set(named)
        assert [
            name for name in named if not any((ROOT / above / name).is_dir() for above in ("", "marketplace"))
        ] == []

    def test_says_each_task_as_it_is_called(self) -> None:
        """Nobody who has only installed uv has poe."""
        tasks = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["poe"]["tasks"]

        assert re.findall(r"`poe [^`]*`", README) == []
        assert set(re.findall(r"`uv run poe ([\w-]+)`", README)) <= set(tasks)

    def test_names_only_commands_that_exist(self) -> None:
        commands = get_command(app)
        named = set(re.findall(r"(?:`|uv run )marketplace ([a-z]+)", README))

        assert named >= {"up", "doctor", "flags", "limits", "pages", "migration", "clock"}
        assert [name for name in named if commands.get_command(Context(commands), name) is None] == []  # type: ignore[attr-defined]  # it is a group of commands


class TestExampleOfSettings:
    def test_lists_every_setting(self) -> None:
        example = (ROOT / ".env.example").read_text()
        listed = set(re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE))

        assert listed == variables()
