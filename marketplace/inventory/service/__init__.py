"""Commands of inventory."""

from marketplace.inventory.service.counting import adjust, import_stock, open_stock, set_on_hand, warn_at
from marketplace.inventory.service.reserving import consume, convert, hold_still, release, reserve, take_back

__all__ = [
    "adjust",
    "consume",
    "convert",
    "hold_still",
    "import_stock",
    "open_stock",
    "release",
    "reserve",
    "set_on_hand",
    "take_back",
    "warn_at",
]
