"""The words of every notice, in both languages."""

from string import Formatter

import pytest

from marketplace.kernel.words import translated
from marketplace.notifications import RULES, Rule


def facts_in(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


class TestRules:
    @pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
    def test_speak_arabic_about_the_same_facts(self, rule: Rule) -> None:
        for template in (rule.title, rule.body):
            arabic = translated(template, "ar")

            assert arabic != template
            assert facts_in(arabic) <= facts_in(template)

    @pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
    def test_lead_to_a_page_of_ours(self, rule: Rule) -> None:
        assert rule.link.startswith("/")
        assert facts_in(rule.link) <= {"number"}
