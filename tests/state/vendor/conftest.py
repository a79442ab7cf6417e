"""A house for the states of a vendor's pages."""

from tests.factories.houses import done, house

__all__ = ["done", "house"]
