"""Commands that start something: they load nothing of the house."""

import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated

import typer

from marketplace.settings import Environment, Profile, Settings, settings
from marketplace.stack import commands
from marketplace.stack import up as starting
from marketplace.stack.folders import refuse_a_busy_port
from marketplace.stack.frontend import Frontend
from marketplace.stack.problems import CannotStart

app = typer.Typer()


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
def web(port: Annotated[int, typer.Option(min=1, max=65535)] = 8000, host: str = "127.0.0.1") -> None:
    """Serve pages, their events and REST, as one process of a process file."""
    refuse_a_busy_port(port, host=host)
    commands.web(_with_pages(settings()), port=port, host=host).become()


@app.command()
def relay() -> None:
    """Pass on what was committed: wake consumers, ping pages."""
    commands.relay(settings()).become()


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
    profile: Annotated[Profile, typer.Option(help="Which profile's pages they are.")] = Profile.SAUDI,
) -> None:
    """Build the pages for production, to be served from MARKETPLACE_FRONTEND_DIR or by a proxy."""
    folder.mkdir(parents=True, exist_ok=True)
    log = Path(mkdtemp(prefix="marketplace-pages-")) / "pages.log"
    built = Frontend(profile, Environment.PRODUCTION, log).build()
    shutil.copytree(built, folder, dirs_exist_ok=True)
    typer.echo(f"The pages of {profile} are in {folder}.")


def _with_pages(chosen: Settings) -> Settings:
    """Name the pages that are served, built elsewhere or here; a web process without them would answer nobody."""
    folder = chosen.frontend_dir or Frontend(chosen.profile, chosen.environment, chosen.data_dir).folder
    if not (folder / "index.html").exists():
        raise CannotStart(
            f"There are no pages in {folder}: build them with `marketplace pages FOLDER`, "
            "and name that folder in MARKETPLACE_FRONTEND_DIR."
        )
    return chosen.model_copy(update={"frontend_dir": folder})
