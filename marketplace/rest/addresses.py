"""The address book of the active store."""

from uuid import UUID

from fastapi import Response
from pydantic import BaseModel

from marketplace import identity
from marketplace.kernel.actor import Permission
from marketplace.kernel.ids import AddressId
from marketplace.rest.caller import Caller
from marketplace.rest.routing import DEFAULT_LIMIT, Cursor, Limit, Router
from marketplace.rest.shapes.base import Listed
from marketplace.rest.shapes.stores import Address, AddressChange, AddressWish

router = Router(prefix="/addresses", tags=["addresses"])


@router.get("", access=Permission.STORE_READ, returns=Listed[Address])
def list_addresses(caller: Caller, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Listed[Address]:
    """List the addresses, the default one first."""
    page = caller.read(identity.paged_addresses, limit=limit, cursor=cursor).map(Address.of)
    return Listed[Address](items=page.items, next_cursor=page.next_cursor)


@router.post("", access=Permission.ADDRESSES_EDIT, returns=Address, status=201, refuses=[409], once=1)
def add(caller: Caller, wish: AddressWish) -> Response | BaseModel:
    """Write down another address."""
    return caller.once_if_named(identity.add_address, Address.of, place=wish.place(), is_default=wish.is_default)


@router.patch("/{address_id}", access=Permission.ADDRESSES_EDIT, returns=Address, refuses=[409])
def change(caller: Caller, address_id: UUID, wish: AddressChange) -> Address:
    """Change an address; orders keep the one they were placed with."""
    return Address.of(
        caller.transact(
            identity.change_address, address_id=AddressId(address_id), changes=wish.parts(), is_default=wish.is_default
        )
    )


@router.delete("/{address_id}", access=Permission.ADDRESSES_EDIT, returns=None, status=204)
def archive(caller: Caller, address_id: UUID) -> None:
    """Take an address out of the book."""
    caller.transact(identity.archive_address, address_id=AddressId(address_id))
