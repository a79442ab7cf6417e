"""Commands on carts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import select, update
from sqlmodel import col

from marketplace.cart import policy, quoting
from marketplace.cart.errors import BadQuantity, NoCart, TooManyLines
from marketplace.cart.models import Cart
from marketplace.cart.policy import Owner
from marketplace.cart.queries import Contents, contents, price_book, shown
from marketplace.cart.rules import MOST_LINES, MOST_PIECES, Priced, Wanted, together
from marketplace.cart.states import CartAction, CartState
from marketplace.cart.views import QuoteView
from marketplace.kernel.actor import Actor
from marketplace.kernel.frozen import by_hand
from marketplace.kernel.ids import CartId, DeviceId, ListingId, StoreId, new_uuid
from marketplace.kernel.work import UnitOfWork

_WRITE = """
WITH cart AS (
    INSERT INTO carts (id, store_id, device_id, state, version, quote, created_at, touched_at)
    VALUES (:id, CAST(:store_id AS uuid), CAST(:device_id AS uuid), 'active', 1, CAST(:quote AS jsonb), :now, :now)
    ON CONFLICT ({owner}) WHERE state = 'active'
    DO UPDATE SET quote = excluded.quote, version = carts.version + 1, touched_at = excluded.touched_at
    RETURNING id
), gone AS (
    DELETE FROM cart_lines USING cart
    WHERE cart_lines.cart_id = cart.id AND cart_lines.listing_id <> ALL (CAST(:listing_ids AS uuid[]))
), put AS (
    INSERT INTO cart_lines (cart_id, listing_id, position, quantity, seen_minor)
    SELECT cart.id, line.listing_id, line.position, line.quantity, line.seen_minor
    FROM cart, unnest(CAST(:listing_ids AS uuid[]), CAST(:quantities AS int[]), CAST(:seen AS bigint[]))
        WITH ORDINALITY AS line (listing_id, quantity, seen_minor, position)
    ON CONFLICT (cart_id, listing_id) DO UPDATE
    SET position = excluded.position, quantity = excluded.quantity, seen_minor = excluded.seen_minor
)
SELECT id FROM cart
"""
_CONVERT: Final = by_hand("""
UPDATE carts SET state = 'converted', touched_at = :now WHERE id = :id AND state = 'active'
RETURNING store_id, device_id
""")
_WRITE_OF_STORE: Final = by_hand(_WRITE.format(owner="store_id"))
_WRITE_OF_DEVICE: Final = by_hand(_WRITE.format(owner="device_id"))


def put_lines(
    actor: Actor, uow: UnitOfWork, *, lines: Sequence[tuple[ListingId, int]], coupon_codes: Sequence[str] = ()
) -> QuoteView:
    """Put these lines in place of what was in the cart, and say what they come to now."""
    owner = policy.owner(actor)
    before = contents(uow.session, owner=owner, lock=True)
    wanted = _wanted(lines, before)
    priced = quoting.price(wanted, price_book(uow.session, wanted=wanted, buyer=owner.store_id, now=uow.now))
    cart_id = _save(uow, owner, priced)
    return shown(uow.session, priced, cart_id=cart_id, now=uow.now, coupons=len(coupon_codes))


def set_quantity(actor: Actor, uow: UnitOfWork, *, listing_id: ListingId, quantity: int) -> QuoteView:
    """Want so many of one thing, in its place, and leave the rest of the cart as it is; none takes it out."""
    there = contents(uow.session, owner=policy.owner(actor), lock=True)
    wanted = {one.listing_id: one.quantity for one in there.wanted} | {listing_id: quantity}
    lines = [(one, pieces) for one, pieces in wanted.items() if pieces or one != listing_id]
    return put_lines(actor, uow, lines=lines)


def add(actor: Actor, uow: UnitOfWork, *, listing_id: ListingId, quantity: int) -> QuoteView:
    """Put so many more of a thing into the cart beside what is in it, and say what all of it comes to now."""
    there = contents(uow.session, owner=policy.owner(actor), lock=True)
    lines = [(one.listing_id, one.quantity) for one in there.wanted]
    return put_lines(actor, uow, lines=[*lines, (listing_id, quantity)])


def merge(uow: UnitOfWork, *, device_id: DeviceId, store_id: StoreId) -> None:
    """Bring what a visitor gathered into the cart of the store he signed in for; of two quantities the larger stays.

    What no cart has room for beside the store's own lines stays behind.
    """
    device, store = Owner(device_id=device_id), Owner(store_id=store_id)
    guest = _locked(uow, device)
    if guest is None:
        return
    gathered = contents(uow.session, owner=device).wanted
    own = contents(uow.session, owner=store, lock=True).wanted
    _write(uow, store, together(own, gathered), quoted=None)
    guest.move(CartAction.MERGE, at=uow.now)


def convert(uow: UnitOfWork, *, cart_id: CartId, keep: Sequence[Wanted] = ()) -> None:
    """Note that a cart was ordered; what could not be had stays, in a new cart."""
    row = _CONVERT.run(uow.session, {"id": cart_id, "now": uow.now}).one_or_none()
    if row is None:
        raise NoCart
    if keep:
        _write(uow, Owner(*row), keep, quoted=None)


def abandon_idle(uow: UnitOfWork, *, idle_since: datetime, limit: int = 500) -> int:
    """Give up carts that nobody has touched since; returns how many."""
    idle = (
        select(col(Cart.id))
        .where(col(Cart.state) == CartState.ACTIVE, col(Cart.touched_at) < idle_since)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    given_up = update(Cart).where(col(Cart.id).in_(idle)).values(state=CartState.ABANDONED)
    return len(uow.session.execute(given_up.returning(col(Cart.id))).all())


def _wanted(lines: Sequence[tuple[ListingId, int]], before: Contents) -> tuple[Wanted, ...]:
    seen = {one.listing_id: one.seen_minor for one in before.wanted}
    asked: dict[ListingId, int] = {}
    for listing_id, quantity in lines:
        asked[listing_id] = asked.get(listing_id, 0) + quantity
        if not (quantity >= 1 and asked[listing_id] <= MOST_PIECES):
            raise BadQuantity(MOST_PIECES)
    if len(asked) > MOST_LINES:
        raise TooManyLines(MOST_LINES)
    return tuple(Wanted(listing_id, quantity, seen.get(listing_id)) for listing_id, quantity in asked.items())


def _save(uow: UnitOfWork, owner: Owner, priced: Priced) -> CartId:
    """Keep the lines that somebody offers, with the price that is shown now: strays are told once, and forgotten."""
    lines = [line for group in priced.groups for line in group.lines]
    kept = [
        Wanted(line.wanted.listing_id, line.wanted.quantity, terms.price.minor if terms else None)
        for line in lines
        for terms in (line.offered.terms if line.offered else None,)
    ]
    return _write(uow, owner, kept, quoted=priced.stored())


def _write(uow: UnitOfWork, owner: Owner, lines: Sequence[Wanted], *, quoted: dict[str, Any] | None) -> CartId:
    """Put these lines in place of the old ones in the owner's cart, which is made where there is none."""
    written = _WRITE_OF_STORE if owner.store_id else _WRITE_OF_DEVICE
    values = {
        "id": new_uuid(),
        "store_id": owner.store_id,
        "device_id": owner.device_id,
        "quote": None if quoted is None else orjson.dumps(quoted).decode(),
        "now": uow.now,
        "listing_ids": [line.listing_id for line in lines],
        "quantities": [line.quantity for line in lines],
        "seen": [line.seen_minor for line in lines],
    }
    cart_id: CartId = written.run(uow.session, values).scalar_one()
    return cart_id


def _locked(uow: UnitOfWork, owner: Owner) -> Cart | None:
    found = select(Cart).where(policy.own_cart(owner)).with_for_update()
    return uow.session.execute(found).scalar_one_or_none()
