"""Coming in and going out, for clients that keep tokens."""

from marketplace.flows import signing
from marketplace.flows.signing import Arrival
from marketplace.identity import Door
from marketplace.kernel.ids import StoreId
from marketplace.kernel.words import preferred
from marketplace.rest.access import PUBLIC, SIGNED_IN
from marketplace.rest.caller import Caller, CallerOf, Stranger
from marketplace.rest.network import network_of
from marketplace.rest.routing import Router
from marketplace.rest.shapes.auth import Joining, Login, Refreshing, Switching, Tokens

router = Router(prefix="/auth", tags=["auth"])


@router.post("/register", access=PUBLIC, returns=Tokens, status=201, refuses=[409])
def register(caller: Stranger, wish: Joining) -> Tokens:
    """Join with a first store; somebody we know opens another store with his password."""
    registration = wish.registration(locale=preferred(caller.locale))
    password, arrival = wish.password, _arrival(caller)
    return Tokens.of(
        signing.register(caller.actor, caller.house, registration=registration, password=password, arrival=arrival)
    )


@router.post("/login", access=PUBLIC, returns=Tokens, refuses=[401])
def login(caller: Stranger, wish: Login) -> Tokens:
    """Sign in. What is wrong, address or password, is not said."""
    arrival = _arrival(caller)
    return Tokens.of(
        signing.sign_in(caller.actor, caller.house, email=wish.email, password=wish.password, arrival=arrival)
    )


@router.post("/refresh", access=PUBLIC, returns=Tokens, refuses=[401])
def refresh(caller: Stranger, wish: Refreshing) -> Tokens:
    """Give the next pair of tokens; a refresh token that was used before signs its whole family out."""
    return Tokens.of(signing.refresh(caller.actor, caller.house, refresh_token=wish.refresh_token))


@router.post("/logout", access=PUBLIC, returns=None, status=204, refuses=[401, 403])
def logout(caller: Caller) -> None:
    """Sign out; doing it again changes nothing."""
    signing.sign_out(caller.actor, caller.house)


@router.post("/switch-store", access=SIGNED_IN, returns=Tokens, refuses=[404])
def switch_store(caller: Caller, wish: Switching) -> Tokens:
    """Go on in another of one's stores; the tokens of the old session end with that."""
    return Tokens.of(signing.switch_store(caller.actor, caller.house, store_id=StoreId(wish.store_id)))


def _arrival(caller: CallerOf) -> Arrival:
    return Arrival(door=Door.CLIENT, network=network_of(caller.request), device_id=caller.actor.device_id)
