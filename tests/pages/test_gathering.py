"""Sentences are found wherever they are said."""

import ast

from pages.gathering import Said, part_of, refusals_in, said_in

SOURCE = """
class OrderGone(NotFound):
    def __init__(self, number):
        super().__init__("Order {number} is not here.", number=number)

class OrderLost(OrderGone): ...

TITLE = mark("Orders")
def page(reader):
    _("Sell here")
    reader.count("{count} item", "{count} items", 3)
    [1].count(2)
    raise OrderLost("It was lost.")
    CheckConstraint("total > 0")
"""


class TestGathering:
    def test_finds_words_and_refusals_and_nothing_else(self) -> None:
        tree = ast.parse(SOURCE)

        found = set(said_in(tree, refusals_in([tree])))

        assert found == {
            ("Order {number} is not here.",),
            ("Orders",),
            ("Sell here",),
            ("{count} item", "{count} items"),
            ("It was lost.",),
        }

    def test_sorts_them_by_who_reads_them(self) -> None:
        assert part_of("marketplace/orders/errors.py") == "house"
        assert part_of("state/vendor/orders.py") == "vendor"
        assert part_of("pages/components/frame.py") == "frame"

    def test_notices_a_fact_that_english_does_not_have(self) -> None:
        assert Said(("Order {number}",), "house", ("الطلب {nummer}",)).loses_facts
        assert not Said(("Order {number}",), "house", ("الطلب {number}",)).loses_facts
