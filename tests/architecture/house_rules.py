"""The rules of the house that imports cannot say, each a function over the syntax trees of a checkout."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

PACKAGES: Final = ("marketplace", "pages", "state", "tasks")
LONGEST_FILE: Final = 400
LONGEST_FUNCTION: Final = 50

READS_OF_TIME: Final = (".datetime.now", ".datetime.utcnow", ".date.today", ".datetime.today", ".time.time")
WHERE_TIME_IS_READ: Final = frozenset({"marketplace/kernel/clock.py", "marketplace/kernel/work.py"})
WHERE_UNITS_END: Final = frozenset({"marketplace/kernel/work.py"})
NOT_SLICES: Final = frozenset(
    {"adapters", "cli", "demo", "flows", "kernel", "ports", "rest", "stack", "decisions", "locale"}
)
DRAWERS: Final = frozenset({"utils", "helpers", "common", "manager", "handler", "process", "data", "info", "misc"})
WHERE_NOBODY_IS_ASKED: Final = {
    "marketplace/identity/service/accounts.py:register": "anyone may join",
    "marketplace/identity/service/accounts.py:open_store": "the flow has checked the password",
    "marketplace/identity/service/sessions.py:move": "the membership itself is asked",
    "marketplace/identity/service/sessions.py:leave": "anyone may leave",
    "marketplace/identity/service/sessions.py:attempt": "anyone may say who he is; how often is counted here",
    "marketplace/identity/service/sessions.py:exchange": "the refresh token itself is asked",
}
OTHER_WORDS: Final = frozenset({"seller", "merchant", "org"})

Violations = Iterator[str]
Rule = Callable[[Path], Violations]


def slices(root: Path) -> list[str]:
    """Name the slices of a checkout."""
    house = root / "marketplace"
    return sorted(
        folder.name for folder in house.iterdir() if (folder / "__init__.py").exists() and folder.name not in NOT_SLICES
    )


def files_are_short(root: Path) -> Violations:
    """No file over 400 lines, of the tests neither; migrations that have landed stay as they are."""
    for path in (*sources(root), *sorted((root / "tests").rglob("*.py"))):
        length = len(path.read_text().splitlines())
        if length > LONGEST_FILE:
            yield f"{named(root, path)} has {length} lines"


def functions_are_short(root: Path) -> Violations:
    """No function over 50 lines."""
    for path, function in functions(root):
        length = (function.end_lineno or 0) - function.lineno + 1
        if length > LONGEST_FUNCTION:
            yield f"{named(root, path)}:{function.name} has {length} lines"


def time_is_read_in_one_place(root: Path) -> Violations:
    """Nobody but the clock says datetime.now, utcnow, today or time.time."""
    for path, call in calls(root):
        is_told = named(root, path) in WHERE_TIME_IS_READ or _in_stack(root, path)
        if not is_told and f".{dotted(call.func)}".endswith(READS_OF_TIME):
            yield f"{named(root, path)}:{call.lineno} reads the time itself"


def units_end_in_one_place(root: Path) -> Violations:
    """Nobody but the unit of work commits, rolls back or opens a session."""
    for path, call in calls(root):
        name = dotted(call.func)
        ends_or_begins = name.rsplit(".", 1)[-1] in {"commit", "rollback", "Session", "sessionmaker"}
        if ends_or_begins and named(root, path) not in WHERE_UNITS_END:
            yield f"{named(root, path)}:{call.lineno} calls {name}"


def commands_ask_their_policy(root: Path) -> Violations:
    """A command that takes an actor asks its policy, itself or by a function of its own module."""
    for path in sources(root):
        if not _is_service(root, path):
            continue
        tree = ast.parse(path.read_text())
        known = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        for name, function in known.items():
            place = f"{named(root, path)}:{name}"
            asked_by, *rest = _parameters(function) or [""]
            is_command = not name.startswith("_") and asked_by in {"actor", "_actor"} and rest == ["uow"]
            if is_command and place not in WHERE_NOBODY_IS_ASKED and not _asks(function, known):
                yield f"{place} asks no policy"


def figures_are_whole(root: Path) -> Violations:
    """No float where money, rules or rows are."""
    for path in sources(root):
        if path.name not in {"rules.py", "models.py", "money.py"} or "marketplace" not in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            is_name = isinstance(node, ast.Name) and node.id == "float"
            is_value = isinstance(node, ast.Constant) and isinstance(node.value, float)
            if is_name or is_value:
                yield f"{named(root, path)}:{getattr(node, 'lineno', 0)} holds a float"


def nothing_is_swallowed(root: Path) -> Violations:
    """No bare except, and none that passes."""
    for path in sources(root):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ExceptHandler) and node.type is None:
                yield f"{named(root, path)}:{node.lineno} catches everything"
            if isinstance(node, ast.ExceptHandler) and all(isinstance(step, ast.Pass) for step in node.body):
                yield f"{named(root, path)}:{node.lineno} passes over what it caught"


def names_are_of_the_field(root: Path) -> Violations:
    """No drawer modules, and the tenant is a vendor or a buyer."""
    for path in sources(root):
        if path.stem in DRAWERS or path.parent.name in DRAWERS:
            yield f"{named(root, path)} is a drawer"
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.arg):
                name = node.arg if isinstance(node, ast.arg) else node.name
                if OTHER_WORDS & set(name.lower().split("_")):
                    yield f"{named(root, path)}:{node.lineno} says {name}"


def handlers_declare_their_access(root: Path) -> Violations:
    """Every public method of a state class is a remote call: it stands under @handles."""
    for path in (root / "state").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ClassDef) or not any(dotted(base).endswith("State") for base in node.bases):
                continue
            for method in node.body:
                if not isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) or method.name.startswith("_"):
                    continue
                marks = {dotted(mark.func if isinstance(mark, ast.Call) else mark) for mark in method.decorator_list}
                if not marks & {"handles", "rx.var"}:
                    yield f"{named(root, path)}:{method.name} can be called by anyone"


def tables_are_migrated(root: Path) -> Violations:
    """Every table is made by a migration."""
    migrations = "".join(path.read_text() for path in (root / "alembic" / "versions").glob("*.py"))
    for path, name, value in _declared(root, "models"):
        if name == "__tablename__" and not re.search(rf"create_table\(\s*[\"']{value}[\"']", migrations):
            yield f"{named(root, path)}: no migration makes the table {value}"


def topics_are_kept(root: Path) -> Violations:
    """Every topic stands in the list of what was ever told to the outside."""
    listed = (root / "tests" / "architecture" / "topics.txt").read_text()
    kept = {line.partition(":")[0] for line in listed.splitlines()}
    for path, name, value in _declared(root, "events"):
        if name == "topic" and value not in kept:
            yield f"{named(root, path)}: {value} is not kept in topics.txt"


def constraints_have_a_sentence(root: Path) -> Violations:
    """Whatever a table refuses is explained in its slice's errors."""
    for path, call in calls(root):
        words = {word.arg: word.value for word in call.keywords}
        name = getattr(words.get("name"), "value", None)
        is_rule = dotted(call.func) in {"CheckConstraint", "UniqueConstraint"} and _is_of_models(root, path)
        if not (is_rule and isinstance(name, str)):
            continue
        explained = (root / "marketplace" / path.relative_to(root).parts[1] / "errors.py").read_text()
        if not re.search(rf"{name}[\"']", explained):
            yield f"{named(root, path)}: nobody explains {name}"


