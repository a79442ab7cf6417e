"""What notices are about, and how far a letter has come."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice is about; money and security are kept for longer than the rest."""

    ORDER = "order"
    DELIVERY = "delivery"
    MONEY = "money"
    STORE = "store"
    SECURITY = "security"


class SendState(StrEnum):
    """How far a letter has come."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
