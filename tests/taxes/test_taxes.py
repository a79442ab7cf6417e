"""Taxes on what is sold."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace import taxes
from marketplace.kernel.money import Money
from marketplace.kernel.profile import OKLAHOMA, Profile
from marketplace.kernel.work import UnitOfWork
from marketplace.taxes import NoRate, TaxBook, TaxRate, TaxSnapshot
from marketplace.taxes.models import TaxRateVersion


class TestInstallDefault:
    def test_divides_the_price_in_saudi_arabia(self, uow: UnitOfWork, chosen: Profile) -> None:
        taxes.install_default(uow)

        found = taxes.assess(uow.session, amount=Money(11_500, "SAR"), category="books", at=uow.now)

        assert found == TaxSnapshot(rate_bps=1500, is_inclusive=True, net_minor=10_000, tax_minor=1_500)

    @pytest.mark.parametrize("chosen", [OKLAHOMA], indirect=True)
    def test_takes_nothing_from_what_is_bought_for_resale(self, uow: UnitOfWork, chosen: Profile) -> None:
        taxes.install_default(uow)

        found = taxes.assess(uow.session, amount=Money(11_500, "USD"), category="flower", at=uow.now)

        assert found == TaxSnapshot(rate_bps=0, is_inclusive=False, net_minor=11_500, tax_minor=0)

    def test_leaves_rates_that_are_there(self, uow: UnitOfWork, chosen: Profile) -> None:
        taxes.install_default(uow)
        taxes.install_default(uow)

        assert taxes.book(uow.session, at=uow.now).rates == (TaxRate("", 1500, is_inclusive=True),)


class TestBook:
    def test_reads_the_latest_rate_that_has_begun(self, uow: UnitOfWork, chosen: Profile) -> None:
        taxes.install_default(uow)
        for days, rate in ((-2, 500), (-1, 700), (1, 900)):
            starts_at = uow.now + timedelta(days=days)
            uow.session.add(TaxRateVersion(category="books", rate_bps=rate, is_inclusive=True, starts_at=starts_at))

        book = taxes.book(uow.session, at=uow.now)

        assert book.assess(Money(100, "SAR"), category="books/novels").rate_bps == 700
        assert book.assess(Money(100, "SAR"), category="bookshelves").rate_bps == 1500

    def test_refuses_where_no_rate_was_ever_set(self, uow: UnitOfWork) -> None:
        with pytest.raises(NoRate):
            taxes.assess(uow.session, amount=Money(1, "SAR"), category="books", at=uow.now)


class TestAssess:
    def test_puts_the_tax_on_top_where_prices_hold_none(self) -> None:
        book = TaxBook([TaxRate("", 825, is_inclusive=False)])

        assert book.assess(Money(999, "USD"), category="x") == TaxSnapshot(825, False, 999, 82)  # noqa: FBT003

    @pytest.mark.parametrize(("paid", "net"), [(1, 1), (4, 3), (10, 9), (12, 10), (115, 100), (999, 869)])
    def test_rounds_the_net_half_up(self, paid: int, net: int) -> None:
        found = TaxBook([TaxRate("", 1500, is_inclusive=True)]).assess(Money(paid, "SAR"), category="")

        assert (found.net_minor, found.tax_minor) == (net, paid - net)

    @given(paid=st.integers(0, 10**12), rate=st.integers(0, 10_000))
    def test_never_loses_a_halala(self, paid: int, rate: int) -> None:
        found = TaxBook([TaxRate("", rate, is_inclusive=True)]).assess(Money(paid, "SAR"), category="")

        assert found.net_minor + found.tax_minor == paid
        assert found.tax_minor >= 0
