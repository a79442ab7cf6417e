"""What every process writes: one JSON object a line, which whoever gathers logs can read."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from marketplace.settings import Settings
from marketplace.stack import commands
from marketplace.stack.commands import PROJECT, Command
from marketplace.stack.doors import Door
from marketplace.stack.folders import free_port
from tests.stacks import plain_environment

pytestmark = pytest.mark.timeout(120)

ALONE = Settings(
    database_url="postgresql://nobody@127.0.0.1:1/none",
    redis_url="redis://127.0.0.1:1/0",
    secret_key="k" * 32,
    web_workers=1,
    log_level="debug",
)
"""A process with no servers has much to complain of."""


class TestProcess:
    @pytest.mark.parametrize("command", [commands.relay(ALONE), commands.worker(ALONE)])
    def test_writes_json_from_its_first_line_on(self, command: Command, tmp_path: Path) -> None:
        with _started(command, tmp_path) as log:
            while not log.read_text().endswith("\n"):
                time.sleep(0.1)
            written = log.read_text().splitlines()

        assert [line for line in written if not _is_json(line)] == []

    def test_names_the_request_that_it_could_not_answer(self, tmp_path: Path) -> None:
        port = free_port()

        with _started(commands.web(ALONE, port=port), tmp_path) as log:
            door = Door(f"http://127.0.0.1:{port}/healthz")
            while not door.answers():
                time.sleep(0.1)
            assert not Door(f"http://127.0.0.1:{port}/api/v1/products").answers()

        lines = [json.loads(line) for line in log.read_text().splitlines()]
        asked = next(line for line in lines if line["event"] == "request" and line["route"] == "/products")
        assert (asked["status"], asked["level"], asked["method"]) == (503, "warning", "GET")
        assert any(line["event"] == "unavailable" and line["request_id"] == asked["request_id"] for line in lines)


@contextmanager
def _started(command: Command, folder: Path) -> Iterator[Path]:
    log = folder / "process.log"
    environment = {**plain_environment(), **command.environment, "PYTHONWARNINGS": "ignore"}
    with log.open("w") as opened:
        process = subprocess.Popen(  # noqa: S603  our own command
            command.arguments, stdout=opened, stderr=subprocess.STDOUT, env=environment, cwd=PROJECT
        )
        try:
            yield log
        finally:
            process.terminate()
            process.wait(30)


def _is_json(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
