"""Every table of the house, imported so that migrations know them all."""

from marketplace.identity import models as identity

__all__ = ["identity"]
