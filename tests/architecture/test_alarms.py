"""Every alarm rings: one violation of each contract and each rule is planted in a copy of the tree, and is found."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.house_rules import PACKAGES, RULES

ROOT = Path(__file__).parents[2]

Planted = Mapping[str, str]
"""What is appended to which file; a file that is not there is made."""

LINT: Final = "from importlinter.cli import lint_imports_command; lint_imports_command()"

LONG: Final = "\n".join(f"    answer_{number} = {number}" for number in range(60))

BREAKS_A_CONTRACT: Final[Mapping[str, Planted]] = {
    "Edges stand on the house": {"marketplace/orders/rules.py": "import state\n"},
    "Slices stand in one order": {"marketplace/catalog/rules.py": "from marketplace import orders\n"},
    "Within a slice, commands stand on reads stand on rows": {
        "marketplace/orders/models.py": "from marketplace.orders import service\n"
    },
    "A slice is its package": {"marketplace/orders/rules.py": "from marketplace.catalog.models import Product\n"},
    "Pages know state and nothing below it": {"pages/theme.py": "from marketplace import orders\n"},
    "State and tasks hold no SQL": {"tasks/events.py": "import sqlalchemy\n"},
    "The house knows no UI, no queue, and (but for its REST edge) no web framework": {
        "marketplace/orders/rules.py": "import celery\n"
    },
    "Adapters know ports and the kernel": {"marketplace/adapters/gcs.py": "from marketplace import orders\n"},
    "Vendors are known to their adapters alone": {"marketplace/orders/rules.py": "import httpx\n"},
}

BREAKS_A_RULE: Final[Mapping[str, Planted]] = {
    "files are short": {"marketplace/orders/rules.py": "\n" * 400 + "last = 1\n"},
    "functions are short": {"marketplace/orders/rules.py": f"def long() -> None:\n{LONG}\n"},
    "time is read in one place": {"marketplace/orders/rules.py": "import datetime\nAT = datetime.datetime.now()\n"},
    "units end in one place": {"marketplace/orders/rules.py": "def end(line):\n    line.commit()\n"},
    "commands ask their policy": {
        "marketplace/jobs/service.py": "def stop(_actor, uow, *, name):\n    uow.session.execute(name)\n"
    },
    "figures are whole": {"marketplace/orders/rules.py": "RATE = 0.15\n"},
    "nothing is swallowed": {"marketplace/orders/rules.py": "try:\n    x = 1\nexcept ValueError:\n    pass\n"},
    "names are of the field": {"marketplace/orders/utils.py": "def seller_total(): ...\n"},
    "handlers declare their access": {
        "state/planted.py": "import reflex as rx\nclass PlantedState(rx.State):\n    async def pay(self): ...\n"
    },
    "tables are migrated": {
        "marketplace/orders/models.py": "class Gift(SQLModel, table=True):\n    __tablename__ = 'gifts'\n"
    },
    "topics are kept": {
        "marketplace/orders/events.py": "class Given(OrderFact):\n    topic: ClassVar[str] = 'orders.given.v1'\n"
    },
    "constraints have a sentence": {
        "marketplace/orders/models.py": "GIFT = CheckConstraint('price_minor > 1', name='gift_costs')\n"
    },
    "slices are under contract": {"marketplace/gifts/__init__.py": '"""Gifts."""\nfrom marketplace import kernel\n'},
    "every branch counts": {"marketplace/orders/rules.py": "IF_EVER = 1  # pragma: no cover\n"},
    "no slice is empty": {"marketplace/gifts/__init__.py": '"""Gifts."""\n'},
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the sources, to be spoiled."""
    for package in (*PACKAGES, "tests/architecture", "alembic"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def plant(tree: Path, planted: Planted) -> None:
    """Spoil the copy."""
    for name, text in planted.items():
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write(f"\n{text}")


def contracts() -> list[str]:
    """Name the contracts."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return [contract["name"] for contract in listed]


class TestAlarms:
    def test_know_every_contract_and_every_rule(self) -> None:
        assert set(BREAKS_A_CONTRACT) == set(contracts())
        assert set(BREAKS_A_RULE) == set(RULES)

    @pytest.mark.parametrize("name", BREAKS_A_RULE)
    def test_find_a_broken_rule(self, tree: Path, name: str) -> None:
        before = list(RULES[name](tree))

        plant(tree, BREAKS_A_RULE[name])

        place = next(iter(BREAKS_A_RULE[name])).split("/")[1].removesuffix(".py")
        found = [violation for violation in RULES[name](tree) if violation not in before]
        assert any(place in violation for violation in found)

    @pytest.mark.slow
    @pytest.mark.parametrize("name", BREAKS_A_CONTRACT)
    def test_find_a_broken_contract(self, tree: Path, name: str) -> None:
        plant(tree, BREAKS_A_CONTRACT[name])

        run = subprocess.run(  # noqa: S603 (our own linter)
            [sys.executable, "-c", LINT, "--no-cache"],
            cwd=tree,
            env={"PYTHONPATH": str(tree), "PATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )

        assert re.search(rf"{re.escape(name)} BROKEN", run.stdout), run.stdout + run.stderr
