"""The words of a search: how it is sorted, and what a card may say."""

from enum import StrEnum


class Sort(StrEnum):
    """In which order products are shown."""

    RELEVANCE = "relevance"
    POPULAR = "popular"
    NEWEST = "newest"
    PRICE_UP = "price_asc"
    PRICE_DOWN = "price_desc"


class Availability(StrEnum):
    """Whether the featured offer of a product can be bought."""

    IN_STOCK = "in_stock"
    LOW_STOCK = "low_stock"
    OUT_OF_STOCK = "out_of_stock"


class Badge(StrEnum):
    """What speaks for a product at a glance."""

    FAST = "fast"
    REDUCED = "reduced"
    VOLUME = "volume_price"


class Language(StrEnum):
    """In whose words products are shown, where they have them."""

    ENGLISH = "en"
    ARABIC = "ar"
