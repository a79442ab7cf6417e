"""Identities: UUIDv7, one type for each kind of thing."""

from typing import NewType
from uuid import UUID

from uuid_utils.compat import uuid7

AddressId = NewType("AddressId", UUID)
AssetId = NewType("AssetId", UUID)
AssignmentId = NewType("AssignmentId", UUID)
CartId = NewType("CartId", UUID)
CashExceptionId = NewType("CashExceptionId", UUID)
CategoryId = NewType("CategoryId", UUID)
CheckoutId = NewType("CheckoutId", UUID)
DeviceId = NewType("DeviceId", UUID)
EventId = NewType("EventId", UUID)
HandOverId = NewType("HandOverId", UUID)
ImportId = NewType("ImportId", UUID)
ListingId = NewType("ListingId", UUID)
LocationId = NewType("LocationId", UUID)
MovementId = NewType("MovementId", UUID)
NotificationId = NewType("NotificationId", UUID)
OrderId = NewType("OrderId", UUID)
OrderLineId = NewType("OrderLineId", UUID)
PaymentIntentId = NewType("PaymentIntentId", UUID)
PayoutId = NewType("PayoutId", UUID)
ProductChangeId = NewType("ProductChangeId", UUID)
ProductId = NewType("ProductId", UUID)
QuoteId = NewType("QuoteId", UUID)
ReservationId = NewType("ReservationId", UUID)
SessionId = NewType("SessionId", UUID)
ShippingProfileId = NewType("ShippingProfileId", UUID)
StopId = NewType("StopId", UUID)
StoreId = NewType("StoreId", UUID)
TransactionId = NewType("TransactionId", UUID)
UserId = NewType("UserId", UUID)
VariantId = NewType("VariantId", UUID)


def new_uuid() -> UUID:
    """Make an identity that sorts by the time it was made."""
    return uuid7()
