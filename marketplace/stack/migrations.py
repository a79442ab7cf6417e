"""Migrations: whether the data fits this release, bringing it up to it, and writing the next one."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import psycopg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from marketplace.stack.postgres import FORGETFUL, Cluster, running
from marketplace.stack.problems import CannotStart

PROJECT: Final = Path(__file__).parents[2]


def upgrade(url: str) -> None:
    """Bring the database up to this release; does nothing where it is."""
    if not is_current(url):
        command.upgrade(_config(url), "head")


def is_current(url: str) -> bool:
    """Whether the database stands where this release stands; refuses data that a newer release has left."""
    applied = _applied(url)
    scripts = ScriptDirectory.from_config(_config(url))
    known = {script.revision for script in scripts.walk_revisions()}
    for revision in applied - known:
        raise CannotStart(
            f"The data was left by a newer release (its revision {revision} is unknown here): "
            "start that release, or choose another --data-dir."
        )
    return applied == set(scripts.get_heads())


def profile_of(url: str) -> str | None:
    """Tell which profile the data was made for, if any was."""
    with psycopg.connect(_plain(url)) as db:
        found = db.execute("SELECT profile FROM installations").fetchone()
        return str(found[0]) if found else None


def has_people(url: str) -> bool:
    """Whether anybody has ever registered."""
    with psycopg.connect(_plain(url)) as db:
        found = db.execute("SELECT EXISTS (SELECT FROM users)").fetchone()
        return bool(found and found[0])


def write_next(message: str) -> None:
    """Write the migration from what is applied to what the models say, against a database made for the purpose."""
    with throwaway() as cluster:
        config = _config(cluster.owner_url)
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True)


def differences(url: str) -> None:
    """Fail where the tables that migrations make differ from those that the models declare."""
    command.check(_config(url))


@contextmanager
def throwaway() -> Iterator[Cluster]:
    """Run an empty, quick and forgetful database for as long as the caller needs it."""
    folder = Path(mkdtemp(prefix="marketplace-"))
    folder.chmod(0o711)
    try:
        with running(Cluster(folder / "postgres", tuning=FORGETFUL)) as cluster:
            yield cluster
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _applied(url: str) -> set[str]:
    with psycopg.connect(_plain(url)) as db:
        known = db.execute("SELECT to_regclass('alembic_version') IS NOT NULL").fetchone()
        if not known or not known[0]:
            return set()
        return {str(row[0]) for row in db.execute("SELECT version_num FROM alembic_version")}


def _config(url: str) -> Config:
    config = Config(toml_file=PROJECT / "pyproject.toml")
    config.attributes["url"] = _for_sqlalchemy(url)
    return config


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def _for_sqlalchemy(url: str) -> str:
    return _plain(url).replace("postgresql://", "postgresql+psycopg://", 1)


def put_on_top(revision: str) -> Path:
    """Where two branches of work each added migrations, put the line that ends in this revision on top of the other."""
    scripts = ScriptDirectory(str(PROJECT / "alembic"))
    others = [head for head in scripts.get_heads() if head != revision]
    if revision not in scripts.get_heads() or len(others) != 1:
        raise CannotStart(f"There is nothing to put {revision} on: the heads are {', '.join(scripts.get_heads())}.")
    below = {script.revision for script in scripts.iterate_revisions(others[0], "base")}
    line = [script for script in scripts.iterate_revisions(revision, "base") if script.revision not in below]
    lowest = Path(line[-1].path)
    old = f"down_revision = {line[-1].down_revision!r}"
    text = lowest.read_text()
    new = f"down_revision = {others[0]!r}"
    lowest.write_text(text.replace(old, new).replace(old.replace("'", '"'), new.replace("'", '"')))
    return lowest
