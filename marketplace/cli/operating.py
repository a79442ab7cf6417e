"""Commands that switch capabilities and set numbers."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlmodel import Session

from marketplace import bootstrap, flags
from marketplace.flags import Flag, FlagView, Limit, LimitView
from marketplace.flows.compositions import operating
from marketplace.kernel.actor import Actor, system

app = typer.Typer()
switches = typer.Typer(name="flags", no_args_is_help=True, help="Switch capabilities on and off.")
numbers = typer.Typer(name="limits", no_args_is_help=True, help="See and set the numbers of the operator.")
app.add_typer(switches)
app.add_typer(numbers)


@switches.command("list")
def list_flags() -> None:
    """Say what is on, and what each builds on."""
    for view in bootstrap.database().read(_flags, system("cli")):
        needs = f"  builds on {', '.join(view.needs)}" if view.needs else ""
        typer.echo(f"{'on ' if view.is_on else 'off'} {view.flag}{needs}")


@switches.command("on")
def turn_on(flag: Annotated[Flag, typer.Argument()]) -> None:
    """Switch a capability on; refused where what it builds on is off."""
    bootstrap.database().transact(operating.roll_out, system("cli"), flag=flag, is_on=True)
    typer.echo(f"{flag.value} is on.")


@switches.command("off")
def turn_off(flag: Annotated[Flag, typer.Argument()]) -> None:
    """Switch a capability off; refused where something that is on builds on it."""
    bootstrap.database().transact(operating.roll_out, system("cli"), flag=flag, is_on=False)
    typer.echo(f"{flag.value} is off.")


@numbers.command("list")
def list_limits() -> None:
    """Say what each number is now, and since when; their unit is the end of their name."""
    for view in bootstrap.database().read(_limits, system("cli")):
        since = f"since {view.effective_at:%Y-%m-%d %H:%M} UTC" if view.effective_at else "as it came"
        typer.echo(f"{view.limit} = {view.value}  ({since})")


@numbers.command("set")
def set_limit(
    limit: Annotated[Limit, typer.Argument()],
    value: Annotated[int, typer.Argument(min=0)],
    since: Annotated[datetime | None, typer.Option("--from", help="From when on, in UTC: now, unless said.")] = None,
) -> None:
    """Give a number its next version; what was decided under the last one stays as it was."""
    starts_at = since.replace(tzinfo=UTC) if since else None
    view = bootstrap.database().transact(
        operating.set_limit, system("cli"), limit=limit, value=value, effective_at=starts_at
    )
    typer.echo(f"{view.limit} = {view.value} from {view.effective_at:%Y-%m-%d %H:%M} UTC on.")


def _flags(_actor: Actor, session: Session) -> tuple[FlagView, ...]:
    return flags.flags(session)


def _limits(_actor: Actor, session: Session) -> tuple[LimitView, ...]:
    return flags.limits(session, at=bootstrap.database().now())
