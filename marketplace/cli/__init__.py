"""The command line of the marketplace."""

import errno
from collections.abc import MutableMapping
from importlib import import_module

import typer
from sqlalchemy.exc import OperationalError
from typer import _click as click
from typer.core import TyperGroup
from typer.main import get_group

from marketplace.cli import serving
from marketplace.kernel.errors import Refusal, Unavailable
from marketplace.settings import BadSetting
from marketplace.stack.problems import CannotStart


class Commands(TyperGroup):
    """All commands; those that open the house are loaded once one of them is named, so that `up` starts at once."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command by its name."""
        return super().get_command(ctx, cmd_name) or self._of_the_house().get(cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name them all."""
        return [*super().list_commands(ctx), *self._of_the_house()]

    @staticmethod
    def _of_the_house() -> MutableMapping[str, click.Command]:
        return get_group(import_module("marketplace.cli.upkeep").app).commands


app = typer.Typer(
    name="marketplace", cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
app.add_typer(serving.app)


def run() -> None:
    """Run a command; a problem that a person can mend is one sentence and a non-zero exit."""
    try:
        app()
    except (BadSetting, CannotStart, Refusal, Unavailable) as problem:
        _fail(str(problem))
    except OperationalError as problem:
        _fail(f"The database does not answer: {str(problem.orig).splitlines()[0]}")
    except OSError as problem:
        if problem.errno != errno.ENOSPC:
            raise
        _fail(f"The disk is full: {problem.filename or 'a file'} could not be written; make room and start again.")


def _fail(sentence: str) -> None:
    typer.secho(sentence, err=True, fg=typer.colors.RED)
    raise SystemExit(1)
