"""Every page there is, area by area."""

from typing import Final

from pages import account, admin, delivery, shop, vendor
from pages.routes import Route

ROUTES: Final[tuple[Route, ...]] = (*shop.ROUTES, *account.ROUTES, *admin.ROUTES, *vendor.ROUTES, *delivery.ROUTES)
