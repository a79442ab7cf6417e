"""The states of shop pages over a database of the test's own, with a few things on its shelves."""

import pytest

from marketplace import fees, search, taxes
from marketplace.kernel.work import UnitOfWork
from tests.factories.houses import Do, done, house
from tests.factories.people import make_vendor
from tests.factories.shelves import make_product, put_on_sale

__all__ = ["done", "house"]

Shelved = dict[str, str]


@pytest.fixture
def shelved(done: Do) -> Shelved:
    """A kettle of two vendors, reduced mugs, a lamp that sold out: their numbers, and the listings of the kettle."""

    def shelve(uow: UnitOfWork) -> Shelved:
        taxes.install_default(uow)
        fees.install_default(uow)
        qahwa, potter = make_vendor(uow, name="Qahwa & Co.").id, make_vendor(uow, name="Dar Al Fakhar").id
        kettle = make_product(uow, "Gooseneck kettle", owner=qahwa, title_ar="غلاية", brand="Fellhaven")
        first = put_on_sale(uow, kettle, store=qahwa, price=149_00, stock=42, tiers=[(5, 50_000), (10, 100_000)])
        second = put_on_sale(uow, kettle, store=potter, price=190_00, stock=3)
        mugs = make_product(uow, "Stoneware mugs", owner=potter, category="kitchen/cups", brand="Sahla")
        put_on_sale(uow, mugs, store=potter, price=96_00, list_price=120_00, stock=4)
        lamp = make_product(uow, "Table lamp", owner=potter, category="home/lighting")
        put_on_sale(uow, lamp, store=potter, price=80_00, stock=0)
        search.index(uow, product_ids=[kettle.id, mugs.id, lamp.id])
        return {
            "kettle": kettle.fsin,
            "mugs": mugs.fsin,
            "lamp": lamp.fsin,
            "first": str(first.listing.id),
            "second": str(second.listing.id),
        }

    shelved: Shelved = done(shelve)
    return shelved
