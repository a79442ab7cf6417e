"""The market that these tests trade in."""

from tests.factories.market import buyer, grinder, kettle, mugs, rates_in_force

__all__ = ["buyer", "grinder", "kettle", "mugs", "rates_in_force"]
