"""The two shapes the marketplace is run in. One installation has one profile for its whole life."""

from dataclasses import dataclass
from typing import Final, Literal

from marketplace.kernel.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Profile:
    """What differs between trades, where it is not a number: numbers are limits, with versions."""

    name: Literal["saudi", "oklahoma"]
    currency: str
    country: str
    time_zone: str
    catalog_access: Literal["public", "members"]
    """Who may see products: anyone, or the people of stores."""
    vendor_approval: Literal["auto", "manual"]
    """Whether a new vendor sells at once, or when an admin has approved it."""
    shares_products: bool
    """Whether vendors offer on one product page, or each keeps its own."""
    prices_include_tax: bool
    """Whether the price on the page already holds the tax."""
    weekend: frozenset[int]
    """Days without handling or transit: 0 is Monday."""
    payable_when: Literal["matured", "cash_handed_over"]
    """When a vendor's money may be paid out."""
    buyer_cancels_until: Literal["accepted", "picked_up"]
    """Until when a buyer calls an order off by himself (domain-rules B11)."""
    cancels_unshipped: bool
    """Whether the house calls off what was accepted and is not on its way for too long (domain-rules B11)."""


SAUDI: Final = Profile(
    name="saudi",
    currency="SAR",
    country="SA",
    time_zone="Asia/Riyadh",
    catalog_access="public",
    vendor_approval="auto",
    shares_products=True,
    prices_include_tax=True,
    weekend=frozenset({4, 5}),
    payable_when="matured",
    buyer_cancels_until="accepted",
    cancels_unshipped=True,
)

OKLAHOMA: Final = Profile(
    name="oklahoma",
    currency="USD",
    country="US",
    time_zone="America/Chicago",
    catalog_access="members",
    vendor_approval="manual",
    shares_products=False,
    prices_include_tax=False,
    weekend=frozenset({5, 6}),
    payable_when="cash_handed_over",
    buyer_cancels_until="picked_up",
    cancels_unshipped=False,
)

PROFILES: Final = {profile.name: profile for profile in (SAUDI, OKLAHOMA)}

_chosen: list[Profile] = []


def choose(profile: Profile) -> None:
    """Settle this process's profile. Called once by bootstrap; tests call it to try the other one."""
    _chosen[:] = [profile]


def chosen() -> Profile:
    """Return the profile of this installation."""
    if not _chosen:
        raise Unavailable("No profile was chosen: bootstrap has not run.")
    return _chosen[0]
