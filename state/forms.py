"""What pages with forms, and pages that load one thing, have in common: mixed into the one state of the page."""

import reflex as rx


class Loads(rx.State, mixin=True):
    """A page that loads something: until it is there, its skeleton stands; what went wrong stands instead of it."""

    is_loaded: bool = False
    trouble: str = ""
    trouble_kind: str = ""


class Asks(rx.State, mixin=True):
    """A page with a form: errors by the names of its fields, and what is wrong with the whole."""

    errors: dict[str, str] = {}
    problem: str = ""

    def _mend(self, field: str) -> None:
        """Take back what was said of a field, now that something else stands in it."""
        self.errors = {name: said for name, said in self.errors.items() if name != field}
        if not self.errors:
            self.problem = ""
