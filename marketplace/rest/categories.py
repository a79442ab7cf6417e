"""The tree of categories."""

from marketplace import search
from marketplace.rest.access import CATALOG
from marketplace.rest.caller import Caller
from marketplace.rest.routing import Router
from marketplace.rest.shapes.products import Categories

router = Router(prefix="/categories", tags=["products"])


@router.get("", access=CATALOG, returns=Categories)
def get_categories(caller: Caller) -> Categories:
    """Show the whole tree."""
    return Categories.of(caller.read(search.categories))
