"""The tree of categories."""

from sqlmodel import Session

from marketplace import catalog
from marketplace.catalog import CategoryView
from marketplace.kernel.actor import Actor
from marketplace.rest.access import CATALOG
from marketplace.rest.caller import Caller
from marketplace.rest.routing import Router
from marketplace.rest.shapes.products import Categories

router = Router(prefix="/categories", tags=["products"])


@router.get("", access=CATALOG, returns=Categories)
def get_categories(caller: Caller) -> Categories:
    """Show the whole tree."""
    return Categories.of(caller.read(_tree))


def _tree(_actor: Actor, session: Session) -> tuple[CategoryView, ...]:
    return catalog.categories(session)
