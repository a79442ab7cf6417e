"""What tests of search ask for: a vendor, and a short way to put something into the shop window."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace import search
from marketplace.kernel.actor import visitor
from marketplace.kernel.ids import StoreId
from marketplace.kernel.work import UnitOfWork
from marketplace.search import Found, Query
from tests.factories.people import make_vendor
from tests.factories.shelves import OnSale, make_product, put_on_sale

Shelve = Callable[..., OnSale]
Ask = Callable[..., Found]


@pytest.fixture
def vendor(uow: UnitOfWork) -> StoreId:
    return make_vendor(uow).id


@pytest.fixture
def shelve(uow: UnitOfWork, vendor: StoreId) -> Shelve:
    def put(title: str, *, store: StoreId = vendor, **described: Any) -> OnSale:  # noqa: ANN401 (as the factories have it)
        offered = {name: described.pop(name) for name in list(described) if name in OFFER}
        product = make_product(uow, title, owner=store, **described)
        sold = put_on_sale(uow, product, store=store, **offered)
        search.index(uow, product_ids=[product.id])
        return sold

    return put


@pytest.fixture
def ask(uow: UnitOfWork) -> Ask:
    def find(words: str = "", **asked: Any) -> Found:  # noqa: ANN401 (as the question has it)
        return search.find(visitor(), uow.session, query=Query(words=words, **asked))

    return find


OFFER = frozenset({"price", "list_price", "stock", "condition", "tiers"})
