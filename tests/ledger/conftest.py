"""What the ledger's tests share."""

from tests.factories.tampering import owner

__all__ = ["owner"]
