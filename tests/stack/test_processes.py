"""Processes as the stack starts them."""

import os
import sys
from pathlib import Path

from marketplace.stack.processes import Program, launch

SAYS_HOW_NICE = (sys.executable, "-c", "import os; print(os.nice(0))")


class TestLaunch:
    def test_starts_what_gives_way_to_others(self, tmp_path: Path) -> None:
        program = Program("nice", SAYS_HOW_NICE, log=tmp_path / "nice.log", niceness=7)

        assert launch(program).wait() == 0

        assert int(program.log.read_text()) == os.nice(0) + 7

    def test_starts_others_as_they_are(self, tmp_path: Path) -> None:
        program = Program("plain", SAYS_HOW_NICE, log=tmp_path / "plain.log")

        assert launch(program).wait() == 0

        assert int(program.log.read_text()) == os.nice(0)
