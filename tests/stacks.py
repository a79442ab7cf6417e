"""Real stacks for tests: `marketplace up` in a process of its own, as anyone would start it."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from tempfile import mkdtemp
from typing import Self

from marketplace.settings import Profile
from marketplace.stack.folders import free_port

PROJECT = Path(__file__).parents[1]
SECONDS_TO_START = 420.0
SECONDS_TO_STOP = 60.0
SECONDS_TO_COME_BACK = 180.0


@dataclass
class RunningStack:
    """One `marketplace up`, its folder and its port."""

    data_dir: Path
    port: int
    profile: Profile = Profile.SAUDI
    arguments: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Where browsers find it."""
        return f"http://localhost:{self.port}"

    @property
    def output(self) -> str:
        """What it has printed so far."""
        return (self.data_dir.parent / f"{self.data_dir.name}.out").read_text()

    def start(self) -> Self:
        """Start it and wait until it says that it is ready."""
        self.launch()
        end = time.monotonic() + SECONDS_TO_START
        while "Ready:" not in self.output:
            if self.process is None or self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"The stack did not start:\n{self.output}")
            time.sleep(0.1)
        return self

    def launch(self) -> None:
        """Start it and go on."""
        with (self.data_dir.parent / f"{self.data_dir.name}.out").open("w") as out:
            self.process = subprocess.Popen(  # noqa: S603  our own command
                up(self.port, self.data_dir, "--profile", self.profile, *self.arguments),
                stdout=out,
                stderr=subprocess.STDOUT,
                text=True,
                env={**plain_environment(), **self.variables},
                cwd=PROJECT,
            )

    def stop(self, *, by: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; gives its exit code."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(by)
        return self.process.wait(SECONDS_TO_STOP)

    def processes(self) -> dict[int, str]:
        """Find every process that belongs to it, by the data folder that it names or works in."""
        found = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal() and self._owns(entry):
                found[int(entry.name)] = _command(entry)
        return found

    def _owns(self, entry: Path) -> bool:
        if str(self.data_dir) in _command(entry) or str(self.data_dir) in _working_folder(entry):
            return True
        return f"MARKETPLACE_DATA_DIR={self.data_dir}" in _variables(entry)

    def pid_of(self, words: str) -> int:
        """Find the oldest process whose command holds these words."""
        return min(self.pids_of(words))

    def pids_of(self, words: str) -> set[int]:
        """Find every process whose command holds these words."""
        return {pid for pid, command in self.processes().items() if words in command}

    def get(self, path: str) -> tuple[int, str]:
        """Ask for a path; gives status and body."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:  # noqa: S310  our own address
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def wait_until_ready(self, *, within: float = SECONDS_TO_COME_BACK) -> None:
        """Wait until it answers again."""
        end = time.monotonic() + within
        while not self._is_ready():
            if time.monotonic() > end:
                raise AssertionError(f"The stack does not answer:\n{self.output}")
            time.sleep(0.1)

    def kill(self, words: str) -> None:
        """Kill a part as a crash would, and wait until another has taken its place and everything answers.

        Children that it leaves behind may answer for a moment: they have to be gone too.
        """
        gone = self.pids_of(words)
        os.kill(min(gone), signal.SIGKILL)
        end = time.monotonic() + SECONDS_TO_COME_BACK
        while gone & self.processes().keys() or not self.pids_of(words):
            if time.monotonic() > end:
                raise AssertionError(f"Nobody has taken the place of {words}:\n{self.output}")
            time.sleep(0.1)
        self.wait_until_ready()

    def _is_ready(self) -> bool:
        try:
            return self.get("/readyz")[0] == HTTPStatus.OK
        except OSError:
            return False

    def run(self, *words: str) -> str:
        """Run one of our commands beside it; gives what it printed."""
        ran = subprocess.run(  # noqa: S603  our own command
            [sys.executable, "-m", "marketplace.cli", *words],
            check=False,
            capture_output=True,
            text=True,
            env={**plain_environment(), **self.variables, "MARKETPLACE_DATA_DIR": str(self.data_dir)},
            cwd=PROJECT,
        )
        if ran.returncode:
            raise AssertionError(f"marketplace {' '.join(words)} failed:\n{ran.stdout}{ran.stderr}")
        return ran.stdout

    def move_clock(self, span: str) -> None:
        """Let time pass in the stack, where its clock is movable: `move_clock("8d")`."""
        self.run("clock", "advance", span)


def stack(
    profile: Profile = Profile.SAUDI, *arguments: str, variables: Mapping[str, str] | None = None
) -> RunningStack:
    """Make a stack in a folder and on a port of its own, not started yet."""
    base = Path(mkdtemp(prefix="marketplace-stack-"))
    base.chmod(0o711)
    return RunningStack(base / "data", free_port(), profile, arguments, variables or {})


def clear(finished: RunningStack) -> None:
    """Stop a stack and remove what it has left."""
    finished.stop()
    shutil.rmtree(finished.data_dir.parent, ignore_errors=True)


def up(port: int, data_dir: Path, *arguments: str) -> list[str]:
    """Say how anyone would start it."""
    words = ["up", "--port", str(port), "--data-dir", str(data_dir), *arguments]
    return [sys.executable, "-m", "marketplace.cli", *words]


def plain_environment() -> dict[str, str]:
    """Copy the environment without what tests have put into it."""
    ours = ("MARKETPLACE_", "DATABASE_", "REDIS_", "REFLEX_", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _command(entry: Path) -> str:
    try:
        return (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _working_folder(entry: Path) -> str:
    try:
        return str((entry / "cwd").readlink())
    except OSError:
        return ""


def _variables(entry: Path) -> frozenset[str]:
    try:
        return frozenset((entry / "environ").read_bytes().decode(errors="replace").split("\0"))
    except OSError:
        return frozenset()
