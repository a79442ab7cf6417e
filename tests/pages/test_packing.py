"""What lies in a parcel, on paper."""

from pages.vendor.packing import slip
from state.session import SessionState
from tests.pages.drawn import words_in


class TestSlip:
    def test_names_who_sends_it_and_who_has_bought_it(self) -> None:
        said = list(words_in(slip()))

        assert {"Vendor", "Buyer", "Total"} <= set(said)
        assert str(SessionState.store) in str(slip())
