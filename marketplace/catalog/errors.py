"""The ways the catalog says no."""

from typing import Final

from marketplace.kernel.errors import Broken, Conflict, Constraints, FieldProblem, Invalid, NotFound


class ProductNotFound(NotFound):
    """No such product, or not for these eyes."""

    code = "catalog.product_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such product: check its number, or search for it by name.")


class ListingNotFound(NotFound):
    """No such listing, or another store's."""

    code = "catalog.listing_not_found"

    def __init__(self) -> None:
        super().__init__("Your store has no such listing: look for it among your listings.")


class CategoryNotFound(NotFound):
    """No such category."""

    code = "catalog.category_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such category: choose one from the tree.")


class BadWords(Invalid):
    """What was written of a product cannot be published as it is."""

    code = "catalog.product_invalid"

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        super().__init__("The product is not complete yet: mend what is marked.", fields=problems)


class BarcodeTaken(Conflict):
    """Another product carries this barcode."""

    code = "catalog.barcode_taken"

    def __init__(self, fsin: str) -> None:
        super().__init__("{fsin} has this barcode already: list that product instead of making it again.", fsin=fsin)


class BadListing(Invalid):
    """A listing that cannot be kept as it is."""

    code = "catalog.listing_invalid"

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        super().__init__("The listing cannot be used as it is: mend what is marked.", fields=problems)


class NotForSale(Conflict):
    """A product that is not published cannot be listed."""

    code = "catalog.product_not_published"

    def __init__(self, state: str) -> None:
        super().__init__("This product is {state}: choose one that is published.", state=state.replace("_", " "))


class OpenOrders(Conflict):
    """Somebody still waits for what was bought of it."""

    code = "catalog.open_orders"

    def __init__(self) -> None:
        super().__init__("Orders of this are still open: deliver or cancel them first, or pause the listing.")


class SamePlace(Invalid):
    """A product cannot be merged into itself."""

    code = "catalog.merge_with_itself"

    def __init__(self) -> None:
        super().__init__("These are one product already: name two different numbers.")


class RevisionChanged(Conflict):
    """The product is not what the change was written against."""

    code = "catalog.revision_changed"

    def __init__(self, revision: int) -> None:
        super().__init__(
            "Somebody has changed this product meanwhile: look at revision {revision} and write your change again.",
            revision=revision,
        )


class NumbersRanOut(Conflict):
    """Five FSINs drawn in a row were taken."""

    code = "catalog.fsin_unlucky"

    def __init__(self) -> None:
        super().__init__("No free product number was found: try again.")


class ImportNotFound(NotFound):
    """No such import, or another store's."""

    code = "catalog.import_not_found"

    def __init__(self) -> None:
        super().__init__("Your store has no such import: look for it among your imports.")


class EmptyFile(Invalid):
    """A file without a single row."""

    code = "catalog.import_empty"

    def __init__(self) -> None:
        super().__init__("The file has no rows: choose one with a header and at least one product.")


CONSTRAINTS: Final[Constraints] = {
    "uq_imports_running": Broken(
        Conflict, "catalog.import_running", "This file is being taken in already: look among your imports."
    ),
    "ck_imports_finished_has_instant": Broken(
        Invalid, "catalog.import_torn", "An import is finished at an instant, and not before."
    ),
    "ck_imports_done_within_total": Broken(
        Invalid, "catalog.import_overrun", "No more rows can be taken in than the file has."
    ),
    "ck_imports_figures_add_up": Broken(
        Invalid, "catalog.import_miscounted", "The figures of an import must add up to its rows."
    ),
    "uq_categories_slug": Broken(Conflict, "catalog.slug_taken", "Another category has this address: rename one."),
    "uq_categories_path": Broken(Conflict, "catalog.path_taken", "That category is in the tree already."),
    "ck_categories_roots_have_no_parent": Broken(
        Invalid, "catalog.category_torn", "A category belongs right under its parent: choose it again."
    ),
    "uq_products_fsin": Broken(Conflict, "catalog.fsin_unlucky", "No free product number was found: try again."),
    "uq_products_shared_upc": Broken(
        Conflict,
        "catalog.barcode_taken",
        "Another product has this barcode: list that product instead of making it again.",
    ),
    "uq_products_private_upc": Broken(
        Conflict, "catalog.barcode_taken", "Another of your products has this barcode: list that one instead."
    ),
    "ck_products_merged_means_archived": Broken(
        Conflict, "catalog.merge_torn", "The products were not merged: try again."
    ),
    "ck_products_revision_counts_up": Broken(
        Invalid, "catalog.revision_invalid", "A product's revisions start at 1: try again."
    ),
    "uq_listings_store_sku": Broken(
        Conflict, "catalog.sku_taken", "Another of your listings has this SKU: choose a different one."
    ),
    "uq_listings_store_product_condition": Broken(
        Conflict,
        "catalog.listed_already",
        "You list this product in this condition already: change that listing instead.",
    ),
    "ck_listings_live_means_active_without_reasons": Broken(
        Conflict, "catalog.listing_torn", "The listing was not saved: try again."
    ),
    "uq_product_changes_pending": Broken(
        Conflict, "catalog.change_pending", "Your last change to this product is still being looked at: wait for it."
    ),
    "ck_product_changes_decided_has_instant": Broken(
        Conflict, "catalog.change_torn", "The change was not saved: try again."
    ),
}
