"""Who may see and do what with products and listings. The only place that decides it."""

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import col

from marketplace.catalog.models import Import, Listing, Product
from marketplace.catalog.states import ProductState
from marketplace.kernel.actor import Actor, Everywhere, Permission
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.ids import StoreId


def visible(actor: Actor) -> ColumnElement[bool]:
    """Every published product, and what the actor's own store has made and not archived; all for a catalog role."""
    if actor.may(Permission.CATALOG_EDIT, store_id=None):
        return true()
    published = col(Product.state) == ProductState.PUBLISHED
    store = actor.store_with(Permission.LISTINGS_READ)
    if store is Everywhere or store is None:
        return published
    is_kept = col(Product.state) != ProductState.ARCHIVED
    return or_(published, and_(col(Product.owner_store_id) == store, is_kept))


def own_products(actor: Actor) -> ColumnElement[bool]:
    """The products that the actor's active store has made; those of all stores for a role held everywhere."""
    store = actor.store_with(Permission.LISTINGS_READ)
    if store is Everywhere:
        return true()
    if store is None:
        return false()
    return col(Product.owner_store_id) == store


def own_listings(actor: Actor) -> ColumnElement[bool]:
    """The listings of the actor's active store; those of all stores for a role held everywhere."""
    store = actor.store_with(Permission.LISTINGS_READ)
    if store is Everywhere:
        return true()
    if store is None:
        return false()
    return col(Listing.store_id) == store


def store_of(actor: Actor) -> StoreId | None:
    """The store whose products and listings the actor may write."""
    if actor.store_id is not None and actor.may(Permission.LISTINGS_EDIT, store_id=actor.store_id):
        return actor.store_id
    return None


def store_to_write(actor: Actor, deed: str) -> StoreId:
    """The store for which the actor does a deed; refuses where there is none."""
    store_id = store_of(actor)
    if store_id is None:
        raise Forbidden("You may not {deed}: ask somebody whose role includes it.", deed=deed)
    return store_id


def can_edit_listing(actor: Actor, listing: Listing) -> bool:
    """Whoever keeps the listings of that store."""
    return actor.may(Permission.LISTINGS_EDIT, store_id=listing.store_id)


def can_edit_product(actor: Actor, product: Product, *, vendors: frozenset[StoreId]) -> bool:
    """A catalog role; who keeps the listings of the store that made it or, of a shared one, of any store selling it."""
    if actor.may(Permission.CATALOG_EDIT, store_id=None):
        return True
    stores = {product.owner_store_id, *(vendors if product.is_shared else ())}
    return any(actor.may(Permission.LISTINGS_EDIT, store_id=store) for store in stores)


def edits_freely(actor: Actor, product: Product, *, vendors: frozenset[StoreId]) -> bool:
    """The store that made it, until another store sells it too; a catalog role always."""
    if actor.may(Permission.CATALOG_EDIT, store_id=None):
        return True
    return actor.store_id == product.owner_store_id and vendors <= {product.owner_store_id}


def can_list(actor: Actor, product: Product) -> bool:
    """A store that sells; of a private product, only the one that made it."""
    store = store_of(actor)
    return store is not None and (product.is_shared or product.owner_store_id == store)


def can_keep_catalog(actor: Actor) -> bool:
    """Whoever keeps the catalog itself: categories and merges."""
    return actor.may(Permission.CATALOG_EDIT, store_id=None)


def can_import(actor: Actor, store_id: StoreId) -> bool:
    """Whoever keeps the listings of that store; no role of the house does, so none brings in a file for a vendor."""
    return actor.may(Permission.LISTINGS_EDIT, store_id=store_id)


def own_imports(actor: Actor) -> ColumnElement[bool]:
    """The imports of the actor's active store; those of all stores for a role held everywhere.

    Who helps a vendor has to see what became of his file, row by row, as he sees his listings and his stock (domain
    rules B1: listings are viewed). Seeing is all: what a file changes is the vendor's own to change.
    """
    store = actor.store_with(Permission.LISTINGS_READ)
    if store is Everywhere:
        return true()
    if store is None:
        return false()
    return col(Import.store_id) == store
