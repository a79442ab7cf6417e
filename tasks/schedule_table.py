"""What beat ticks, in one table: it only knocks, the database knows what is due."""

from typing import Any, Final

TABLE: Final[dict[str, dict[str, Any]]] = {
    "tick": {"task": "schedule.tick", "schedule": 1.0, "options": {"expires": 5, "queue": "schedule"}},
}
