"""The REST application: mounted at /api/v1 beside the pages, and able to run alone."""

from typing import Final

from fastapi.routing import APIRoute

from marketplace.rest import (
    addresses,
    admin_events,
    admin_ledger,
    admin_orders,
    admin_payouts,
    agent,
    auth,
    cart,
    categories,
    checkouts,
    dispatch,
    errors,
    hand_overs,
    me,
    media,
    notifications,
    order_sheets,
    orders,
    parcels,
    products,
    reader,
    stores,
    suggestions,
    vendor_delivery,
    vendor_imports,
    vendor_listings,
    vendor_orders,
    vendor_products,
    vendor_stock,
)
from marketplace.rest.contract import Contract
from marketplace.rest.requests import Named
from marketplace.rest.routing import BODY_LIMIT, Router, access_of
from marketplace.rest.shortcut import Shortcut

ROUTERS: Final[tuple[Router, ...]] = (
    cart.router,
    checkouts.router,
    auth.router,
    me.router,
    stores.router,
    stores.admin_router,
    addresses.router,
    media.router,
    notifications.router,
    products.router,
    categories.router,
    suggestions.router,
    orders.router,
    vendor_orders.router,
    admin_orders.router,
    order_sheets.router,
    order_sheets.admin_router,
    admin_ledger.router,
    admin_payouts.router,
    admin_payouts.vendor_router,
    admin_events.router,
    vendor_products.router,
    vendor_listings.router,
    vendor_stock.router,
    vendor_delivery.router,
    vendor_imports.router,
    parcels.router,
    hand_overs.router,
    dispatch.router,
    agent.router,
)
"""Every resource; what is asked for most in a rush stands first, for each route before it is tried."""


class RouteWithoutAccess(Exception):  # noqa: N818 (it names what is wrong)
    """A route does not say who may call it: the application does not start."""


def make_app() -> Contract:
    """Make the application; refuse to where a route forgot its access."""
    app = Contract(
        title="Marketplace",
        version="1",
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        max_body_size=BODY_LIMIT,
    )
    for router in ROUTERS:
        _insist_on_access(router)
        app.include(router)
    app.add_route("/docs", reader.read, include_in_schema=False)
    errors.install(app)
    app.add_middleware(Shortcut)
    app.add_middleware(Named)
    return app


def _insist_on_access(router: Router) -> None:
    for route in router.routes:
        if not isinstance(route, APIRoute) or access_of(route) is None:
            raise RouteWithoutAccess(getattr(route, "path", repr(route)))
