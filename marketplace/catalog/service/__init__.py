"""Commands of the catalog."""

from marketplace.catalog.service.categories import ensure_categories, install_default_categories
from marketplace.catalog.service.importing import ImportedRow, ImportRow, import_batch
from marketplace.catalog.service.imports import (
    ImportFile,
    Line,
    LineResult,
    lock_import,
    lock_import_if_free,
    next_lines,
    note_results,
    open_import,
)
from marketplace.catalog.service.listings import (
    add_reason,
    change_listing,
    close,
    drop_reason,
    pause,
    publish_listing,
    resume,
)
from marketplace.catalog.service.merging import merge_products
from marketplace.catalog.service.products import Edited, delete_product, edit_product, propose_product

__all__ = [
    "Edited",
    "ImportFile",
    "ImportRow",
    "ImportedRow",
    "Line",
    "LineResult",
    "add_reason",
    "change_listing",
    "close",
    "delete_product",
    "drop_reason",
    "edit_product",
    "ensure_categories",
    "import_batch",
    "install_default_categories",
    "lock_import",
    "lock_import_if_free",
    "merge_products",
    "next_lines",
    "note_results",
    "open_import",
    "pause",
    "propose_product",
    "publish_listing",
    "resume",
]
