"""What the operator sees while the stack starts and runs: a live table, or plain lines where nobody watches."""

from collections.abc import Callable
from typing import Final, Protocol, Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from marketplace.stack.processes import last_lines
from marketplace.stack.supervisor import Chore, Crewman, Standing

MARKS: Final = {
    Standing.READY: ("●", "green"),
    Standing.DONE: ("✓", "green"),
    Standing.RESTARTING: ("↻", "yellow"),
    Standing.STOPPING: ("■", "yellow"),
    Standing.STOPPED: ("■", "dim"),
    Standing.FAILED: ("✗", "red"),
}

SENTENCES: Final = {
    Standing.STARTING: "{name}: starting",
    Standing.WORKING: "{name}: working",
    Standing.READY: "{name}: ready after {seconds:.1f} s",
    Standing.DONE: "{name}: done after {seconds:.1f} s",
    Standing.RESTARTING: "{name}: died and is started again",
    Standing.STOPPED: "{name}: stopped",
    Standing.FAILED: "{name}: failed",
}


class Screen(Protocol):
    """Where the stack is shown."""

    def changed(self, man: Crewman) -> None:
        """Hear of a new standing."""

    def say(self, text: str) -> None:
        """Show what is to be known, once."""

    def __enter__(self) -> Self:
        """Begin to show."""

    def __exit__(self, *_: object) -> None:
        """Leave the last picture standing."""


def screen() -> Screen:
    """Choose what suits whoever watches."""
    console = Console()
    return LiveTable(console) if console.is_terminal else Lines(console)


class Lines:
    """A line for each change: for logs, pipes and tests."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def changed(self, man: Crewman) -> None:
        """Print a sentence for what matters."""
        sentence = SENTENCES.get(man.standing)
        if sentence:
            self.say(sentence.format(name=man.name, seconds=man.seconds))

    def say(self, text: str) -> None:
        """Print as it is, unwrapped, at once."""
        self._console.print(text, soft_wrap=True, highlight=False, markup=False)


class LiveTable:
    """A table that stays where it is and shows how each part is doing."""

    def __init__(self, console: Console) -> None:
        self._men: dict[str, Crewman] = {}
        self._said: list[str] = []
        self._spinner = Spinner("dots", style="cyan")
        self._live = Live(console=console, get_renderable=self._picture, refresh_per_second=4)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def changed(self, man: Crewman) -> None:
        """Remember whom to show."""
        self._men[man.name] = man

    def say(self, text: str) -> None:
        """Show a panel below the table from now on."""
        self._said.append(text)

    def _picture(self) -> RenderableType:
        table = Table.grid(padding=(0, 2))
        for man in list(self._men.values()):
            table.add_row(self._mark(man), man.name, _remark(man))
        return Group(table, *(Panel(Text(text), border_style="green", expand=False) for text in self._said))

    def _mark(self, man: Crewman) -> RenderableType:
        if man.standing in {Standing.STARTING, Standing.WORKING}:
            return self._spinner
        mark, style = MARKS[man.standing]
        return Text(mark, style=style)


def _remark(man: Crewman) -> Text:
    if man.standing is Standing.WORKING:
        return Text(last_lines(man.program.log, count=1)[:100], style="dim")
    describe: Callable[[Crewman], str] = _took if man.standing in {Standing.READY, Standing.DONE} else _standing
    return Text(describe(man), style="dim")


def _took(man: Crewman) -> str:
    again = f", started again {man.failures} times" if man.failures else ""
    verb = "done in" if isinstance(man.work, Chore) else "ready in"
    return f"{verb} {man.seconds:.1f} s{again}"


def _standing(man: Crewman) -> str:
    return str(man.standing)
