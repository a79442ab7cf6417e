"""A small market that tests of carts, checkouts and orders share: imported by their conftest files."""

import pytest

from marketplace import fees, taxes
from marketplace.kernel.work import UnitOfWork
from tests.factories.orders import Buyer, make_shopper
from tests.factories.people import make_vendor
from tests.factories.shelves import OnSale, make_product, put_on_sale


@pytest.fixture(autouse=True)
def rates_in_force(uow: UnitOfWork) -> None:
    """Taxes and fees of the profile."""
    taxes.install_default(uow)
    fees.install_default(uow)


@pytest.fixture
def buyer(uow: UnitOfWork) -> Buyer:
    """Somebody who buys for a store."""
    return make_shopper(uow, name="Nora's home")


@pytest.fixture
def kettle(uow: UnitOfWork) -> OnSale:
    """Ten kettles at SAR 149.00, five per cent less from five on; delivery is free from SAR 200.00."""
    vendor = make_vendor(uow, name="Qahwa & Co.").id
    product = make_product(uow, "Gooseneck kettle", owner=vendor)
    return put_on_sale(uow, product, store=vendor, price=149_00, stock=10, tiers=[(5, 50_000)])


@pytest.fixture
def grinder(uow: UnitOfWork, kettle: OnSale) -> OnSale:
    """Three grinders of the same vendor at SAR 20.00."""
    vendor = kettle.listing.store_id
    return put_on_sale(uow, make_product(uow, "Hand grinder", owner=vendor), store=vendor, price=20_00, stock=3)


@pytest.fixture
def mugs(uow: UnitOfWork) -> OnSale:
    """Four sets of mugs of another vendor at SAR 96.00."""
    vendor = make_vendor(uow, name="Dar Al Fakhar").id
    return put_on_sale(uow, make_product(uow, "Stoneware mugs", owner=vendor), store=vendor, price=96_00, stock=4)
