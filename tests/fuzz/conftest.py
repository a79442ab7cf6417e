"""The REST application over a world of its own."""

from tests.rest.conftest import client, hire, house, join

__all__ = ["client", "hire", "house", "join"]
