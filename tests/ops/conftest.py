"""The market and the road on which the books are checked."""

from tests.factories.houses import house
from tests.factories.market import buyer, grinder, kettle, mugs, rates_in_force

__all__ = ["buyer", "grinder", "house", "kettle", "mugs", "rates_in_force"]
