"""Import contracts of our own, on top of import-linter's."""

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PrivateSlices(Contract):
    """A slice is its package: outsiders import the package, never a module inside it.

    Two kinds of outsiders may look inside, at tables only: queries of slices above (module or package), to
    join, and the list of tables.
    """

    house = fields.StringField()
    slices: Any = fields.ListField(subfield=fields.StringField())
    readers: Any = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001 (the linter's signature)
        """Find every import that reaches past a slice's front door."""
        trespasses = [
            (importer, inside)
            for name in self.slices
            if f"{self.house}.{name}" in graph.modules
            for inside in graph.find_descendants(f"{self.house}.{name}")
            for importer in graph.find_modules_that_directly_import(inside)
            if not self._at_home(importer, name) and not self._reads_tables(importer, inside)
        ]
        return ContractCheck(kept=not trespasses, metadata={"trespasses": sorted(trespasses)})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """List them."""
        for importer, inside in check.metadata["trespasses"]:
            output.print_error(f"{importer} reaches into {inside}", bold=False)

    def _at_home(self, importer: str, name: str) -> bool:
        return f"{importer}.".startswith(f"{self.house}.{name}.")

    def _reads_tables(self, importer: str, inside: str) -> bool:
        return inside.endswith(".models") and not set(self.readers).isdisjoint(importer.split("."))
