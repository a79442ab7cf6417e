"""Commands of checkout."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from marketplace import cart, identity, orders, rates
from marketplace.cart import Contents, NoCart, PriceBook, Priced, Version, Wanted
from marketplace.checkout import policy, rules
from marketplace.checkout.errors import AddressMissing, CannotBuy, QuoteChanged
from marketplace.identity import Place, StoreRef
from marketplace.kernel.actor import Actor, permit
from marketplace.kernel.ids import AddressId, UserId
from marketplace.kernel.work import UnitOfWork
from marketplace.orders import GroupView, Placing
from marketplace.payments import PaymentMethod


def confirm(
    actor: Actor,
    uow: UnitOfWork,
    *,
    quote_version: str,
    address: AddressId | Place | None,
    payment_method: PaymentMethod = PaymentMethod.CASH,
    all_or_nothing: bool = False,
    note: str = "",
) -> GroupView:
    """Order what is in the cart, at exactly what was quoted: one order with each vendor, all at once.

    What cannot be had any more is named, and stays in the cart; with `all_or_nothing` it refuses the whole.
    """
    buyer, person = _buyer(actor, uow)
    contents = cart.contents(uow.session, owner=cart.owner(actor), lock=True)
    if contents.cart_id is None or not contents.wanted:
        raise NoCart
    book = cart.price_book(uow.session, wanted=contents.wanted, buyer=buyer.id, now=uow.now)
    priced = rules.agreed(Version.read(quote_version), contents, book, now=uow.now)
    if priced is None:
        raise _changed(uow, contents, book)
    placing = Placing(
        buyer=buyer,
        placed_by=person,
        parcels=rules.parcels(priced, buyer=buyer.id, now=uow.now, calendar=rates.calendar()),
        address=_destination(uow, buyer, address),
        payment_method=payment_method,
        is_all_or_nothing=all_or_nothing,
        cart_id=contents.cart_id,
        left_out=rules.left_out(priced, buyer=buyer.id),
        note=note,
    )
    group = orders.place(uow, placing=placing, by=actor)
    cart.convert(uow, cart_id=contents.cart_id, keep=_kept(contents, priced, group))
    return group


def retry(actor: Actor, uow: UnitOfWork, *, number: str) -> GroupView:
    """Order once more what lapsed unanswered, at today's prices and gates; the two orders name each other.

    What is not sold in that quantity any more is left out: nobody is sent more, or less, than he has asked for.
    """
    lapsed = orders.to_retry(actor, uow, number=number)
    buyer, person = _buyer(actor, uow)
    wanted = [Wanted(line.listing_id, line.quantity) for line in lapsed.lines]
    book = cart.price_book(uow.session, wanted=wanted, buyer=buyer.id, now=uow.now)
    otherwise = rules.sold_otherwise(cart.price(wanted, book))
    unsold = {line.listing_id for line in otherwise}
    priced = cart.price([one for one in wanted if one.listing_id not in unsold], book)
    placing = Placing(
        buyer=buyer,
        placed_by=person,
        parcels=rules.parcels(priced, buyer=buyer.id, now=uow.now, calendar=rates.calendar()),
        address=lapsed.address,
        payment_method=lapsed.payment_method,
        is_all_or_nothing=False,
        left_out=(*rules.left_out(priced, buyer=buyer.id), *otherwise),
        retry_of=lapsed.id,
        note=lapsed.note,
    )
    return orders.place(uow, placing=placing, by=actor)


def _buyer(actor: Actor, uow: UnitOfWork) -> tuple[StoreRef, UserId]:
    """The store that buys, and the person who does it for it: the house itself buys nothing."""
    permit(policy.can_place(actor), "order for this store")
    if actor.store_id is None or actor.user_id is None:
        raise CannotBuy
    store = identity.stores_by_id(uow.session, [actor.store_id])[actor.store_id]
    if not (store.can_buy and store.is_live):
        raise CannotBuy
    return StoreRef(store.id, store.name, store.slug), actor.user_id


def _destination(uow: UnitOfWork, buyer: StoreRef, address: AddressId | Place | None) -> Mapping[str, Any]:
    if address is None:
        raise AddressMissing
    if isinstance(address, Place):
        return asdict(identity.tidy_place(address))
    known = asdict(identity.address(uow.session, address_id=address, store_id=buyer.id))
    return {name: value for name, value in known.items() if isinstance(value, str)}


def _changed(uow: UnitOfWork, contents: Contents, book: PriceBook) -> QuoteChanged:
    fresh = cart.price(contents.wanted, book)
    return QuoteChanged(
        quote=cart.shown(uow.session, fresh, cart_id=contents.cart_id, now=uow.now),
        differences=cart.differences(rules.content(contents), fresh.content()),
    )


def _kept(contents: Contents, priced: Priced, group: GroupView) -> list[Wanted]:
    """What was not ordered, but for what nobody offers any more."""
    rejected = {line.listing_id for line in group.rejected_lines}
    gone = {line.wanted.listing_id for line in priced.strays}
    return [one for one in contents.wanted if one.listing_id in rejected - gone]
