"""Processes of the stack: started so that none outlives us, stopped so that each may finish its work."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from marketplace.settings import inherited_environment
from marketplace.stack.folders import Account

DIE_WITH_PARENT: Final = 1
GROUP_NICENESS: Final = Path("/proc/self/autogroup")
"""Sessions share a machine as groups, where the kernel groups them: a process alone is nice to its own session only."""

_LIBC: Final = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, as whom, where it writes, and how it is asked to stop."""

    name: str
    arguments: tuple[str | Path, ...]
    log: Path
    environment: Mapping[str, str] = field(default_factory=inherited_environment)
    folder: Path = Path("/")
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 15.0
    niceness: int = 0
    """How much it gives way to the others when all want to work."""


def launch(program: Program) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own that ends when we end, however we end.

    Call it from the main thread: the kernel watches the thread that forked, not the process.
    """

    def end_with_us() -> None:
        _LIBC.prctl(DIE_WITH_PARENT, int(program.stop_signal))
        if program.niceness:
            os.nice(program.niceness)
            with suppress(OSError):
                GROUP_NICENESS.write_text(str(program.niceness))

    account = program.account
    with program.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603  the arguments are our own
            program.arguments,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=program.folder,
            env=program.environment,
            start_new_session=True,
            preexec_fn=end_with_us,  # noqa: PLW1509  a few system calls between fork and exec, no locks
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )


def stop(process: subprocess.Popen[bytes], program: Program) -> None:
    """Ask a process to stop, then insist; nothing that it started stays behind."""
    ask_to_stop(process, program)
    wait_until_stopped(process, program)


def ask_to_stop(process: subprocess.Popen[bytes], program: Program) -> None:
    """Ask, without waiting."""
    if process.poll() is None:
        process.send_signal(program.stop_signal)


def wait_until_stopped(process: subprocess.Popen[bytes], program: Program) -> None:
    """Wait for the end; after the program's patience, kill it."""
    try:
        process.wait(program.patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    kill_group(process.pid)


def kill_group(leader: int) -> None:
    """Kill what is left of a process that has ended: the children it should have taken along."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def last_lines(log: Path, *, count: int = 5) -> str:
    """Quote the end of a log, for whoever must understand why a process died."""
    try:
        with log.open("rb") as opened:
            opened.seek(0, os.SEEK_END)
            opened.seek(max(0, opened.tell() - 4096))
            lines = opened.read().decode(errors="replace").splitlines()
    except FileNotFoundError:
        return ""
    return "\n".join(lines[-count:])


def wait_for(is_ready: Callable[[], bool], process: subprocess.Popen[bytes], *, within: float) -> bool:
    """Wait until something answers; false when its process dies or the time is over first."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if is_ready():
            return True
        if process.poll() is not None:
            return False
        time.sleep(0.02)
    return False
