"""The command line of the marketplace."""

from typing import Annotated

import typer

from marketplace.settings import BadSetting, settings
from marketplace.stack import migrations
from marketplace.stack.problems import CannotStart

app = typer.Typer(name="marketplace", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
migration = typer.Typer(name="migration", no_args_is_help=True, help="Write migrations.")
app.add_typer(migration)


@app.command()
def migrate() -> None:
    """Bring the database up to this release, as its owner."""
    migrations.upgrade(settings().owner_url)
    typer.echo("The database is up to date.")


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


def run() -> None:
    """Run a command; a problem that a person can mend is one sentence and a non-zero exit."""
    try:
        app()
    except (BadSetting, CannotStart) as problem:
        typer.secho(str(problem), err=True, fg=typer.colors.RED)
        raise SystemExit(1) from None


if __name__ == "__main__":
    run()
