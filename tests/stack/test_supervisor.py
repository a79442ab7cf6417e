"""The supervisor: starts in order, starts again what dies, stops everything in reverse."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from marketplace.stack.problems import CannotStart
from marketplace.stack.processes import Program
from marketplace.stack.supervisor import Chore, Crew, Crewman, Part, Standing

SERVE = "import pathlib, sys, time; pathlib.Path(sys.argv[1]).touch(); time.sleep(600)"
SERVE_STUBBORNLY = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SERVE}"
FORK_AND_SERVE = f"import os\nif os.fork(): {SERVE}\nelse:\n import time; time.sleep(600)"
DIE = "import sys; print('the reason'); sys.exit(3)"


class Recorder:
    """A display that remembers what it was told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Standing]] = []
        self.men: dict[str, Crewman] = {}

    def changed(self, man: Crewman) -> None:
        self.heard.append((man.name, man.standing))
        self.men[man.name] = man


@pytest.fixture
def heard() -> Recorder:
    return Recorder()


def program(folder: Path, name: str, code: str, *, patience: float = 5.0) -> Program:
    up = str(folder / f"{name}-is-up")
    return Program(name, (sys.executable, "-c", code, up), log=folder / f"{name}.log", patience=patience)


def part(folder: Path, name: str, code: str = SERVE, *, patience: float = 5.0, within: float = 20.0) -> Part:
    up = folder / f"{name}-is-up"

    def prepare() -> Program:
        up.unlink(missing_ok=True)
        return program(folder, name, code, patience=patience)

    return Part(name, prepare, up.exists, within=within)


def stop_when(is_time: Callable[[], bool]) -> None:
    """Ask this process to stop, as Ctrl-C does, once something has happened."""

    def wait_and_ask() -> None:
        end = time.monotonic() + 20
        while not is_time() and time.monotonic() < end:
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=wait_and_ask, daemon=True).start()


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


class TestCrew:
    def test_stops_in_the_reverse_of_the_order_it_started_in(self, tmp_path: Path, heard: Recorder) -> None:
        stop_when(lambda: ("upper", Standing.READY) in heard.heard)

        with Crew(heard) as crew:
            crew.start(part(tmp_path, "lower"))
            crew.start(part(tmp_path, "upper"))
            crew.watch()

        assert heard.heard == [
            ("lower", Standing.STARTING),
            ("lower", Standing.READY),
            ("upper", Standing.STARTING),
            ("upper", Standing.READY),
            ("upper", Standing.STOPPING),
            ("upper", Standing.STOPPED),
            ("lower", Standing.STOPPING),
            ("lower", Standing.STOPPED),
        ]

    def test_starts_again_what_dies(self, tmp_path: Path, heard: Recorder) -> None:
        again = [("web", Standing.RESTARTING), ("web", Standing.STARTING), ("web", Standing.READY)]
        pids = []

        with Crew(heard) as crew:
            crew.start(part(tmp_path, "web"))
            pids.append(heard.men["web"].process.pid)
            heard.men["web"].process.kill()
            stop_when(lambda: heard.heard[-3:] == again)
            crew.watch()
            pids.append(heard.men["web"].process.pid)

        assert heard.heard[2:5] == again
        assert heard.men["web"].failures == 1
        assert not any(is_alive(pid) for pid in pids)

    def test_leaves_no_child_of_a_part_that_was_killed(self, tmp_path: Path, heard: Recorder) -> None:
        with Crew(heard) as crew:
            crew.start(part(tmp_path, "web", FORK_AND_SERVE))
            leader = heard.men["web"].process.pid
            (child,) = children_of(leader)
            heard.men["web"].process.kill()
            stop_when(lambda: ("web", Standing.RESTARTING) in heard.heard)
            crew.watch()

        assert not is_alive(child)

    def test_kills_what_does_not_stop_when_asked(self, tmp_path: Path, heard: Recorder) -> None:
        with Crew(heard) as crew:
            crew.start(part(tmp_path, "web", SERVE_STUBBORNLY, patience=0.3))
            pid = heard.men["web"].process.pid

        assert not is_alive(pid)
        assert heard.heard[-1] == ("web", Standing.STOPPED)

    def test_says_why_a_part_does_not_start_and_stops_the_others(self, tmp_path: Path, heard: Recorder) -> None:
        def start_both() -> None:
            with Crew(heard) as crew:
                crew.start(part(tmp_path, "database"))
                crew.start(part(tmp_path, "web", DIE))

        with pytest.raises(CannotStart, match=r"^web did not start; .*web\.log ends with:\nthe reason$"):
            start_both()

        assert heard.heard[-1] == ("database", Standing.STOPPED)

    def test_gives_up_on_what_never_answers(self, tmp_path: Path, heard: Recorder) -> None:
        deaf = Part(
            "web",
            lambda: program(tmp_path, "web", SERVE),
            answers=lambda: False,
            within=0.3,
            excuse=lambda: "503 migrations are missing",
        )

        with (
            pytest.raises(CannotStart, match=r"^web did not start \(it says: 503 migrations are missing\); "),
            Crew(heard) as crew,
        ):
            crew.start(deaf)

        assert not is_alive(heard.men["web"].process.pid)

    def test_waits_for_a_chore_to_come_out_well(self, tmp_path: Path, heard: Recorder) -> None:
        with Crew(heard) as crew:
            crew.finish(crew.begin(Chore("build", program(tmp_path, "build", "print('built')"))))

        assert heard.heard == [("build", Standing.WORKING), ("build", Standing.DONE)]

    def test_stops_at_a_chore_that_fails(self, tmp_path: Path, heard: Recorder) -> None:
        with pytest.raises(CannotStart, match=r"^build failed; .*\nthe reason$"), Crew(heard) as crew:
            crew.finish(crew.begin(Chore("build", program(tmp_path, "build", DIE))))

    def test_gives_signals_back(self, tmp_path: Path, heard: Recorder) -> None:
        before = signal.getsignal(signal.SIGTERM)

        with Crew(heard):
            assert signal.getsignal(signal.SIGTERM) != before

        assert signal.getsignal(signal.SIGTERM) == before


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
