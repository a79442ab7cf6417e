"""Who asks, and what they may do."""

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final, Literal

from marketplace.kernel.errors import Forbidden
from marketplace.kernel.ids import DeviceId, SessionId, StoreId, UserId


class Permission(StrEnum):
    """Everything that may be granted, as resource:action: the one list."""

    ADDRESSES_EDIT = "addresses:edit"
    CART_EDIT = "cart:edit"
    CASH_COUNT = "cash:count"
    CATALOG_EDIT = "catalog:edit"
    CHECKOUT_PLACE = "checkout:place"
    DISPATCH_ASSIGN = "dispatch:assign"
    EVENTS_REPLAY = "events:replay"
    FLAGS_EDIT = "flags:edit"
    LEDGER_READ = "ledger:read"
    LISTINGS_EDIT = "listings:edit"
    LISTINGS_READ = "listings:read"
    MEDIA_UPLOAD = "media:upload"
    ORDERS_CANCEL = "orders:cancel"
    ORDERS_DECIDE = "orders:decide"
    ORDERS_FULFILL = "orders:fulfill"
    ORDERS_HOLD = "orders:hold"
    ORDERS_READ = "orders:read"
    PAYOUTS_CONFIRM = "payouts:confirm"
    PAYOUTS_READ = "payouts:read"
    ROUND_WORK = "round:work"
    STORE_EDIT = "store:edit"
    STORE_READ = "store:read"
    STORES_APPROVE = "stores:approve"
    STORES_READ = "stores:read"


class _Everywhere(Enum):
    EVERYWHERE = "everywhere"


Everywhere: Final = _Everywhere.EVERYWHERE
"""Said of a permission that is held in no store, and so in all of them."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A permission, held in one store or, by a store-less role, everywhere."""

    permission: Permission
    store_id: StoreId | Literal[_Everywhere.EVERYWHERE]


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks: a signed-in user in his active store, a visitor with a device, or a flow of the system."""

    name: str
    user_id: UserId | None = None
    store_id: StoreId | None = None
    grants: frozenset[Grant] = frozenset()
    session_id: SessionId | None = None
    device_id: DeviceId | None = None
    is_system: bool = False

    @property
    def is_signed_in(self) -> bool:
        """Whether we know who this is."""
        return self.user_id is not None

    def may(self, permission: Permission, *, store_id: StoreId | None) -> bool:
        """Whether a permission is held in that store, or everywhere."""
        if self.is_system or Grant(permission, Everywhere) in self.grants:
            return True
        return store_id is not None and Grant(permission, store_id) in self.grants

    def has(self, permission: Permission) -> bool:
        """Whether a permission is held at all, in the active store or everywhere: the coarse gate of an edge."""
        return self.store_with(permission) is not None

    def store_with(self, permission: Permission) -> StoreId | Literal[_Everywhere.EVERYWHERE] | None:
        """Where a permission is held: everywhere, in the active store, or nowhere."""
        if self.is_system or Grant(permission, Everywhere) in self.grants:
            return Everywhere
        if self.store_id is not None and Grant(permission, self.store_id) in self.grants:
            return self.store_id
        return None


def system(flow: str) -> Actor:
    """The house itself, named for the flow it follows; it may do anything, and its name is on what it did."""
    return Actor(name=f"system:{flow}", is_system=True)


def visitor(device_id: DeviceId | None = None) -> Actor:
    """Somebody who is not signed in."""
    return Actor(name="visitor", device_id=device_id)


def permit(allowed: bool, deed: str) -> None:  # noqa: FBT001 (reads as a sentence: permit(can_cancel, "cancel this order"))
    """Go on where it is allowed, and refuse where it is not."""
    if not allowed:
        raise Forbidden("You may not {deed}: ask somebody whose role includes it.", deed=deed)
