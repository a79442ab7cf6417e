"""Installing: what a new installation knows before anybody has done anything in it."""

from marketplace import catalog, fees, taxes
from marketplace.kernel.work import UnitOfWork


def install(uow: UnitOfWork) -> None:
    """Put in the categories, fees and tax rates of the profile; what is there already stays as it is."""
    catalog.install_default_categories(uow)
    fees.install_default(uow)
    taxes.install_default(uow)
