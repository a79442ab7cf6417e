"""The command line of the marketplace."""

import errno
import re
import shutil
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType
from typing import Annotated, Final

import typer
from sqlalchemy.exc import OperationalError

from marketplace import bootstrap, imports, jobs, ops
from marketplace import relay as relaying
from marketplace.flows.compositions import installing
from marketplace.kernel.actor import system
from marketplace.kernel.errors import Refusal, Unavailable
from marketplace.settings import BadSetting, Environment, Profile, settings
from marketplace.settings import Clock as ClockSetting
from marketplace.stack import commands, migrations
from marketplace.stack import up as starting
from marketplace.stack.doctor import examine
from marketplace.stack.frontend import Frontend
from marketplace.stack.problems import CannotStart

app = typer.Typer(name="marketplace", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
migration = typer.Typer(name="migration", no_args_is_help=True, help="Write migrations.")
books = typer.Typer(name="ledger", no_args_is_help=True, help="Check the books.")
clock = typer.Typer(name="clock", no_args_is_help=True, help="Move the clock, where it is movable.")
demo = typer.Typer(name="demo", no_args_is_help=True, help="Fill the marketplace with a demo world.")
goods = typer.Typer(name="catalog", no_args_is_help=True, help="Bring in products.")
app.add_typer(demo)
app.add_typer(goods)
app.add_typer(migration)
app.add_typer(clock)
app.add_typer(books)

UNITS: Final = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


@app.command()
def up(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where browsers find it.")] = 8000,
    data_dir: Annotated[Path | None, typer.Option(help="Where everything is kept.")] = None,
    profile: Annotated[Profile | None, typer.Option(help="Which country's marketplace it is.")] = None,
    demo: Annotated[bool, typer.Option(help="Fill it with a demo world.")] = True,  # noqa: FBT002  an option, by name
    workers: Annotated[int | None, typer.Option(min=1, help="How many web processes serve.")] = None,
) -> None:
    """Start everything, and keep it running until Ctrl-C."""
    starting.up(starting.Choices(port=port, data_dir=data_dir, profile=profile, has_demo=demo, workers=workers))


@app.command()
def migrate() -> None:
    """Bring the database up to this release, as its owner."""
    migrations.upgrade(settings().owner_url)
    with bootstrap.database().unit(system("migrate")) as uow:
        jobs.settle_profile(uow, profile=settings().profile)
        installing.install(uow)
    typer.echo("The database is up to date.")


@app.command()
def web(port: Annotated[int, typer.Option(min=1, max=65535)] = 8000, host: str = "127.0.0.1") -> None:
    """Serve pages, their events and REST, as one process of a process file."""
    commands.web(settings(), port=port, host=host).become()


@app.command()
def relay() -> None:
    """Pass on what was committed: wake consumers, ping pages."""
    relaying.run()


@app.command()
def worker() -> None:
    """Run tasks, as one process of a process file."""
    commands.worker(settings()).become()


@app.command()
def beat() -> None:
    """Tick the schedule, as one process of a process file."""
    commands.beat(settings()).become()


@app.command()
def pages(
    folder: Annotated[Path, typer.Argument(help="Where to put them.")],
    profile: Annotated[Profile, typer.Option(help="Which country's pages they are.")] = Profile.SAUDI,
) -> None:
    """Build the pages for production, to be served from MARKETPLACE_FRONTEND_DIR or by a proxy."""
    log = Path(mkdtemp(prefix="marketplace-pages-")) / "pages.log"
    built = Frontend(profile, Environment.PRODUCTION, log).build()
    shutil.copytree(built, folder, dirs_exist_ok=True)
    typer.echo(f"The pages of {profile} are in {folder}.")


@app.command()
def doctor() -> None:
    """Say in plain words what is wrong with this installation."""
    findings = list(examine())
    for finding in findings:
        typer.echo(
            f"{'✗' if finding.problem else '✓'} {finding.about}{': ' if finding.problem else ''}{finding.problem or ''}"
        )
    if any(finding.problem for finding in findings):
        raise typer.Exit(1)


@clock.command("advance")
def advance(span: Annotated[str, typer.Argument(help="How far: 8d, 12h, 30m, or 1d12h.")]) -> None:
    """Move the clock forward and wake the schedule."""
    by = _span(span)
    may_move = settings().clock is ClockSetting.MOVABLE
    with bootstrap.database().unit(system("clock")) as uow:
        offset = jobs.advance_clock(uow, by=by, may_move=may_move)
    typer.echo(f"The clock is {offset} ahead.")


@demo.command("first")
def first_of_demo() -> None:
    """Make people, shops and goods: enough to look around and to buy."""
    _demo_world().first(bootstrap.house())


@demo.command("rest")
def rest_of_demo() -> None:
    """Make what is missing of the demo world, down to ninety days of trade."""
    _demo_world().first(bootstrap.house())
    _demo_world().rest(bootstrap.house())


@books.command("agreement")
def agreement() -> None:
    """Compare the books with what happened, account by account; fails where they differ."""
    found = bootstrap.database().read_together(ops.agreement, system("cli"))
    for wrong in found.disagreements:
        expected, actual = wrong.expected.decimal, wrong.actual.decimal
        typer.echo(
            f"{wrong.order or 'no order'}: {wrong.account} holds {actual}, not {expected} {wrong.actual.currency}"
        )
    for pot in (*found.cash_with_agents, *found.payable_to_vendors):
        if not pot.agrees:
            left = pot.came - pot.went
            typer.echo(f"{pot.owner}: the books say {pot.booked.decimal}, not {left.decimal} {left.currency}")
    for breach in found.breaches:
        typer.echo(f"{breach.subject}: {breach.why}")
    typer.echo(f"{found.orders} orders, {found.transactions} transactions, {found.accounts} accounts.")
    if not found.agrees:
        _fail("The books do not agree with what happened.")
    typer.echo("The books agree with what happened.")


@goods.command("import")
def import_goods(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, TSV or JSON lines.")],
    vendor: Annotated[str, typer.Option(help="The address of the store that sells them.")],
    columns: Annotated[str, typer.Option("--map", help="title=name,description=short+long; or a JSON file.")] = "",
    results: Annotated[Path | None, typer.Option(help="Where to write what became of each row, as CSV.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,  # noqa: FBT002  an option, by name
) -> None:
    """Bring in a file of products; stopped anywhere, the same command goes on where it was."""
    asked = imports.Asked(file=file, vendor=vendor, columns=columns, results=results, is_rehearsal=dry_run)
    typer.echo(imports.run(bootstrap.house(), asked))


@migration.command("new")
def new_migration(
    message: Annotated[str, typer.Argument(help='Slice and change: "orders add cancel reason".')],
) -> None:
    """Write the migration to what the models say now; read it before you commit it."""
    migrations.write_next(message)


@migration.command("rebase")
def rebase_migration(revision: Annotated[str, typer.Argument(help="The head that is yours.")]) -> None:
    """Put your migrations on top of those that others have added meanwhile: there is one head."""
    typer.echo(f"{migrations.put_on_top(revision).name} stands on the other head now.")


def _demo_world() -> ModuleType:
    return import_module("marketplace.demo.world")


def _span(words: str) -> timedelta:
    if not re.fullmatch(r"(\d+[dhms])+", words):
        raise typer.BadParameter("Say it like 8d, 12h or 1d12h30m.")
    parts = {UNITS[unit]: int(count) for count, unit in re.findall(r"(\d+)([dhms])", words)}
    return timedelta(**parts)


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


if __name__ == "__main__":
    run()
