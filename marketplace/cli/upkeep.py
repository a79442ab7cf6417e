"""Commands that open the house, or change what it stands on."""

import re
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated, Final

import typer

from marketplace import bootstrap, imports, jobs, ops
from marketplace.cli import operating
from marketplace.flows.compositions import installing
from marketplace.kernel.actor import system
from marketplace.settings import Clock as ClockSetting
from marketplace.settings import settings
from marketplace.stack import migrations
from marketplace.stack.doctor import examine

app = typer.Typer()
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
app.add_typer(operating.app)

UNITS: Final = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
FURTHEST: Final = timedelta(days=3650)


@app.command()
def migrate() -> None:
    """Bring the database up to this release, as its owner."""
    migrations.upgrade(settings().owner_url)
    with bootstrap.database().unit(system("migrate")) as uow:
        jobs.settle_profile(uow, profile=settings().profile)
        installing.install(uow)
    typer.echo("The database is up to date.")


@app.command()
def doctor() -> None:
    """Say in plain words what is wrong with this installation."""
    is_sound = True
    for finding in examine():
        is_sound = is_sound and finding.problem is None
        typer.echo(f"✗ {finding.about}: {finding.problem}" if finding.problem else f"✓ {finding.about}")
    if not is_sound:
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
        typer.secho("The books do not agree with what happened.", err=True, fg=typer.colors.RED)
        raise typer.Exit(1)
    typer.echo("The books agree with what happened.")


@goods.command("import")
def import_goods(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, TSV or JSON lines.")],
    vendor: Annotated[str, typer.Option(help="The store that sells them, as its address ends: /v/NAME.")],
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
    try:
        span = timedelta(**parts)
    except OverflowError:
        span = timedelta.max
    if span > FURTHEST:
        raise typer.BadParameter(f"Move it by {FURTHEST.days} days at most.")
    return span
