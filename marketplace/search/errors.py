"""The ways search refuses."""

from marketplace.kernel.errors import Broken, Constraints, Invalid, SignedOut


class MembersOnly(SignedOut):
    """The catalog is shown to the people of stores alone."""

    code = "search.members_only"

    def __init__(self) -> None:
        super().__init__("Sign in to see products: they are shown to members only.")


class PriceRangeReversed(Invalid):
    """The lowest price lies above the highest."""

    code = "search.price_range_reversed"

    def __init__(self) -> None:
        super().__init__("The lowest price is above the highest: swap them.")


CONSTRAINTS: Constraints = {
    "ck_search_documents_offers_not_negative": Broken(
        Invalid, "search.offers_negative", "A product cannot have fewer offers than none."
    ),
    "ck_search_words_products_not_negative": Broken(
        Invalid, "search.products_negative", "A word cannot stand in fewer products than none."
    ),
}
