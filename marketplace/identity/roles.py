"""What each role may do: the one place where roles become permissions."""

from collections.abc import Collection, Mapping
from typing import Final

from marketplace.identity.states import StoreRole, SystemRole
from marketplace.kernel.actor import Everywhere, Grant, Permission
from marketplace.kernel.ids import StoreId

_OWNER, _MANAGER, _OPS, _STAFF = StoreRole
_ALL: Final = frozenset(StoreRole)
_WORKING: Final = frozenset({_OWNER, _MANAGER, _OPS})
_LEADING: Final = frozenset({_OWNER, _MANAGER})

IN_ANY_STORE: Final[Mapping[Permission, frozenset[StoreRole]]] = {
    Permission.ADDRESSES_EDIT: _LEADING,
    Permission.MEDIA_UPLOAD: _ALL,
    Permission.ORDERS_READ: _ALL,
    Permission.STORE_EDIT: _LEADING,
    Permission.STORE_READ: _ALL,
}

IN_A_BUYING_STORE: Final[Mapping[Permission, frozenset[StoreRole]]] = {
    Permission.CART_EDIT: _ALL,
    Permission.CHECKOUT_PLACE: _LEADING,
    Permission.ORDERS_CANCEL: _LEADING,
}

IN_A_SELLING_STORE: Final[Mapping[Permission, frozenset[StoreRole]]] = {
    Permission.LISTINGS_EDIT: _WORKING,
    Permission.LISTINGS_READ: _ALL,
    Permission.ORDERS_CANCEL: _WORKING,
    Permission.ORDERS_DECIDE: _WORKING,
    Permission.ORDERS_FULFILL: _ALL,
    Permission.PAYOUTS_READ: _LEADING,
}

OF_THE_HOUSE: Final[Mapping[SystemRole, frozenset[Permission]]] = {
    SystemRole.AGENT: frozenset({Permission.ROUND_WORK, Permission.MEDIA_UPLOAD}),
    SystemRole.SUPPORT: frozenset(
        {
            Permission.DISPATCH_ASSIGN,
            Permission.LISTINGS_READ,
            Permission.ORDERS_CANCEL,
            Permission.ORDERS_HOLD,
            Permission.ORDERS_READ,
            Permission.STORES_APPROVE,
            Permission.STORES_READ,
        }
    ),
    SystemRole.FINANCE: frozenset(
        {
            Permission.LEDGER_READ,
            Permission.ORDERS_READ,
            Permission.PAYOUTS_CONFIRM,
            Permission.PAYOUTS_READ,
            Permission.STORES_READ,
        }
    ),
    SystemRole.COMPLIANCE: frozenset(
        {
            Permission.LISTINGS_READ,
            Permission.ORDERS_HOLD,
            Permission.ORDERS_READ,
            Permission.STORES_APPROVE,
            Permission.STORES_READ,
        }
    ),
    SystemRole.DISPATCHER: frozenset({Permission.DISPATCH_ASSIGN, Permission.ORDERS_READ}),
    SystemRole.CASHIER: frozenset({Permission.CASH_COUNT}),
    SystemRole.CATALOG: frozenset({Permission.CATALOG_EDIT, Permission.LISTINGS_READ}),
    SystemRole.ADMIN: frozenset(
        {
            Permission.DISPATCH_ASSIGN,
            Permission.EVENTS_REPLAY,
            Permission.FLAGS_EDIT,
            Permission.LISTINGS_READ,
            Permission.ORDERS_READ,
            Permission.STORES_APPROVE,
            Permission.STORES_READ,
        }
    ),
}


def grants(
    *,
    store_id: StoreId | None,
    role: StoreRole | None,
    can_buy: bool,
    can_sell: bool,
    system_roles: Collection[SystemRole],
) -> frozenset[Grant]:
    """Everything a user may do in his active store, and in the house."""
    held = {Grant(permission, Everywhere) for system_role in system_roles for permission in OF_THE_HOUSE[system_role]}
    if store_id is not None and role is not None:
        held |= {Grant(permission, store_id) for permission in in_store(role, can_buy=can_buy, can_sell=can_sell)}
    return frozenset(held)


def in_store(role: StoreRole, *, can_buy: bool, can_sell: bool) -> frozenset[Permission]:
    """What a member may do in a store of these capabilities."""
    tables = [IN_ANY_STORE]
    if can_buy:
        tables.append(IN_A_BUYING_STORE)
    if can_sell:
        tables.append(IN_A_SELLING_STORE)
    return frozenset(permission for table in tables for permission, roles in table.items() if role in roles)


def roles_with(permission: Permission) -> frozenset[SystemRole]:
    """The roles of the house that include a permission."""
    return frozenset(role for role, held in OF_THE_HOUSE.items() if permission in held)
