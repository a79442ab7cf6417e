"""The house keeps its own rules."""

from pathlib import Path

import pytest

from tests.architecture.house_rules import RULES

ROOT = Path(__file__).parents[2]


class TestHouse:
    @pytest.mark.parametrize("name", RULES)
    def test_keeps_its_rules(self, name: str) -> None:
        assert list(RULES[name](ROOT)) == []
