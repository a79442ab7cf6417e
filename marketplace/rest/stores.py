"""The active store, and the stores of the house."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query

from marketplace import identity
from marketplace.identity import StoreChange
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import StoreId
from marketplace.rest.caller import Caller
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Router
from marketplace.rest.shapes.base import Listed
from marketplace.rest.shapes.stores import OwnStore, StoreWish, Suspension

router = Router(prefix="/store", tags=["store"])
admin_router = Router(prefix="/admin/stores", tags=["admin stores"])

State = Annotated[
    Literal["live", "awaiting_approval", "suspended"] | None, Query(description="Leave it out for all of them.")
]


@router.get("", access=Permission.STORE_READ, returns=OwnStore, refuses=[404])
def show(caller: Caller) -> OwnStore:
    """Show the active store."""
    return OwnStore.of(caller.read(identity.store))


@router.patch("", access=Permission.STORE_EDIT, returns=OwnStore, refuses=[404])
def change(caller: Caller, wish: StoreWish) -> OwnStore:
    """Change how the active store presents itself."""
    change = StoreChange(
        name=wish.name, email=wish.email, phone=wish.phone, city=wish.city, description=wish.description
    )
    return OwnStore.of(caller.transact(identity.edit_store, change=change))


@admin_router.get("", access=Permission.STORES_READ, returns=Listed[OwnStore])
def stores(
    caller: Caller, state: State = None, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Listed[OwnStore]:
    """List the stores of the house, newest first."""
    page = caller.read(identity.stores, state=state, limit=limit, cursor=cursor)
    return Listed[OwnStore](items=tuple(OwnStore.of(store) for store in page.items), next_cursor=page.next_cursor)


@admin_router.post("/{store_id}/approve", access=Permission.STORES_APPROVE, returns=OwnStore)
def approve(caller: Caller, store_id: UUID) -> OwnStore:
    """Let a store trade."""
    return OwnStore.of(caller.transact(identity.approve, store_id=StoreId(store_id)))


@admin_router.post("/{store_id}/suspend", access=Permission.STORES_APPROVE, returns=OwnStore)
def suspend(caller: Caller, store_id: UUID, wish: Suspension) -> OwnStore:
    """Stop a store from trading."""
    return OwnStore.of(caller.transact(identity.suspend, store_id=StoreId(store_id), why=wish.reason))
