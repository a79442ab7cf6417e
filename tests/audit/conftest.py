"""What the tests of the trail share."""

from tests.factories.tampering import owner

__all__ = ["owner"]
