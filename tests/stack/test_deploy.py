"""What stands in the deployment files is true."""

import re
import shlex
from pathlib import Path

import pytest
import yaml
from typer._click import Context
from typer.main import get_command

from marketplace.cli import app
from marketplace.rest import vendor_imports
from marketplace.settings import Installation, variable_name

PROJECT = Path(__file__).parents[2]
EXAMPLE = (PROJECT / ".env.example").read_text()
PROCESSES = dict(line.split(": ", 1) for line in (PROJECT / "deploy" / "Procfile").read_text().splitlines())


class TestEnvironmentExample:
    def test_names_every_setting_once(self) -> None:
        named = re.findall(r"^(?:# )?([A-Z_]+)=", EXAMPLE, flags=re.MULTILINE)

        assert sorted(named) == sorted(variable_name(field) for field in Installation.model_fields)

    def test_gives_the_defaults_as_they_are(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        for field in Installation.model_fields:
            monkeypatch.delenv(variable_name(field), raising=False)
        (tmp_path / "example").write_text(EXAMPLE)

        from_example = Installation(_env_file=tmp_path / "example")

        assert from_example == Installation(_env_file=None)

    def test_leaves_unsaid_what_up_says_by_itself(self) -> None:
        said = set(re.findall(r"^([A-Z_]+)=", EXAMPLE, flags=re.MULTILINE))

        assert not said & {"MARKETPLACE_ENVIRONMENT", "MARKETPLACE_DEMO", "MARKETPLACE_PUBLIC_URL"}


class TestReadme:
    def test_explains_every_setting_once(self) -> None:
        explained = re.findall(r"^\| `([A-Z_]+)` \|", (PROJECT / "README.md").read_text(), flags=re.MULTILINE)

        assert sorted(explained) == sorted(variable_name(field) for field in Installation.model_fields)


class TestProcessFile:
    def test_runs_what_the_stack_runs(self) -> None:
        assert list(PROCESSES) == ["release", "web", "relay", "worker", "beat"]

    @pytest.mark.parametrize("process", PROCESSES)
    def test_names_commands_that_exist(self, process: str) -> None:
        program, command, *_ = shlex.split(PROCESSES[process])

        assert program == "marketplace"
        commands = get_command(app)
        assert commands.get_command(Context(commands), command)  # type: ignore[attr-defined]  # it is a group of commands


class TestCompose:
    def test_runs_the_processes_of_the_process_file(self) -> None:
        services = yaml.safe_load((PROJECT / "deploy" / "compose.yaml").read_text())["services"]

        assert set(PROCESSES) <= set(services)
        for name, line in PROCESSES.items():
            assert services[name]["command"][:2] == shlex.split(line)[:2]

    def test_gives_every_process_what_the_file_of_settings_says(self) -> None:
        services = yaml.safe_load((PROJECT / "deploy" / "compose.yaml").read_text())["services"]

        assert all(services[name]["env_file"] == [{"path": ".env", "required": False}] for name in PROCESSES)


class TestProxy:
    def test_lets_the_largest_catalog_through(self) -> None:
        written = (PROJECT / "deploy" / "nginx.conf").read_text()
        megabytes = int(re.findall(r"client_max_body_size (\d+)m;", written)[0])

        assert megabytes * 1024 * 1024 >= vendor_imports.MOST_BYTES


class TestChecks:
    """What checks a change here and there is the same, step by step."""

    def test_are_those_that_the_workflow_runs(self) -> None:
        script = (PROJECT / ".ci" / "run").read_text()
        parts = dict(re.findall(r"^(?:\[.*\|\| )?part (\w+) (.+)$", script, flags=re.MULTILINE))
        told = re.search(r"local those='(.+)'", script)
        workflow = yaml.safe_load((PROJECT / ".github" / "workflows" / "ci.yml").read_text())
        steps = {step["name"]: step for step in workflow["jobs"]["check"]["steps"] if "name" in step}

        assert list(steps) == list(parts)
        alone = [name for name in parts if name not in {"install", "stories"}]
        assert {name: steps[name]["run"] for name in alone} == {name: parts[name] for name in alone}
        assert told
        assert steps["stories"]["env"]["THOSE"] == told[1]
