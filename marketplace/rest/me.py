"""Who calls."""

from marketplace import identity
from marketplace.rest.access import SIGNED_IN
from marketplace.rest.caller import Caller
from marketplace.rest.routing import Router
from marketplace.rest.shapes.auth import Myself

router = Router(tags=["auth"])


@router.get("/me", access=SIGNED_IN, returns=Myself)
def me(caller: Caller) -> Myself:
    """Say who calls, where he stands, and what he may do there."""
    return Myself.of(caller.read(identity.me))
