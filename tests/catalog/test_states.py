"""The journeys of products and listings."""

import pytest

from marketplace.catalog.states import LISTING, PRODUCT, ListingAction, ListingState, ProductAction, ProductState


class TestProductMachine:
    def test_says_what_is_open_in_every_state(self) -> None:
        assert set(PRODUCT.moves) == set(ProductState)

    def test_leaves_no_state_out_of_reach(self) -> None:
        assert PRODUCT.reachable() == set(ProductState)

    def test_never_leaves_the_end(self) -> None:
        ends = {state for state in ProductState if not PRODUCT.moves[state]}

        assert ends == {ProductState.REJECTED, ProductState.ARCHIVED}

    @pytest.mark.parametrize("state", [ProductState.DRAFT, ProductState.CHANGES_REQUESTED, ProductState.ARCHIVED])
    def test_publishes_only_what_was_proposed(self, state: ProductState) -> None:
        assert not PRODUCT.allows(state, ProductAction.PUBLISH)


class TestListingMachine:
    def test_says_what_is_open_in_every_state(self) -> None:
        assert set(LISTING.moves) == set(ListingState)

    def test_leaves_no_state_out_of_reach(self) -> None:
        assert LISTING.reachable() == set(ListingState)

    def test_can_be_closed_from_anywhere_but_the_end(self) -> None:
        closable = {state for state in ListingState if LISTING.allows(state, ListingAction.CLOSE)}

        assert closable == set(ListingState) - {ListingState.CLOSED}
