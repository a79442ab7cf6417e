"""An address is asked for as its country writes it."""

import pytest
import reflex as rx

from pages.account.address_form import address_fields
from state.account.addresses import AddressesState
from tests.pages.drawn import words_in

SAUDI = {"District", "Region", "Postal code"}
AMERICAN = {"State (such as OK)", "ZIP code"}


class TestAddressFields:
    @pytest.mark.parametrize("profile", ["saudi", "oklahoma"], indirect=True)
    @pytest.mark.usefixtures("profile")
    def test_are_named_as_in_the_country(self, request: pytest.FixtureRequest) -> None:
        asked = set(words_in(rx.fragment(address_fields(AddressesState.errors, mended=AddressesState.mended))))

        theirs = SAUDI if "saudi" in request.node.name else AMERICAN
        assert asked & (SAUDI | AMERICAN) == theirs
