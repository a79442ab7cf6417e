"""Commands on the tree of categories."""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from marketplace.catalog.models import Category
from marketplace.kernel import profile, text
from marketplace.kernel.ids import CategoryId, new_uuid
from marketplace.kernel.work import UnitOfWork

DATA: Final = "marketplace.catalog.data"
DEEPEST: Final = 6
"""Levels of a tree that an import may name; what lies deeper belongs to the last of them."""

NAMELESS: Final = "other"


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
    lineage = {name[: depth + 1] for name in wanted for depth in range(min(len(name), DEEPEST))}
    from_the_root = sorted(lineage, key=lambda name: (len(name), name))
    known = _known(uow, {_path(name) for name in from_the_root})
    for name in from_the_root:
        path = _path(name)
        if path not in known:
            known[path] = _make(uow, name, path, parent_id=known.get(path.rpartition("/")[0]))
    return {name: known[path] for name, path in wanted.items()}


def _default_places(profile_name: str) -> Iterator[Place]:
    lines = files(DATA).joinpath(f"categories.{profile_name}.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines):
        yield Place(row["path"], row["name"], row["name_ar"])


def _path(name: tuple[str, ...]) -> str:
    return "/".join(text.slug(part, fallback=NAMELESS) for part in name[:DEEPEST])


def _known(uow: UnitOfWork, paths: Collection[str]) -> dict[str, CategoryId]:
    found = select(col(Category.path), col(Category.id)).where(col(Category.path).in_(paths))
    return {row.path: row.id for row in uow.session.execute(found)}


def _make(uow: UnitOfWork, name: tuple[str, ...], path: str, *, parent_id: CategoryId | None) -> CategoryId:
    """Insert under an address nobody has: its own name, else with its parents' before it, else a number behind."""
    parts = path.split("/")
    for slug in _addresses(parts):
        put = insert(Category).values(
            id=new_uuid(),
            slug=slug,
            name=name[-1],
            name_ar="",
            parent_id=parent_id,
            path=path,
            depth=len(parts) - 1,
            position=0,
        )
        made = uow.session.execute(put.on_conflict_do_nothing().returning(col(Category.id))).scalar_one_or_none()
        if made is None:
            made = _known(uow, [path]).get(path)
        if made is not None:
            return made
    raise AssertionError(path)


def _addresses(parts: list[str]) -> Iterator[str]:
    yield parts[-1]
    whole = "-".join(parts)[-72:].strip("-")
    yield whole
    yield from (f"{whole}-{number}" for number in range(2, 1000))
