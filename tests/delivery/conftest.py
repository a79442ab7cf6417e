"""The market and the road that these tests work on."""

import pytest

from marketplace.kernel.actor import Actor
from marketplace.kernel.work import UnitOfWork
from tests.factories.market import buyer, grinder, kettle, mugs, rates_in_force
from tests.factories.road import Rider, make_agent, make_cashier

__all__ = ["buyer", "grinder", "kettle", "mugs", "rates_in_force"]


@pytest.fixture
def rider(uow: UnitOfWork) -> Rider:
    """An agent."""
    return make_agent(uow)


@pytest.fixture
def cashier(uow: UnitOfWork) -> Actor:
    """A cashier."""
    return make_cashier(uow)
