"""The command line of the marketplace."""

import errno
import shutil
from collections.abc import MutableMapping
from importlib import import_module
from typing import Final

import psycopg
import typer
from sqlalchemy.exc import DBAPIError
from typer import _click as click
from typer.core import TyperGroup
from typer.main import get_group

from marketplace.cli import serving
from marketplace.kernel.errors import OutcomeUnknown, Refusal, Unavailable
from marketplace.settings import BadSetting
from marketplace.stack.problems import CannotStart

UNKNOWN_HERE: Final = frozenset({"42P01", "42703"})
"""SQLSTATEs of a table and of a column that are not there."""

NOT_ALLOWED: Final = "42501"
"""SQLSTATE of a role that may not do what was asked of it."""

AWAY: Final = ("08", "53", "57P")
"""How SQLSTATEs begin of a database that is not reached, is full, or goes down; who hears nothing says none."""


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
    except (BadSetting, CannotStart, OutcomeUnknown, Refusal) as problem:
        _fail(str(problem))
    except Unavailable as problem:
        _fail(_said_by(problem.__cause__) or str(problem))
    except (DBAPIError, psycopg.Error) as problem:
        sentence = _said_by(problem)
        if sentence is None:
            raise
        _fail(sentence)
    except OSError as problem:
        sentence = said_of_files(problem)
        if sentence is None:
            raise
        _fail(sentence)


def said_of_files(problem: OSError) -> str | None:
    """Tell an operator which file cannot be used, and why; copying a folder says so once for each file in it."""
    if isinstance(problem, shutil.Error):
        _, target, reason = problem.args[0][0]
        return f"{target} cannot be used: {str(reason).rpartition('] ')[2].partition(':')[0]}."
    if problem.errno == errno.ENOSPC:
        return f"The disk is full: {problem.filename or 'a file'} could not be written; make room and start again."
    return f"{problem.filename} cannot be used: {problem.strerror}." if problem.filename else None


def _said_by(problem: BaseException | None) -> str | None:
    """Tell an operator what the database said, where he can mend it."""
    said = problem.orig if isinstance(problem, DBAPIError) else problem
    if not isinstance(said, psycopg.Error):
        return None
    if said.sqlstate in UNKNOWN_HERE:
        return "The tables are those of an older release: run `marketplace migrate`."
    first_line = str(said).partition("\n")[0]
    if said.sqlstate == NOT_ALLOWED:
        return f"The role may not do this ({first_line}): name the owner of the database in DATABASE_OWNER_URL."
    is_away = isinstance(said, psycopg.OperationalError) and (said.sqlstate or AWAY[0]).startswith(AWAY)
    return f"The database does not answer: {first_line}" if is_away else None


def _fail(sentence: str) -> None:
    typer.secho(sentence, err=True, fg=typer.colors.RED)
    raise SystemExit(1)
