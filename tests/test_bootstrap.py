"""From settings to a house."""

import subprocess
import sys
from ast import literal_eval

SETTLED = (
    "import gc; from marketplace import bootstrap; bootstrap.settle(); print(gc.get_freeze_count(), gc.get_count())"
)


class TestSettle:
    def test_leaves_the_collector_nothing_of_what_was_loaded(self) -> None:
        said = subprocess.run([sys.executable, "-c", SETTLED], check=True, capture_output=True, text=True)  # noqa: S603 (ours)

        frozen, left = said.stdout.split(" ", 1)
        assert int(frozen) > 100_000
        assert sum(literal_eval(left)) < 1_000
