"""What would be left of a price."""

import pytest

from marketplace import fees, taxes
from marketplace.flows.compositions.fee_preview import FeePreview, fee_preview
from marketplace.kernel.actor import Permission
from marketplace.kernel.errors import Forbidden
from marketplace.kernel.ids import StoreId, new_uuid
from marketplace.kernel.money import Money
from marketplace.kernel.work import UnitOfWork
from tests.factories.actors import clerk

VENDOR = clerk(StoreId(new_uuid()), Permission.LISTINGS_READ)


class TestFeePreview:
    def test_takes_a_price_with_vat_apart(self, uow: UnitOfWork) -> None:
        taxes.install_default(uow)
        fees.install_default(uow)

        seen = fee_preview(VENDOR, uow.session, price=Money(11_500, "SAR"), category="books/arabic-books", at=uow.now)

        assert seen == FeePreview(
            price=Money(11_500, "SAR"),
            tax=Money(1_500, "SAR"),
            fee=Money(1_000, "SAR"),
            fee_vat=Money(150, "SAR"),
            fee_bps=1000,
            fee_least=Money(100, "SAR"),
            fee_most=None,
            fee_vat_bps=1500,
            kept=Money(10_350, "SAR"),
        )

    @pytest.mark.usefixtures("oklahoma")
    def test_takes_a_price_without_tax_apart(self, uow: UnitOfWork) -> None:
        taxes.install_default(uow)
        fees.install_default(uow)

        seen = fee_preview(VENDOR, uow.session, price=Money(11_500, "USD"), category="flower", at=uow.now)

        assert (seen.tax.minor, seen.fee.minor, seen.fee_vat.minor, seen.kept.minor) == (0, 575, 0, 10_925)
        assert (seen.fee_bps, seen.fee_least, seen.fee_most, seen.fee_vat_bps) == (500, None, None, 0)

    def test_is_for_vendors(self, uow: UnitOfWork) -> None:
        buyer = clerk(StoreId(new_uuid()), Permission.CART_EDIT)

        with pytest.raises(Forbidden):
            fee_preview(buyer, uow.session, price=Money(11_500, "SAR"), category="books", at=uow.now)
