"""Ticks of the schedule."""

from marketplace import bootstrap, flows
from tasks.app import app


@app.task(name="schedule.tick")
def tick(**_from_newer_senders: object) -> None:
    """Run what is due."""
    flows.run_due(bootstrap.house())


def wake(_why: str) -> None:
    """Tick now: the clock was moved."""
    tick.delay()
