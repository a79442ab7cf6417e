"""Which marketplace this is: settled before anything is built, and compiled into the pages."""

from marketplace.kernel.profile import PROFILES, Profile
from marketplace.settings import installation


def profile() -> Profile:
    """Give the profile that the pages are built for."""
    return PROFILES[installation().profile.value]


def is_production() -> bool:
    """Whether real people rely on this installation: it shows no workshop pages."""
    return installation().environment.value == "production"
