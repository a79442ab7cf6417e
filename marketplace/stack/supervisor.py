"""The supervisor: starts parts in order, starts again what dies, and stops everything in reverse."""

import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from subprocess import Popen
from types import FrameType, TracebackType
from typing import Final, Protocol, Self

from marketplace.stack.problems import CannotStart
from marketplace.stack.processes import (
    Program,
    ask_to_stop,
    kill_group,
    last_lines,
    launch,
    wait_until_stopped,
)

TICK_SECONDS: Final = 0.05
FIRST_PAUSE_SECONDS: Final = 0.2
LONGEST_PAUSE_SECONDS: Final = 10.0
WELL_AFTER_SECONDS: Final = 60.0
STOPPING_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Standing(StrEnum):
    """How a part is doing."""

    STARTING = "starting"
    READY = "ready"
    WORKING = "working"
    DONE = "done"
    RESTARTING = "restarting"
    STOPPING = "stopping"
    STOPPED = "stopped"
    FAILED = "failed"


class Stopped(Exception):  # noqa: N818  somebody asked for it
    """Somebody asked us to stop."""


@dataclass(frozen=True, slots=True)
class Part:
    """A server of the stack: how to run it, and how to know that it answers."""

    name: str
    prepare: Callable[[], Program]
    answers: Callable[[], bool]
    within: float = 60.0
    excuse: Callable[[], str] = str
    """What it said instead of answering well, for whoever must find out why it does not start."""


@dataclass(frozen=True, slots=True)
class Chore:
    """A process that ends by itself: what it does must have come out well."""

    name: str
    program: Program
    is_needed: bool = True


@dataclass(slots=True)
class Crewman:
    """A part or a chore with its process."""

    work: Part | Chore
    program: Program
    process: Popen[bytes]
    standing: Standing
    since: float = field(default_factory=time.monotonic)
    failures: int = 0
    again_at: float = 0.0
    seconds: float = 0.0

    @property
    def name(self) -> str:
        """What it is called on the display."""
        return self.work.name


class Display(Protocol):
    """Whoever is told how the parts are doing."""

    def changed(self, man: Crewman) -> None:
        """Hear of a new standing."""


class Crew:
    """All processes of one stack. Use it as a context: whatever happens inside, nothing is left running."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._men: list[Crewman] = []
        self._is_asked_to_stop = False
        self._before: dict[int, signal.Handlers | Callable[[int, FrameType | None], object] | int | None] = {}

    def __enter__(self) -> Self:
        for number in STOPPING_SIGNALS:
            self._before[number] = signal.signal(number, self._hear)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> bool:
        self._stop_all()
        for number, handler in self._before.items():
            signal.signal(number, handler)
        return kind is not None and issubclass(kind, Stopped)

    def start(self, *parts: Part) -> None:
        """Start parts together and wait until each of them answers."""
        men = [self._take_on(part, part.prepare(), Standing.STARTING) for part in parts]
        for man in men:
            self._wait(man, lambda man=man: man.standing is Standing.READY)  # type: ignore[misc]  # bound early

    def begin(self, chore: Chore) -> Crewman:
        """Begin a chore and go on."""
        return self._take_on(chore, chore.program, Standing.WORKING)

    def finish(self, man: Crewman) -> None:
        """Wait until a chore has come out well."""
        self._wait(man, lambda: man.standing is Standing.DONE)

    def watch(self) -> None:
        """Keep everything running until somebody asks to stop."""
        while True:
            self._tick()

    def _take_on(self, work: Part | Chore, program: Program, standing: Standing) -> Crewman:
        man = Crewman(work, program, launch(program), standing)
        self._men.append(man)
        self._display.changed(man)
        return man

    def _wait(self, man: Crewman, is_over: Callable[[], bool]) -> None:
        while not is_over():
            if man.standing is Standing.FAILED:
                raise CannotStart(_why_it_failed(man))
            self._tick()

    def _tick(self) -> None:
        if self._is_asked_to_stop:
            raise Stopped
        for man in self._men:
            if isinstance(man.work, Chore):
                self._look_at_chore(man)
            else:
                self._look_at_part(man, man.work)
        time.sleep(TICK_SECONDS)

    def _look_at_chore(self, man: Crewman) -> None:
        if man.standing is Standing.WORKING and man.process.poll() is not None:
            kill_group(man.process.pid)
            self._turn(man, Standing.FAILED if man.process.returncode else Standing.DONE)

    def _look_at_part(self, man: Crewman, part: Part) -> None:
        match man.standing:
            case Standing.STARTING | Standing.READY if man.process.poll() is not None:
                self._has_died(man)
            case Standing.STARTING if part.answers():
                self._turn(man, Standing.READY)
            case Standing.STARTING if time.monotonic() - man.since > part.within:
                self._give_up(man)
            case Standing.RESTARTING if time.monotonic() >= man.again_at:
                man.program = part.prepare()
                man.process = launch(man.program)
                self._turn(man, Standing.STARTING)

    def _has_died(self, man: Crewman) -> None:
        """Start again what has answered before, after a pause that grows; what never answered has failed."""
        kill_group(man.process.pid)
        lived = time.monotonic() - man.since
        was_ready = man.standing is Standing.READY
        if not was_ready and not man.failures:
            self._turn(man, Standing.FAILED)
            return
        man.failures = 1 if was_ready and lived > WELL_AFTER_SECONDS else man.failures + 1
        pause = min(FIRST_PAUSE_SECONDS * 2 ** (man.failures - 1), LONGEST_PAUSE_SECONDS)
        man.again_at = time.monotonic() + pause
        self._turn(man, Standing.RESTARTING)

    def _give_up(self, man: Crewman) -> None:
        man.process.kill()
        man.process.wait()
        if man.failures:
            self._has_died(man)
        else:
            kill_group(man.process.pid)
            self._turn(man, Standing.FAILED)

    def _turn(self, man: Crewman, standing: Standing) -> None:
        now = time.monotonic()
        man.seconds, man.since, man.standing = now - man.since, now, standing
        self._display.changed(man)

    def _stop_all(self) -> None:
        """Stop chores first, then parts in the reverse of the order they were started in."""
        chores = [man for man in self._men if isinstance(man.work, Chore)]
        parts = [man for man in self._men if isinstance(man.work, Part)]
        self._stop(chores)
        for man in reversed(parts):
            self._stop([man])

    def _stop(self, men: Iterable[Crewman]) -> None:
        running = [man for man in men if man.process.poll() is None]
        for man in running:
            self._turn(man, Standing.STOPPING)
            ask_to_stop(man.process, man.program)
        for man in running:
            wait_until_stopped(man.process, man.program)
            self._turn(man, Standing.STOPPED)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self._is_asked_to_stop = True


def _why_it_failed(man: Crewman) -> str:
    verb = "failed" if isinstance(man.work, Chore) else "did not start"
    excuse = man.work.excuse() if isinstance(man.work, Part) else ""
    said = f" (it says: {excuse})" if excuse else ""
    return f"{man.name} {verb}{said}; {man.program.log} ends with:\n{last_lines(man.program.log)}"