def slices_are_under_contract(root: Path) -> Violations:
    """Every slice stands in the lists of the import contracts."""
    contracts = (root / "pyproject.toml").read_text()
    for name in slices(root):
        if contracts.count(f'"marketplace.{name}"') < 2 or f'"{name}"' not in contracts:
            yield f"slice {name} is missing in an import contract"


def every_branch_counts(root: Path) -> Violations:
    """Every slice is measured by coverage, and no line of one is excused from it."""
    measured = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["coverage"]["run"]["source_pkgs"]
    for name in slices(root):
        if f"marketplace.{name}" not in measured:
            yield f"slice {name} is not measured"
    for path in sources(root):
        if "pragma: no " in path.read_text():
            yield f"{named(root, path)} excuses a line from being tested"


def no_slice_is_empty(root: Path) -> Violations:
    """A slice that does nothing is no slice."""
    for name in slices(root):
        front = ast.parse((root / "marketplace" / name / "__init__.py").read_text())
        if not any(isinstance(node, ast.ImportFrom | ast.FunctionDef | ast.ClassDef) for node in front.body):
            yield f"slice {name} is empty"


RULES: Final[Mapping[str, Rule]] = {
    "files are short": files_are_short,
    "functions are short": functions_are_short,
    "time is read in one place": time_is_read_in_one_place,
    "units end in one place": units_end_in_one_place,
    "commands ask their policy": commands_ask_their_policy,
    "figures are whole": figures_are_whole,
    "nothing is swallowed": nothing_is_swallowed,
    "names are of the field": names_are_of_the_field,
    "handlers declare their access": handlers_declare_their_access,
    "tables are migrated": tables_are_migrated,
    "topics are kept": topics_are_kept,
    "constraints have a sentence": constraints_have_a_sentence,
    "slices are under contract": slices_are_under_contract,
    "every branch counts": every_branch_counts,
    "no slice is empty": no_slice_is_empty,
}


def sources(root: Path) -> Iterator[Path]:
    """Every source file of the house and its edges."""
    for package in PACKAGES:
        yield from sorted((root / package).rglob("*.py"))


def functions(root: Path) -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function, and where it stands."""
    for path in sources(root):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def calls(root: Path) -> Iterator[tuple[Path, ast.Call]]:
    """Every call, and where it stands."""
    for path in sources(root):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                yield path, node


def dotted(node: ast.expr) -> str:
    """Print a name as it is written: rx.State, datetime.now."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def named(root: Path, path: Path) -> str:
    """Print a path as seen from the checkout."""
    return path.relative_to(root).as_posix()


def _in_stack(root: Path, path: Path) -> bool:
    return named(root, path).startswith("marketplace/stack/")


def _is_service(root: Path, path: Path) -> bool:
    parts = path.relative_to(root).parts
    return parts[0] == "marketplace" and parts[1] not in NOT_SLICES and "service" in (path.stem, *parts[2:-1])


def _is_of_models(root: Path, path: Path) -> bool:
    parts = path.relative_to(root).parts
    return parts[0] == "marketplace" and parts[1] not in NOT_SLICES and "models" in (path.stem, *parts[2:-1])


def _declared(root: Path, module: str) -> Iterator[tuple[Path, str, str]]:
    """Every text that a class of such a module of a slice gives a name to: where, the name, the text."""
    for path in sorted((root / "marketplace").glob(f"*/{module}.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
            value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield from ((path, dotted(target), value.value) for target in targets)


def _parameters(function: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in function.args.args]


def _asks(function: ast.FunctionDef, known: Mapping[str, ast.FunctionDef], depth: int = 3) -> bool:
    for node in ast.walk(function):
        name = dotted(node) if isinstance(node, ast.Attribute | ast.Name) else ""
        if name.startswith("policy.") or name == "permit":
            return True
        if depth and name in known and known[name] is not function and _asks(known[name], known, depth - 1):
            return True
    return False
