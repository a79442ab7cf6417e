"""What tests of pages share."""

from collections.abc import Iterator

import pytest

from marketplace.settings import installation
from tests.factories.houses import done, house

__all__ = ["done", "house"]


@pytest.fixture
def profile(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages as they are built for the profile that the test names: `indirect=["profile"]`."""
    monkeypatch.setenv("MARKETPLACE_PROFILE", request.param)
    installation.cache_clear()
    yield
    installation.cache_clear()
