"""Stores, shelves and prices that tests of carts share."""

import pytest

from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.ids import StoreId
from marketplace.kernel.work import UnitOfWork
from tests.factories.actors import clerk
from tests.factories.market import rates_in_force
from tests.factories.people import make_buyer, make_vendor
from tests.factories.shelves import OnSale, make_product, put_on_sale

__all__ = ["rates_in_force"]


@pytest.fixture
def buyer(uow: UnitOfWork) -> Actor:
    """Somebody who buys for a store."""
    return clerk(make_buyer(uow).id, Permission.CART_EDIT)


@pytest.fixture
def vendor(uow: UnitOfWork) -> StoreId:
    """A store that sells."""
    return make_vendor(uow, name="Qahwa & Co.").id


@pytest.fixture
def kettle(uow: UnitOfWork, vendor: StoreId) -> OnSale:
    """A kettle at SAR 149.00, five per cent less from five on."""
    product = make_product(uow, "Gooseneck kettle", owner=vendor)
    return put_on_sale(uow, product, store=vendor, price=149_00, stock=42, tiers=[(5, 50_000)])


@pytest.fixture
def mugs(uow: UnitOfWork) -> OnSale:
    """Mugs of another vendor, sold in twos, six at most."""
    other = make_vendor(uow, name="Dar Al Fakhar").id
    sold = put_on_sale(uow, make_product(uow, "Stoneware mugs", owner=other), store=other, price=96_00, stock=10)
    sold.price.min_quantity, sold.price.max_quantity, sold.price.quantity_step = 2, 6, 2
    uow.session.flush()
    return sold


@pytest.fixture
def store(buyer: Actor) -> StoreId:
    """The store that buys."""
    assert buyer.store_id is not None
    return buyer.store_id
