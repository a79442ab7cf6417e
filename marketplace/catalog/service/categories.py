"""Commands on the tree of categories."""

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import count, islice
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from marketplace.catalog.models import Category
from marketplace.catalog.rules import DATA
from marketplace.kernel import profile, text
from marketplace.kernel.ids import CategoryId, new_uuid
from marketplace.kernel.rows import among, put_rows
from marketplace.kernel.work import UnitOfWork

DEEPEST: Final = 6
"""Levels of a tree that an import may name; what lies deeper belongs to the last of them."""

NAMELESS: Final = "other"

TREE_LOCK: Final = 7_202
"""The advisory lock under which places are added, so that two imports do not add the same one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a category stands and what it is called."""

    path: str
    name: str
    name_ar: str


def install_default_categories(uow: UnitOfWork) -> int:
    """Put in the tree that belongs to this installation's profile; doing so again only mends names and order."""
    places = list(_default_places(profile.chosen().name))
    known: dict[str, CategoryId] = {}
    for position, place in enumerate(places):
        parent, _, slug = place.path.rpartition("/")
        put = insert(Category).values(
            id=new_uuid(),
            slug=slug,
            name=place.name,
            name_ar=place.name_ar,
            parent_id=known.get(parent),
            path=place.path,
            depth=place.path.count("/"),
            position=position,
        )
        mended = put.on_conflict_do_update(
            index_elements=["path"],
            set_={"name": put.excluded.name, "name_ar": put.excluded.name_ar, "position": put.excluded.position},
        )
        known[place.path] = uow.session.execute(mended.returning(col(Category.id))).scalar_one()
    return len(places)


def ensure_categories(uow: UnitOfWork, *, names: Collection[tuple[str, ...]]) -> dict[tuple[str, ...], CategoryId]:
    """Find the categories that an import names from the root down, and make those that are missing."""
    wanted = {name: _path(name) for name in names if name}
    lineage = {_path(name[: depth + 1]): name[depth] for name in wanted for depth in range(min(len(name), DEEPEST))}
    known = _known(uow, lineage)
    if len(known) < len(lineage):
        uow.session.execute(select(func.pg_advisory_xact_lock(TREE_LOCK)))
        known = _known(uow, lineage)
        known |= _make(uow, {path: lineage[path] for path in sorted(lineage) if path not in known}, known)
    return {name: known[path] for name, path in wanted.items()}


def _default_places(profile_name: str) -> Iterator[Place]:
    lines = files(DATA).joinpath(f"categories.{profile_name}.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines):
        yield Place(row["path"], row["name"], row["name_ar"])


def _path(name: tuple[str, ...]) -> str:
    return "/".join(text.slug(part, fallback=NAMELESS) for part in name[:DEEPEST])


def _known(uow: UnitOfWork, paths: Collection[str]) -> dict[str, CategoryId]:
    found = select(col(Category.path), col(Category.id)).where(among(col(Category.path), paths))
    return {row.path: row.id for row in uow.session.execute(found)}


def _make(uow: UnitOfWork, names: Mapping[str, str], known: Mapping[str, CategoryId]) -> dict[str, CategoryId]:
    """Insert places by their paths, parents first, each under an address that nobody has."""
    made = {path: CategoryId(new_uuid()) for path in names}
    taken = _taken(uow, names)
    rows = []
    for position, (path, name) in enumerate(names.items()):
        slug = next(address for address in _addresses(path.split("/")) if address not in taken)
        taken.add(slug)
        parent = path.rpartition("/")[0]
        rows.append(
            {
                "id": made[path],
                "slug": slug,
                "name": name,
                "name_ar": "",
                "parent_id": made.get(parent) or known.get(parent),
                "path": path,
                "depth": path.count("/"),
                "position": position,
            }
        )
    put_rows(uow.session, Category, rows)
    return made


def _taken(uow: UnitOfWork, paths: Collection[str]) -> set[str]:
    """The addresses that are in use among those that these places might get."""
    asked = {address for path in paths for address in islice(_addresses(path.split("/")), 3)}
    return set(uow.session.execute(select(col(Category.slug)).where(among(col(Category.slug), asked))).scalars())


def _addresses(parts: list[str]) -> Iterator[str]:
    """What a place may be called: its own name, else with its parents' before it, else a number behind."""
    yield parts[-1]
    whole = "-".join(parts)[-72:].strip("-")
    yield whole
    yield from (f"{whole}-{number}" for number in count(2))
