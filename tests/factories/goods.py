"""Categories, products and listings for tests."""

from itertools import count
from typing import Any

from marketplace import catalog, inventory, media
from marketplace.catalog import ListingView, ProductView, ProductWords
from marketplace.identity import StoreView
from marketplace.kernel.actor import Actor, Permission
from marketplace.kernel.ids import AssetId, StoreId
from marketplace.kernel.work import UnitOfWork
from marketplace.media import AssetKind
from tests.factories.actors import clerk
from tests.factories.pictures import drawn

_numbers = count(1)

KETTLES = ("Kitchen", "Kettles")


def keeper(store_id: StoreId) -> Actor:
    """Somebody who keeps the listings of a store."""
    return clerk(store_id, Permission.LISTINGS_EDIT, Permission.LISTINGS_READ)


def words(**changes: Any) -> ProductWords:  # noqa: ANN401 (whatever field the test is about)
    """What is said of a kettle."""
    said: dict[str, Any] = {"title": "Gooseneck kettle, 0.9 L", "category": "kettles", "brand": "Fellhaven"}
    return ProductWords(**{**said, **changes})


def make_product(uow: UnitOfWork, store: StoreView, **changes: Any) -> ProductView:  # noqa: ANN401 (likewise)
    """A published product of a store, in the category of kettles."""
    catalog.ensure_categories(uow, names=[KETTLES])
    return catalog.propose_product(keeper(store.id), uow, words=words(**changes))


def make_listing(
    uow: UnitOfWork, store: StoreView, product: ProductView | None = None, *, sku: str = ""
) -> ListingView:
    """A live listing of a store, without price and stock."""
    listed = product or make_product(uow, store)
    return catalog.publish_listing(keeper(store.id), uow, product_id=listed.id, sku=sku or f"SKU-{next(_numbers)}")


def make_stock(uow: UnitOfWork, store: StoreView, on_hand: int) -> ListingView:
    """A live listing of a store, of which so many are there."""
    listing = make_listing(uow, store)
    inventory.open_stock(uow, store_id=store.id, listing_id=listing.id, on_hand=on_hand)
    return listing


def make_image(uow: UnitOfWork, store_id: StoreId) -> AssetId:
    """A picture of a product that is ready to be shown."""
    picture = media.make_picture(drawn())
    (image,) = media.adopt(uow, pictures=[picture], store_id=store_id, kind=AssetKind.PRODUCT_IMAGE)
    return image
