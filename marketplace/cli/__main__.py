"""The command line, as `python -m marketplace.cli`."""

from marketplace.cli import run

run()
