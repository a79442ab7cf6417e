"""Whatever the database may refuse, somebody says in a sentence."""

from collections.abc import Iterator

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import dialect

from marketplace import bootstrap, tables

NAMES = dialect().identifier_preparer  # type: ignore[no-untyped-call]  # the dialect has no types


def explainable() -> Iterator[str]:
    """Name every rule of the tables that a user's wish may run into; lists of words and keys are our own business."""
    for table in tables.metadata().sorted_tables:
        for constraint in table.constraints:
            is_check = isinstance(constraint, CheckConstraint) and not constraint._type_bound
            if is_check or isinstance(constraint, UniqueConstraint):
                yield NAMES.format_constraint(constraint) or ""
        yield from (NAMES.format_index(index) for index in table.indexes if index.unique)


def existing() -> Iterator[str]:
    """Name every rule of the tables, keys too."""
    for table in tables.metadata().sorted_tables:
        yield from (NAMES.format_constraint(constraint) or "" for constraint in table.constraints)
        yield from (NAMES.format_index(index) for index in table.indexes)


class TestConstraints:
    def test_are_all_explained(self) -> None:
        assert sorted(set(explainable()) - set(bootstrap.constraints())) == []

    def test_are_explained_only_where_they_exist(self) -> None:
        assert sorted(set(bootstrap.constraints()) - set(existing())) == []
