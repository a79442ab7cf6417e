"""The journeys of products, of changes to them, and of listings."""

from enum import StrEnum
from typing import Final

from marketplace.kernel.machine import Machine


class ProductState(StrEnum):
    """Where a product stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    CHANGES_REQUESTED = "changes_requested"
    REJECTED = "rejected"
    PUBLISHED = "published"
    SUPPRESSED = "suppressed"
    ARCHIVED = "archived"


class ProductAction(StrEnum):
    """What can be done to a product."""

    PROPOSE = "propose"
    PUBLISH = "publish"
    REQUEST_CHANGES = "request_changes"
    REJECT = "reject"
    SUPPRESS = "suppress"
    RESTORE = "restore"
    ARCHIVE = "archive"


class ListingState(StrEnum):
    """What the vendor wants of a listing; whether it is live, its reasons have a say in too."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


class ListingAction(StrEnum):
    """What a vendor can do to a listing."""

    PUBLISH = "publish"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"


class ListingReason(StrEnum):
    """Why a listing that its vendor wants active is not live: a set, so that lifting one never lifts another."""

    POLICY = "policy"
    LICENSE = "license"
    PRICE_GUARD = "price_guard"
    SUBSCRIPTION = "subscription"


class ChangeState(StrEnum):
    """Where a wish to change a shared product stands."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class ImportState(StrEnum):
    """Where the taking in of a file stands."""

    RUNNING = "running"
    FINISHED = "finished"


class ImportStatus(StrEnum):
    """What became of a row of a file: it made something, joined something, said nothing new, or was refused."""

    CREATED = "created"
    MERGED = "merged"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Condition(StrEnum):
    """What state the goods are in."""

    NEW = "new"
    REFURBISHED = "refurbished"
    USED_LIKE_NEW = "used_like_new"
    USED_VERY_GOOD = "used_very_good"
    USED_GOOD = "used_good"
    USED_ACCEPTABLE = "used_acceptable"


class Fulfillment(StrEnum):
    """Who brings it to the buyer: the vendor, the house from its warehouse, or one of the house's agents."""

    VENDOR = "vendor"
    PLATFORM = "platform"
    AGENT = "agent"


PRODUCT: Final = Machine(
    noun="product",
    initial=ProductState.DRAFT,
    moves={
        ProductState.DRAFT: {
            ProductAction.PROPOSE: ProductState.PROPOSED,
            ProductAction.ARCHIVE: ProductState.ARCHIVED,
        },
        ProductState.PROPOSED: {
            ProductAction.PUBLISH: ProductState.PUBLISHED,
            ProductAction.REQUEST_CHANGES: ProductState.CHANGES_REQUESTED,
            ProductAction.REJECT: ProductState.REJECTED,
        },
        ProductState.CHANGES_REQUESTED: {
            ProductAction.PROPOSE: ProductState.PROPOSED,
            ProductAction.ARCHIVE: ProductState.ARCHIVED,
        },
        ProductState.REJECTED: {},
        ProductState.PUBLISHED: {
            ProductAction.SUPPRESS: ProductState.SUPPRESSED,
            ProductAction.ARCHIVE: ProductState.ARCHIVED,
        },
        ProductState.SUPPRESSED: {
            ProductAction.RESTORE: ProductState.PUBLISHED,
            ProductAction.ARCHIVE: ProductState.ARCHIVED,
        },
        ProductState.ARCHIVED: {},
    },
)

LISTING: Final = Machine(
    noun="listing",
    initial=ListingState.DRAFT,
    moves={
        ListingState.DRAFT: {
            ListingAction.PUBLISH: ListingState.ACTIVE,
            ListingAction.CLOSE: ListingState.CLOSED,
        },
        ListingState.ACTIVE: {
            ListingAction.PAUSE: ListingState.PAUSED,
            ListingAction.CLOSE: ListingState.CLOSED,
        },
        ListingState.PAUSED: {
            ListingAction.RESUME: ListingState.ACTIVE,
            ListingAction.CLOSE: ListingState.CLOSED,
        },
        ListingState.CLOSED: {},
    },
)
